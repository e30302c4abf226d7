//! What the person is told in the footer: what was done, what deserves a look, what failed.

use crate::typeset::harmless_line;

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Info,
    /// Something deserves a look.
    Warning,
    /// Something failed.
    Error,
}

/// A sentence for the footer. It stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub severity: Severity,
    /// What is to be known.
    pub text: String,
}

impl Notice {
    /// Something was done, or cannot be done now.
    pub fn info(text: impl AsRef<str>) -> Self {
        Self::new(Severity::Info, text.as_ref())
    }

    /// Something deserves a look.
    pub fn warning(text: impl AsRef<str>) -> Self {
        Self::new(Severity::Warning, text.as_ref())
    }

    /// Something failed. `hint` says what to do next.
    pub fn error(error: &impl std::fmt::Display, hint: &str) -> Self {
        let text = error.to_string();
        let text = match hint {
            "" => text,
            hint => format!("{}. {hint}", text.trim_end_matches('.')),
        };
        Self::new(Severity::Error, &text)
    }

    /// Notices may hold names and texts of decks, which strangers wrote.
    fn new(severity: Severity, text: &str) -> Self {
        Self { severity, text: harmless_line(text).into_owned() }
    }
}
