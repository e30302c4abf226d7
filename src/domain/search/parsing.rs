//! From the pieces of a query to its expression. Never fails otherwise than with a mistake at a place.

use std::ops::Range;

use super::{
    Expression, Mistake, Text, filters,
    tokens::{Token, tokens},
    words,
};

/// So many pieces a query may have; nobody writes more, and the database takes only so much.
const MOST_TOKENS: usize = 200;
/// So deep parentheses may stand in each other.
const DEEPEST: usize = 20;

/// What a query looks for.
///
/// # Errors
/// The first mistake in it.
pub fn parse(query: &str) -> Result<Expression, Mistake> {
    let tokens = tokens(query)?;
    if let Some((_, span)) = tokens.get(MOST_TOKENS) {
        return Err(mistake(span.start..query.len(), "this is too long", "Look for fewer things at once"));
    }
    let mut parser = Parser { tokens, next: 0, depth: 0, end: query.len() };
    if parser.tokens.is_empty() {
        return Ok(Expression::everything());
    }
    let expression = parser.any()?;
    match parser.peek() {
        None => Ok(expression),
        // Only a parenthesis that closes nothing stops the parser before the end.
        Some((_, span)) => Err(mistake(
            span.clone(),
            "there is no ( before this )",
            "Take it out, or write it between quotation marks to look for it",
        )),
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&(Token, Range<usize>)> {
        self.tokens.get(self.next)
    }

    fn is_at(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some((Token::Word { written, quoted: None }, _)) if written.eq_ignore_ascii_case(keyword))
    }

    /// Parts with `or` between them.
    fn any(&mut self) -> Result<Expression, Mistake> {
        let mut parts = vec![self.all()?];
        while self.is_at("or") {
            self.next += 1;
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    /// Parts beside each other, with or without `and`.
    fn all(&mut self) -> Result<Expression, Mistake> {
        let mut parts = vec![self.negated()?];
        loop {
            if self.is_at("and") {
                self.next += 1;
                parts.push(self.negated()?);
            } else if self.is_at("or") || matches!(self.peek(), None | Some((Token::Close, _))) {
                return Ok(one_or(parts, Expression::All));
            } else {
                parts.push(self.negated()?);
            }
        }
    }

    fn negated(&mut self) -> Result<Expression, Mistake> {
        let mut is_negated = false;
        while self.is_at("not") || matches!(self.peek(), Some((Token::Minus, _))) {
            is_negated = !is_negated;
            self.next += 1;
        }
        let part = self.part()?;
        Ok(if is_negated { Expression::Not(Box::new(part)) } else { part })
    }

    fn part(&mut self) -> Result<Expression, Mistake> {
        if let Some(keyword) = ["and", "or"].into_iter().find(|keyword| self.is_at(keyword)) {
            let span = self.tokens[self.next].1.clone();
            return Err(mistake(
                span,
                format!("something is missing before “{keyword}”"),
                format!("Write \"{keyword}\" to look for the word itself"),
            ));
        }
        let Some((token, span)) = self.peek().cloned() else {
            return Err(mistake(self.end..self.end, "something is missing here", "Write what to look for"));
        };
        self.next += 1;
        match token {
            Token::Open => self.group(span),
            Token::Close => Err(mistake(
                span,
                "something is missing before this )",
                "Write what to look for, or \")\" to look for the parenthesis itself",
            )),
            Token::Phrase(phrase) if phrase.trim().is_empty() => Err(mistake(
                span,
                "there is nothing in this phrase",
                "Write something between the quotation marks",
            )),
            Token::Phrase(phrase) => Ok(Expression::Text(Text::phrase(&phrase))),
            Token::Word { written, quoted } => filters::filter_or_word(&written, quoted.as_deref(), span),
            Token::Minus => unreachable!("signs were taken before"),
        }
    }

    fn group(&mut self, open: Range<usize>) -> Result<Expression, Mistake> {
        if self.depth == DEEPEST {
            return Err(mistake(open, "these parentheses stand too deep in each other", "Take some out"));
        }
        self.depth += 1;
        let inner = self.any()?;
        self.depth -= 1;
        match self.peek() {
            Some((Token::Close, _)) => {
                self.next += 1;
                Ok(inner)
            }
            _ => Err(mistake(
                open,
                "this ( is never closed",
                "Write ) at its end, or \"(\" to look for the parenthesis itself",
            )),
        }
    }
}

fn one_or(mut parts: Vec<Expression>, join: impl FnOnce(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

pub(super) fn mistake(span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Mistake {
    Mistake { span, message: message.into(), hint: hint.into() }
}

impl Text {
    /// A word as it is typed. Where it has other signs in it than letters, it must stand there with them.
    pub(super) fn word(written: &str) -> Self {
        let words = words::wanted(written);
        let is_literal = match words.as_slice() {
            [only] => only.letters != written.to_lowercase(),
            _ => true,
        };
        Self { written: written.to_lowercase(), words, is_literal }
    }

    /// Words that must stand there one after the other, just so.
    fn phrase(phrase: &str) -> Self {
        Self { written: phrase.to_lowercase(), words: words::wanted(phrase), is_literal: true }
    }
}
