//! What the rest of the program gets: lines of spans, each span with the role that its text plays.
//! Which colour a role has is a theme's business.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One line of the page, ready to be shown: no line breaks, tabs or control characters in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its parts from left to right; neighbours differ in role.
    pub spans: Vec<Span>,
}

/// A piece of text that plays one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text as it is shown.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// What a piece of text is, for a theme to give it a colour and a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary prose.
    Plain,
    /// Strong emphasis, usually bold.
    Strong,
    /// Emphasis, usually italic.
    Emphasis,
    /// Both at once.
    StrongEmphasis,
    /// Text that its author struck out.
    Strikethrough,
    /// Code within prose.
    InlineCode,
    /// The text of a link.
    Link,
    /// Where a link leads, shown behind its text.
    LinkTarget,
    /// A heading.
    Heading,
    /// Prose within a quotation, and the bar at its left.
    Quote,
    /// The bullet, number or box of a list item.
    ListMarker,
    /// Thematic breaks and the lines of tables.
    Rule,
    /// The mark where a long line of code goes on.
    Continuation,
    /// Code that is none of what follows, or whose language is unknown.
    CodePlain,
    /// `if`, `def`, `let`, `class`.
    Keyword,
    /// The name of a type.
    Type,
    /// The name of a function.
    Function,
    /// A string or a character.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// `+`, `==`, `->`.
    Operator,
    /// Brackets, commas, semicolons.
    Punctuation,
    /// `True`, `null`, an escape within a string.
    Constant,
    /// A decorator, an annotation, an attribute of a tag.
    Attribute,
    /// What the language does not allow.
    Invalid,
}

/// The columns that a text takes on a terminal: wide characters count two, combining ones none.
pub fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

impl Line {
    /// A line of one span, or of none when the text is empty.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        let text = text.into();
        let spans = if text.is_empty() { Vec::new() } else { vec![Span { text, role }] };
        Self { spans }
    }

    /// The columns it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| columns(&span.text)).sum()
    }

    /// Its text without the roles.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Adds text at the end, to the last span when that has the same role.
    pub(super) fn push(&mut self, text: &str, role: Role) {
        match self.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.spans.push(Span { text: text.to_owned(), role }),
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        for span in &other.spans {
            self.push(&span.text, span.role);
        }
    }
}

impl Role {
    /// The role of a text that plays `self` within something that plays `outer`.
    pub(super) fn within(self, outer: Self) -> Self {
        let outweighed = matches!(outer, Self::Heading | Self::Link | Self::Strikethrough);
        if self == Self::Plain || self.is_weight() && outweighed {
            return outer;
        }
        let both_weigh = self.is_weight() && outer.is_weight();
        if both_weigh && self != outer {
            return Self::StrongEmphasis;
        }
        self
    }

    fn is_weight(self) -> bool {
        matches!(self, Self::Strong | Self::Emphasis | Self::StrongEmphasis)
    }
}
