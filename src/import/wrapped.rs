//! Chapters that stand as a whole in a block of Markdown code, as chat programs hand them out.

use std::borrow::Cow;

use super::lines::{fence_closes, fence_opening};

/// The text with blanks in place of the fence around all of it, so that every place stays what it was. A block that
/// ends before the text does is an example.
pub(super) fn unwrapped(text: &str) -> Cow<'_, str> {
    let begin = text.len() - text.trim_start().len();
    let first = text[begin..].lines().next().unwrap_or_default();
    let Some((fence, _)) = fence_opening(first) else { return Cow::Borrowed(text) };
    let info = first.trim_start_matches(char::from(fence.mark)).trim();
    let end = text.trim_end().rfind('\n').map_or(0, |line_end| line_end + 1);
    let last = text[end..].trim_end();
    let is_markdown = ["markdown", "md"].iter().any(|name| info.eq_ignore_ascii_case(name));
    if !is_markdown || end <= begin || !fence_closes(last, fence) {
        return Cow::Borrowed(text);
    }
    let inner = begin + first.len()..end;
    let is_example = text[inner].lines().find_map(fence_opening).is_some_and(|(_, info)| info.is_empty());
    if is_example {
        return Cow::Borrowed(text);
    }
    let blank = |length: usize| " ".repeat(length);
    let (first_end, last_end) = (begin + first.len(), end + last.len());
    let inner = &text[first_end..end];
    let parts = [&text[..begin], &blank(first.len()), inner, &blank(last.len()), &text[last_end..]];
    Cow::Owned(parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_around_all_of_a_text_is_blank() {
        let table = [
            ("```markdown\n# One\n```\n", Some("           \n# One\n   \n")),
            ("\n````MD\n```sh\nls\n```\n````", Some("\n      \n```sh\nls\n```\n    ")),
            ("```markdown\n# One\n```\ntext\n```\ncode\n```", None),
            ("```sh\nls\n```", None),
            ("```markdown\n# One", None),
            ("text\n```markdown\n# One\n```", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(unwrapped(text), expected.unwrap_or(text), "{text}");
        }
    }
}
