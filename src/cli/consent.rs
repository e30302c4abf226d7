//! Asking before something changes that a person might not expect.

use std::io::{self, BufRead, IsTerminal, Write};

/// Whether the person says yes. Where nobody can be asked nobody does.
pub(super) fn given(question: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    write!(out, "{question}")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
