//! `retain config`: where the settings are, and what they are.

use std::io::Write;

use super::{Exit, text};
use crate::app::{
    Setup,
    config::{Config, DOCUMENTED},
    paths::Paths,
};

/// Show the settings, or where they are
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  retain config path                          the file to write your settings into
  retain config show                          every setting, its default and what it does
  retain config show --json                   the settings in force")]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the paths of the settings and of the collection
    Path {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Print every setting
    Show {
        /// The settings in force, for programs
        #[arg(long)]
        json: bool,
    },
}

impl Arguments {
    pub(super) fn run(&self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let paths = Paths::find(setup.data_dir.as_deref(), setup.config_dir.as_deref())?;
        match self.what {
            What::Path { json } => path(&paths, json, out)?,
            What::Show { json } => show(&paths, json, out)?,
        }
        Ok(Exit::Done)
    }
}

fn path(paths: &Paths, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    if json {
        let both = serde_json::json!({ "config": paths.config_file(), "database": paths.database() });
        return text::json(out, &both);
    }
    writeln!(out, "settings    {}", text::one_line(&paths.config_file().to_string_lossy()))?;
    writeln!(out, "collection  {}", text::one_line(&paths.database().to_string_lossy()))?;
    Ok(())
}

/// What the person wants otherwise for single decks and books.
fn show_decks(in_force: &toml::Table, out: &mut dyn Write) -> anyhow::Result<()> {
    for (deck, settings) in in_force.get("deck").and_then(toml::Value::as_table).into_iter().flatten() {
        writeln!(
            out,
            "\n{}  # yours",
            text::one_line(&format!("[deck.{}]", toml::Value::from(deck.as_str())))
        )?;
        for (name, value) in settings.as_table().into_iter().flatten() {
            writeln!(out, "{}", text::one_line(&format!("{name} = {value}")))?;
        }
    }
    Ok(())
}

/// What ships, with the person's own values after each setting that they have changed.
fn show(paths: &Paths, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let config = Config::load(&paths.config_file());
    if json {
        return text::json(out, &config?);
    }
    let (config, mistake) = match config {
        Ok(config) => (config, None),
        Err(mistake) => (Config::default(), Some(mistake)),
    };
    let default = toml::Table::try_from(Config::default())?;
    let in_force = toml::Table::try_from(config)?;
    for line in DOCUMENTED.lines() {
        let name = line.split(" = ").next().unwrap_or_default();
        // A setting without a default is documented as one that is commented out.
        let optional = name.strip_prefix("# ").filter(|name| !default.contains_key(*name));
        let name = optional.unwrap_or(name);
        match in_force.get(name) {
            Some(value) if default.get(name) != Some(value) => {
                writeln!(out, "{}", text::one_line(&format!("{name} = {value}  # yours; {line}")))?;
            }
            Some(_) | None => writeln!(out, "{line}")?,
        }
    }
    show_decks(&in_force, out)?;
    // Whoever has made a mistake needs to see what there is to set all the more.
    mistake.map_or(Ok(()), |mistake| Err(mistake.into()))
}
