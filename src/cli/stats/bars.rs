//! Numbers as bars of text: rows of columns, and lines that grow to the right.

use crate::cli::text;

const COLUMNS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// What the same heights look like where only ASCII is to be had.
const ASCII: [&str; 9] = [" ", "_", "_", ".", ".", "-", "-", "=", "#"];

/// A column for each number, the greatest the highest. What is above nothing is seen.
pub(super) fn columns(numbers: impl IntoIterator<Item = usize>) -> String {
    let signs = if text::is_unicode() { COLUMNS } else { ASCII };
    drawn(&numbers.into_iter().collect::<Vec<_>>(), signs)
}

fn drawn(numbers: &[usize], signs: [&str; 9]) -> String {
    let most = numbers.iter().copied().max().unwrap_or_default().max(1);
    numbers.iter().map(|number| signs[(number * 8).div_ceil(most)]).collect()
}

/// A line of this share of so many columns.
pub(super) fn line(share: f64, width: usize) -> String {
    let sign = if text::is_unicode() { "█" } else { "#" };
    let columns = (share * width as f64).ceil();
    sign.repeat((columns.max(0.0) as usize).min(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_number_fills_its_column_and_little_is_not_nothing() {
        assert_eq!(drawn(&[0, 1, 500, 1000], COLUMNS), " ▁▄█");
        assert_eq!(drawn(&[0, 1, 500, 1000], ASCII), " _.#");
        assert_eq!(drawn(&[0, 0], COLUMNS), "  ");
    }
}
