//! The marks of GIFT, and text without the backslashes that take their meaning away.

/// Where a mark first stands without a backslash before it.
pub(super) fn find(text: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find(mark).map(|at| from + at) {
        if !is_escaped(text, at) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn is_escaped(text: &str, at: usize) -> bool {
    let backslashes = text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    backslashes % 2 == 1
}

/// The text before and behind the first of these marks that stands without a backslash.
pub(super) fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    find(text, mark).map(|at| (&text[..at], &text[at + mark.len()..]))
}

/// The text without its backslashes; those before other signs than marks are meant.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => plain.push('\n'),
            Some(mark @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\')) => plain.push(mark),
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_takes_the_meaning_of_a_mark_away() {
        assert_eq!(unescaped(r"a \= b \{c\} \~ \# \: d\ne \* \\n"), "a = b {c} ~ # : d\ne \\* \\n");
        assert_eq!(split_once(r"a \{ b { c", "{"), Some((r"a \{ b ", " c")));
        assert_eq!(split_once(r"a \\{ b", "{"), Some((r"a \\", " b")));
        assert_eq!(split_once(r"a \{ b", "{"), None);
    }
}
