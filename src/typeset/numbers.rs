//! Numbers as all faces write them, so that the same figure reads the same everywhere.

/// A number with its noun: `1 question`, `2 questions`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A share of one as percent: `87.3 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
