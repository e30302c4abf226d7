//! Lines with a label: `**Answer:** B`, `Explanation: because`.

use crate::import::{
    blanks::{trim, trim_start},
    labels::Labels,
};

/// A line that says what follows, and what stands behind its colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Labelled<'a> {
    pub rest: &'a str,
    /// Bold labels are the structure of a question, plain ones may be a sentence.
    pub bold: bool,
    /// Whether it is a sentence without a label: `The answer is B.`
    pub is_sentence: bool,
}

/// What stands behind one of these words and a colon, at the beginning of a line.
pub(in crate::import) fn labelled<'a>(begun: &'a str, words: &Labels) -> Option<Labelled<'a>> {
    let (unmarked, marked) = emphasised(without_deep_hashes(begun));
    labelled_by(unmarked, marked, words)
}

/// A text behind its marks of emphasis, and whether it has any. Behind those of bold text blanks are left out.
pub(in crate::import) fn emphasised(text: &str) -> (&str, bool) {
    match without_emphasis(text) {
        (inner, true) if text.len() - inner.len() > 1 => (trim_start(inner), true),
        plain => plain,
    }
}

/// The same of a line whose emphasis is known. `marked` says whether some begins before the word.
pub(in crate::import) fn labelled_by<'a>(
    unmarked: &'a str,
    marked: bool,
    words: &Labels,
) -> Option<Labelled<'a>> {
    let behind = words.behind(unmarked)?;
    let behind = trim_start(without_remark(trim_start(behind)));
    let (closed, bold_ended) = without_emphasis(behind);
    let colon = trim_start(closed).strip_prefix([':', '：']);
    if colon.is_none() && !(marked && bold_ended) {
        return None;
    }
    let rest = colon.unwrap_or(closed);
    let rest = if marked && !bold_ended { without_closing_emphasis(rest) } else { rest };
    Some(Labelled { rest: trim(rest), bold: marked, is_sentence: false })
}

/// What stands behind `(s)`, `(corrected)`.
fn without_remark(behind: &str) -> &str {
    const LONGEST: usize = 24;
    let remark = behind.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    remark.filter(|(said, _)| said.len() <= LONGEST).map_or(behind, |(_, behind)| behind)
}

/// A heading of the third level or deeper may be a label.
pub(in crate::import) fn without_deep_hashes(begun: &str) -> &str {
    let level = begun.bytes().take_while(|byte| *byte == b'#').count();
    if level >= 3 { begun[level..].trim_start() } else { begun }
}

fn without_emphasis(text: &str) -> (&str, bool) {
    if !text.starts_with(['*', '_']) {
        return (text, false);
    }
    for marks in ["***", "**", "__", "*", "_"] {
        if let Some(behind) = text.strip_prefix(marks) {
            return (behind, true);
        }
    }
    (text, false)
}

/// Takes away the marks that end a label's emphasis: right behind its colon, or at the end of the line.
pub(in crate::import) fn without_closing_emphasis(rest: &str) -> &str {
    let (behind_colon, ended) = without_emphasis(rest);
    if ended {
        return behind_colon;
    }
    let closed = ["***", "**", "__", "*", "_"].iter().find_map(|marks| rest.trim_end().strip_suffix(marks));
    closed.unwrap_or(rest)
}
