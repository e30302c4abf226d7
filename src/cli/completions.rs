//! Completions for shells, and the manual page; both are made from the arguments themselves.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::Exit;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  retain completions bash > ~/.local/share/bash-completion/completions/retain"
)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Arguments::command(), "retain", &mut script);
        out.write_all(&script)?;
        Ok(Exit::Done)
    }
}

/// Prints the manual page.
pub(super) fn manual(out: &mut dyn Write) -> anyhow::Result<Exit> {
    clap_mangen::Man::new(super::Arguments::command()).render(out)?;
    Ok(Exit::Done)
}
