//! The lines that problems point to. Each problem carries its own, cut to what a report can show, so
//! that a report needs no text and a line of four megabytes is looked at once and never kept.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::problem::Problem;

/// A line of a text, or the part of a long one around what is pointed at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The characters, as they stand there.
    pub text: String,
    /// The column of the first of them, counted in characters from 1; more than 1 when the line was cut.
    pub from: u32,
    /// Whether the line goes on behind them.
    pub goes_on: bool,
}

/// Where something stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted in characters from 1.
    pub column: u32,
    /// How many characters.
    pub length: u32,
}

/// A length that reaches to the end of the line, whatever that is.
pub(super) const TO_LINE_END: u32 = u32::MAX;
/// The most characters of a line that are kept.
const MOST_CHARACTERS: usize = 160;
/// So many of them stand before what is pointed at, in a line that must be cut.
const BEFORE: u32 = 40;
/// A line of so few bytes is kept as it is.
const SHORT_LINE: usize = 240;
/// So many bytes are searched for line ends together.
const BLOCK: usize = 1 << 12;

/// Gives each problem its lines, and its lengths their real values. `text` has plain line ends.
pub(super) fn quote(text: &str, problems: &mut [Problem]) {
    let mut spots: Vec<Spot<'_>> = Vec::with_capacity(problems.len());
    for problem in problems {
        let Problem { line, column, length, source, related, found, .. } = problem;
        spots.push(Spot { line: *line, column: *column, length, source, words: found.as_deref() });
        if let Some(related) = related {
            let (line, column) = (related.line, related.column);
            let (length, source) = (&mut related.length, &mut related.source);
            spots.push(Spot { line, column, length, source, words: None });
        }
    }
    spots.sort_by_key(|spot| (spot.line, spot.column));
    let mut reader = Reader::of(text);
    for spot in spots {
        let source = reader.excerpt(spot.line, spot.column);
        let rest = source.behind(spot.column);
        let by_default = matches!(*spot.length, 1 | TO_LINE_END);
        if let Some(words) = spot.words.filter(|words| by_default && rest.starts_with(words)) {
            *spot.length = characters(words);
        }
        *spot.length = (*spot.length).min(characters(&rest)).max(1);
        *spot.source = source;
    }
}

/// The line at a place, whose length becomes the real one.
pub(super) fn excerpt(text: &str, place: &mut Place) -> Excerpt {
    let mut reader = Reader::of(text);
    let source = reader.excerpt(place.line, place.column);
    place.length = place.length.min(characters(&source.behind(place.column))).max(1);
    source
}

impl Excerpt {
    /// What is kept from a column on.
    fn behind(&self, column: u32) -> String {
        let before = column.saturating_sub(self.from) as usize;
        self.text.trim_end().chars().skip(before).collect()
    }
}

/// The lines of a text, to look for words in some of them.
pub(super) struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        Self(text.split('\n').collect())
    }

    /// The first place where these words stand in some lines, counted from 1. Of words on several lines
    /// the first line is looked for.
    pub fn find(&self, lines: Range<u32>, words: &str) -> Option<Place> {
        let words = words.trim().lines().next().map(str::trim_end).filter(|words| !words.is_empty())?;
        let last = lines.end.min(count_of(self.0.len()) + 1);
        (lines.start.max(1)..last).find_map(|line| {
            let content = self.0[line as usize - 1];
            let before = &content[..content.find(words)?];
            Some(Place { line, column: characters(before) + 1, length: characters(words) })
        })
    }
}

fn characters(text: &str) -> u32 {
    count_of(text.chars().count())
}

fn count_of(count: usize) -> u32 {
    u32::try_from(count).expect("a text is at most MOST_BYTES long")
}

struct Spot<'p> {
    line: u32,
    column: u32,
    length: &'p mut u32,
    source: &'p mut Excerpt,
    /// What may stand there.
    words: Option<&'p str>,
}

/// Goes through a text once, from place to place.
struct Reader<'a> {
    text: &'a str,
    line: u32,
    line_start: usize,
    /// Where the line's end stands.
    line_end: usize,
    /// The column that stands at `at`, in bytes.
    column: u32,
    at: usize,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, line: 1, line_start: 0, line_end: line_end(text, 0), column: 1, at: 0 }
    }

    /// The line around a column.
    fn excerpt(&mut self, line: u32, column: u32) -> Excerpt {
        self.go_to(line);
        if self.line_end - self.line_start > SHORT_LINE {
            self.go_along(column.saturating_sub(BEFORE));
        }
        let shown = &self.text[self.at..self.line_end];
        let cut = shown.char_indices().nth(MOST_CHARACTERS).map(|(end, _)| end);
        let text = &shown[..cut.unwrap_or(shown.len())];
        Excerpt { text: text.to_owned(), from: self.column, goes_on: cut.is_some() }
    }

    fn go_to(&mut self, line: u32) {
        if line <= self.line {
            return;
        }
        let mut begins = self.line_start;
        for block in self.text.as_bytes()[begins..].chunks(BLOCK) {
            // To count the line ends of a block is quicker than to go from one to the next.
            let ahead = (line - self.line) as usize;
            let ends = memchr_iter(b'\n', block).count().min(ahead);
            let last =
                if ends < ahead { memrchr(b'\n', block) } else { memchr_iter(b'\n', block).nth(ends - 1) };
            self.line_start = last.map_or(self.line_start, |end| begins + end + 1);
            self.line += count_of(ends);
            if ends == ahead {
                break;
            }
            begins += block.len();
        }
        self.line_end = line_end(self.text, self.line_start);
        (self.column, self.at) = (1, self.line_start);
    }

    fn go_along(&mut self, column: u32) {
        let ahead = column.saturating_sub(self.column) as usize;
        let mut characters = self.text[self.at..self.line_end].char_indices();
        if let Some((bytes, _)) = characters.nth(ahead) {
            (self.column, self.at) = (self.column.max(column), self.at + bytes);
        }
    }
}

/// Where the line ends that begins at an offset.
fn line_end(text: &str, start: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Kind;

    fn quoted(text: &str, places: &[(u32, u32, u32)]) -> Vec<Problem> {
        let problem = |(line, column, length): &(u32, u32, u32)| {
            Problem::new(Kind::NoAnswer, *line, *column, String::new()).spanning(*length)
        };
        let mut problems: Vec<Problem> = places.iter().map(problem).collect();
        quote(text, &mut problems);
        problems
    }

    #[test]
    fn a_problem_carries_its_line() {
        let text = "one\n  two words  \n\nlast";
        let table = [
            ((1, 1, TO_LINE_END), "one", 3),
            ((2, 3, TO_LINE_END), "  two words  ", 9),
            ((2, 7, 2), "  two words  ", 2),
            ((3, 1, TO_LINE_END), "", 1),
            ((4, 4, 7), "last", 1),
            ((9, 1, 1), "last", 1),
        ];
        for (place, line, length) in table {
            let problem = &quoted(text, &[place])[0];
            assert_eq!((problem.source.text.as_str(), problem.length), (line, length), "{place:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_each_place_in_any_order() {
        let text = "é".repeat(100_000) + "\nend";
        let problems = quoted(&text, &[(2, 1, 3), (1, 90_000, 1), (1, 1, 1), (1, 50_000, TO_LINE_END)]);
        let cuts: Vec<(u32, usize, bool)> = problems
            .iter()
            .map(|it| (it.source.from, it.source.text.chars().count(), it.source.goes_on))
            .collect();
        assert_eq!(cuts, [(1, 3, false), (89_960, 160, true), (1, 160, true), (49_960, 160, true)]);
        assert_eq!(problems[3].length, 120);
    }

    #[test]
    fn many_places_in_one_long_line_are_found_in_one_pass() {
        let text = "x".repeat(4 << 20);
        let places: Vec<_> = (1..40_000).map(|place| (1, place * 100, 1)).collect();
        assert!(quoted(&text, &places).iter().all(|problem| !problem.source.text.is_empty()));
    }

    #[test]
    fn words_are_found_between_two_lines() {
        let text = "Answer C\nso é Answer C\nAnswer C";
        let find = |lines, words| Lines::of(text).find(lines, words);
        assert_eq!(find(2..3, "Answer C"), Some(Place { line: 2, column: 6, length: 8 }));
        assert_eq!(find(2..9, "\n Answer C \nmore"), Some(Place { line: 2, column: 6, length: 8 }));
        assert_eq!(find(2..3, "Answer D"), None);
        assert_eq!(find(2..2, "Answer C"), None);
    }
}
