//! `retain browse`: the interface, opened on the list of all cards.

/// Look at all cards in a list, and search them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain browse
  retain browse 'deck:python is:leech'
  retain browse wrong:7d

`retain search --help` describes the language; ? shows the keys.")]
pub(super) struct Arguments {
    /// Words and filters; without any, every card
    #[arg(allow_hyphen_values = true)]
    query: Vec<String>,
}

impl Arguments {
    pub(super) fn query(&self) -> String {
        self.query.join(" ")
    }
}
