//! From an offset in a text to the line and the column that people count. Asked for any offset in any
//! order, also in a text that is one line of four megabytes.

/// A place in a text, counted from 1; columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub line: u32,
    pub column: u32,
}

/// A line's number as people count, from 1.
pub(super) fn number(line: usize) -> u32 {
    u32::try_from(line + 1).expect("a text has at most MOST_BYTES lines")
}

/// A column as people count, in characters from 1.
pub(super) fn column(line: &str, offset: usize) -> u32 {
    let before = line.get(..offset).unwrap_or(line);
    u32::try_from(before.chars().count() + 1).expect("a line is at most MOST_BYTES long")
}

impl At {
    /// A place by a line, counted from 0, and an offset in it, in bytes.
    pub fn of(line: usize, text: &str, offset: usize) -> Self {
        Self { line: number(line), column: column(text, offset) }
    }
}

/// Where the lines and characters of a text stand.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The offset of each line.
    lines: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes.
    before: Vec<usize>,
}

const BLOCK: usize = 1024;

impl<'a> Places<'a> {
    /// The places of a text whose line ends are all `\n`.
    pub fn of(text: &'a str) -> Self {
        let lines = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut before = vec![0];
        let mut counted = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            counted += begun(block);
            before.push(counted);
        }
        Self { text, lines, before }
    }

    /// The place of an offset; that of the end for one behind it.
    pub fn at(&self, offset: usize) -> At {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset) - 1;
        let column = self.characters(offset) - self.characters(self.lines[line]) + 1;
        let whole = |number: usize| u32::try_from(number).expect("a text is at most MOST_BYTES long");
        At { line: whole(line + 1), column: whole(column) }
    }

    /// The offset of a place that is given as a line, counted from 1, and bytes in it.
    pub fn offset(&self, line: usize, bytes: usize) -> usize {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        (start + bytes).min(self.text.len())
    }

    fn characters(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.before[block] + begun(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_however_long_the_line() {
        let long = "é".repeat(3000);
        let text = format!("ab\n\n{long}x\n");
        let places = Places::of(&text);
        let end = 4 + 2 * 3000;
        for (offset, line, column) in [(0, 1, 1), (1, 1, 2), (3, 2, 1), (4, 3, 1), (end, 3, 3001)] {
            assert_eq!(places.at(offset), At { line, column }, "{offset}");
        }
        assert_eq!(places.at(usize::MAX), At { line: 4, column: 1 });
        assert_eq!(places.offset(3, 2), 6);
    }
}
