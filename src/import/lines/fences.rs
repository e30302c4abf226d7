//! The marks of code blocks.

use memchr::memchr2_iter;

use super::marks::behind_container;
use crate::import::blanks::trim_start;

/// The marks that open or close a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fence {
    pub mark: u8,
    pub length: usize,
}

/// The code block that a line opens, and the words behind its marks.
pub(crate) fn opening(line: &str) -> Option<(Fence, &str)> {
    let (fence, behind) = fence(trim_start(line))?;
    let inline_code = fence.mark == b'`' && behind.contains('`');
    (!inline_code).then_some((fence, behind.trim()))
}

/// Whether a text has marks in it that can open a code block.
pub(in crate::import) fn may_open_fence(text: &str) -> bool {
    let text = text.as_bytes();
    memchr2_iter(b'`', b'~', text).any(|at| begins_fence(&text[at..]))
}

pub(super) fn begins_fence(text: &[u8]) -> bool {
    text.starts_with(b"```") || text.starts_with(b"~~~")
}

/// Whether a line closes a code block that was opened with these marks.
pub(crate) fn closes(line: &str, opened: Fence) -> bool {
    closing(line).is_some_and(|fence| fence.mark == opened.mark && fence.length >= opened.length)
}

pub(super) fn closing(line: &str) -> Option<Fence> {
    let (fence, behind) = fence(line.trim_start_matches([' ', '\t', '>']))?;
    behind.trim().is_empty().then_some(fence)
}

fn fence(line: &str) -> Option<(Fence, &str)> {
    let mark = *line.as_bytes().first()?;
    if mark != b'`' && mark != b'~' {
        return None;
    }
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3).then(|| (Fence { mark, length }, &line[length..]))
}

/// The code block that a line opens behind an option's letter, a list mark or a quotation mark.
pub(super) fn opening_inside(line: &str) -> Option<(Fence, &str)> {
    if !line.contains("```") && !line.contains("~~~") {
        return None;
    }
    let mut inner = behind_container(line.trim_start())?.trim_start();
    for _ in 0..MOST_NESTING {
        if let Some(opened) = opening(inner) {
            return Some(opened);
        }
        inner = behind_container(inner)?.trim_start();
    }
    None
}

/// How many list marks and quotation marks may stand before the marks of a code block.
const MOST_NESTING: usize = 8;
