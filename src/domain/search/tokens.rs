//! A query cut into the pieces that its author wrote, each with its place.

use std::ops::Range;

use super::Mistake;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` before something.
    Minus,
    /// Something between quotation marks.
    Phrase(String),
    /// Anything else: a word of the language, a filter or a word to be found. What follows a filter's colon
    /// may have stood between quotation marks.
    Word {
        /// As it was written, a quoted value left out.
        written: String,
        /// The value between quotation marks.
        quoted: Option<String>,
    },
}

/// The pieces of a query with their places.
pub(super) fn tokens(query: &str) -> Result<Vec<(Token, Range<usize>)>, Mistake> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = query[at..].chars().next() {
        let start = at;
        let token = match letter {
            blank if blank.is_whitespace() => {
                at += blank.len_utf8();
                continue;
            }
            '(' => {
                at += 1;
                Token::Open
            }
            ')' => {
                at += 1;
                Token::Close
            }
            '-' if negates(&query[at + 1..]) => {
                at += 1;
                Token::Minus
            }
            '"' => Token::Phrase(quoted(query, &mut at)?),
            _ => word(query, &mut at)?,
        };
        tokens.push((token, start..at));
    }
    Ok(tokens)
}

/// `-x` negates, `->` and `--` are code, and a minus alone is one.
fn negates(after: &str) -> bool {
    after.chars().next().is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '(' | '_'))
}

/// What stands between quotation marks, the first of which is at `at`. A backslash takes the next mark or
/// backslash as it is.
fn quoted(query: &str, at: &mut usize) -> Result<String, Mistake> {
    let start = *at;
    let mut text = String::new();
    let mut letters = query[start + 1..].char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => {
                *at = start + 1 + place + 1;
                return Ok(text);
            }
            '\\' => match letters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, next)) => text.push(next),
                None => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    Err(Mistake {
        span: start..query.len(),
        message: "this quotation mark is never closed".to_owned(),
        hint: "Write \" at the end of the phrase".to_owned(),
    })
}

/// A word ends at a blank, or at a parenthesis that it has not opened itself.
fn word(query: &str, at: &mut usize) -> Result<Token, Mistake> {
    let start = *at;
    let mut open = 0_usize;
    for (place, letter) in query[start..].char_indices() {
        let end = start + place;
        match letter {
            '(' => open += 1,
            ')' if open == 0 => {
                *at = end;
                return Ok(bare(&query[start..end]));
            }
            ')' => open -= 1,
            '"' if is_filter_name(&query[start..end]) => {
                *at = end;
                let quoted = Some(quoted(query, at)?);
                return Ok(Token::Word { written: query[start..end].to_owned(), quoted });
            }
            blank if blank.is_whitespace() => {
                *at = end;
                return Ok(bare(&query[start..end]));
            }
            _ => {}
        }
    }
    *at = query.len();
    Ok(bare(&query[start..]))
}

fn bare(written: &str) -> Token {
    Token::Word { written: written.to_owned(), quoted: None }
}

/// `deck:` and the like.
fn is_filter_name(written: &str) -> bool {
    let name = written.strip_suffix(':').unwrap_or_default();
    !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_alphabetic())
}
