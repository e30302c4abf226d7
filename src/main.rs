//! The program: arguments in, exit code out.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use retain::{
    cli::{self, Arguments, Exit, First, KeysFormat, Next},
    tui::{self, Request},
    typeset::harmless,
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(mistake) if mistake.use_stderr() => {
            // It quotes what was written, which may be the name of a file.
            let _ = write!(io::stderr(), "{}", harmless(&mistake.to_string()));
            return ExitCode::from(Exit::Usage as u8);
        }
        Err(help) => help.exit(),
    };
    let mut log_file = arguments.log_file();
    let code = match run(arguments) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => Exit::Done as u8,
        Err(error) => {
            // Where even this cannot be written there is nobody left to tell.
            let _ = writeln!(io::stderr(), "retain: {}", cli::harmless_error(&error));
            if let Some(log_file) = &mut log_file {
                log_file.failed(&error);
            }
            cli::exit_of(&error) as u8
        }
    };
    if let Some(log_file) = log_file {
        log_file.ended(code);
    }
    ExitCode::from(code)
}

fn run(arguments: Arguments) -> anyhow::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let next = arguments.run(&mut out)?;
    out.flush()?;
    match next {
        Next::Exit(exit) => Ok(exit as u8),
        Next::Interface { app, first, color } => {
            // The interface writes by itself, and from more than one thread when a signal ends it.
            drop(out);
            let first = match first {
                First::Decks => None,
                First::Study(scope, more_new) => Some(Request::Begin { scope, more_new }),
                First::Browse(query) => Some(Request::Browse(query)),
            };
            tui::run(*app, first, color.forced())
        }
        Next::Keys { format } => {
            let keys = match format {
                KeysFormat::Text => tui::keys_as_text(),
                KeysFormat::Markdown => tui::keys_as_markdown(),
                KeysFormat::Json => tui::keys_as_json(),
            };
            out.write_all(keys.as_bytes())?;
            out.flush()?;
            Ok(Exit::Done as u8)
        }
    }
}

/// Whoever read along has heard enough, as in `retain decks | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_errors = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    io_errors.into_iter().any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
