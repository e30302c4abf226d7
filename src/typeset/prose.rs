//! Collects running text while the parser's events come in: which role each piece plays, where a
//! link leads, what a pair of HTML tags does. Makes everything harmless on its way in.

use super::blocks::Prose;
use super::harmless::{harmless, harmless_line};
use super::html::{Effect, Script, Tag};
use super::line::{Role, Span, columns};

/// A line of the source that takes so many columns was broken because it was full.
const WRAPPED_BY_EDITOR: usize = 60;

/// As many HTML tags may be open at once; those opened earlier then stay as they were written.
const MOST_OPEN_TAGS: usize = 32;

/// What becomes of an HTML tag whose other half is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoneTags {
    /// It is shown as written: “What does `<div>` do?”
    Shown,
    /// It vanishes: its other half is in another block.
    Dropped,
}

pub(super) struct ProseBuilder {
    spans: Prose,
    /// Spans before this one are finished and take no more text.
    sealed: usize,
    /// The roles around the next text, each with the ones outside of it.
    roles: Vec<Role>,
    links: Vec<OpenLink>,
    tags: Vec<OpenTag>,
    lone_tags: LoneTags,
    /// A block-like tag has just ended: what follows stands on its own line.
    apart: bool,
    at_line_start: bool,
}

struct OpenLink {
    target: String,
    first_span: usize,
}

struct OpenTag {
    name: &'static str,
    effect: Effect,
    /// The span that holds the tag as written.
    span: usize,
}

impl ProseBuilder {
    pub fn new(lone_tags: LoneTags) -> Self {
        Self {
            spans: Prose::new(),
            sealed: 0,
            roles: Vec::new(),
            links: Vec::new(),
            tags: Vec::new(),
            lone_tags,
            apart: false,
            at_line_start: true,
        }
    }

    /// Adds text of the role that is open.
    pub fn text(&mut self, text: &str) {
        self.push(&without_tabs(text), self.role());
    }

    /// Adds code.
    pub fn code(&mut self, code: &str) {
        self.push(&without_tabs(code), Role::InlineCode);
    }

    /// Ends the line.
    pub fn line_break(&mut self) {
        self.apart = false;
        self.push("\n", self.role());
    }

    /// The end of a line in the source. Authors write short lines on purpose, and break long ones only
    /// for their editor's sake.
    pub fn soft_break(&mut self) {
        if self.line_width() < WRAPPED_BY_EDITOR {
            self.line_break();
        } else {
            self.text(" ");
        }
    }

    fn line_width(&self) -> usize {
        let mut width = 0;
        for span in self.spans.iter().rev() {
            let line = span.text.rsplit('\n').next().unwrap_or_default();
            width += columns(line);
            if line.len() < span.text.len() {
                break;
            }
        }
        width
    }

    /// What follows plays this role, until [`Self::close`].
    pub fn open(&mut self, role: Role) {
        self.roles.push(role.within(self.role()));
    }

    pub fn close(&mut self) {
        self.roles.pop();
    }

    /// What follows leads to this target, until [`Self::close_link`].
    pub fn open_link(&mut self, target: &str) {
        self.seal();
        self.links.push(OpenLink { target: target.to_owned(), first_span: self.spans.len() });
        self.open(Role::Link);
    }

    /// Ends a link, and says where it leads unless its text does.
    pub fn close_link(&mut self) {
        self.close();
        let Some(link) = self.links.pop() else { return };
        let text = self.text_since(link.first_span);
        let said = text == link.target || Some(text.as_str()) == link.target.strip_prefix("mailto:");
        if link.target.is_empty() || said {
            return;
        }
        let target = harmless_line(&link.target);
        match text.trim().is_empty() {
            true => self.push(&target, Role::LinkTarget),
            false => self.push(&format!(" ({target})"), Role::LinkTarget),
        }
    }

    /// What follows describes an image, until [`Self::close_image`].
    pub fn open_image(&mut self, file: &str) {
        self.seal();
        self.links.push(OpenLink { target: file.to_owned(), first_span: self.spans.len() });
    }

    /// Ends the description of an image; without one its file is named.
    pub fn close_image(&mut self) {
        let Some(image) = self.links.pop() else { return };
        if self.text_since(image.first_span).trim().is_empty() {
            self.push(&harmless_line(&image.target), Role::LinkTarget);
        }
    }

    /// Adds one HTML tag or comment, `<…>`.
    pub fn html(&mut self, source: &str) {
        match Tag::read(source) {
            Some(Tag::Open(name, effect)) => self.open_tag(name, effect, source),
            Some(Tag::Close(name)) => self.close_tag(name, source),
            Some(Tag::Break) => self.line_break(),
            Some(Tag::Text(text)) => self.text(&text),
            None => self.text(source),
        }
    }

    /// What was collected, leaving the builder as new.
    pub fn take(&mut self) -> Prose {
        let finished = std::mem::replace(self, Self::new(self.lone_tags));
        trimmed(finished.spans)
    }

    fn role(&self) -> Role {
        self.roles.last().copied().unwrap_or(Role::Plain)
    }

    fn push(&mut self, text: &str, role: Role) {
        if text.is_empty() {
            return;
        }
        let starts_line = std::mem::take(&mut self.apart) && !self.at_line_start;
        if starts_line {
            self.push("\n", role);
        }
        self.at_line_start = text.ends_with('\n');
        let open = self.spans.len() > self.sealed;
        match self.spans.last_mut() {
            Some(last) if open && last.role == role => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), role }),
        }
    }

    fn seal(&mut self) {
        self.sealed = self.spans.len();
    }

    fn text_since(&self, first_span: usize) -> String {
        self.spans[first_span.min(self.spans.len())..].iter().map(|span| span.text.as_str()).collect()
    }

    fn open_tag(&mut self, name: &'static str, effect: Effect, source: &str) {
        let span = self.spans.len();
        let role = self.role();
        let written = match self.lone_tags {
            LoneTags::Shown => source,
            LoneTags::Dropped => "",
        };
        self.apart |= effect == Effect::Apart && self.lone_tags == LoneTags::Dropped;
        self.at_line_start &= written.is_empty();
        self.spans.push(Span { text: without_tabs(written), role });
        self.seal();
        if self.tags.len() == MOST_OPEN_TAGS {
            self.tags.remove(0);
        }
        self.tags.push(OpenTag { name, effect, span });
    }

    fn close_tag(&mut self, name: &'static str, source: &str) {
        let Some(place) = self.tags.iter().rposition(|tag| tag.name == name) else {
            return self.lone_close(source);
        };
        let tag = self.tags.swap_remove(place);
        self.tags.truncate(place);
        self.spans[tag.span].text.clear();
        self.seal();
        match tag.effect {
            Effect::Role(role) => self.spans[tag.span..].iter_mut().for_each(|span| {
                span.role = span.role.within(role);
            }),
            Effect::Script(script) => self.write_script(script, tag.span),
            Effect::Link(target) => self.write_link(target, tag.span),
            Effect::Apart => self.apart = true,
            Effect::Nothing => {}
        }
    }

    fn lone_close(&mut self, source: &str) {
        match self.lone_tags {
            LoneTags::Shown => self.text(source),
            LoneTags::Dropped => self.apart = true,
        }
    }

    fn write_link(&mut self, target: String, first_span: usize) {
        for span in &mut self.spans[first_span..] {
            span.role = span.role.within(Role::Link);
        }
        self.links.push(OpenLink { target, first_span });
        self.open(Role::Link);
        self.close_link();
    }

    fn write_script(&mut self, script: Script, first_span: usize) {
        let text = self.text_since(first_span);
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            for span in &mut self.spans[first_span..] {
                span.text = span.text.chars().map(|digit| small_digit(digit, script)).collect();
            }
            return;
        }
        let mark = match script {
            Script::Raised => "^",
            Script::Lowered => "_",
        };
        self.spans[first_span].text.push_str(mark);
        if text.chars().count() > 1 {
            self.spans[first_span].text.push('(');
            self.text(")");
        }
    }
}

/// Harmless, and with tabs as spaces: columns mean nothing within a sentence.
fn without_tabs(text: &str) -> String {
    harmless(text).replace('\t', " ")
}

fn small_digit(digit: char, script: Script) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let value = digit.to_digit(10).map_or(0, |value| value as usize);
    match script {
        Script::Raised => RAISED[value],
        Script::Lowered => LOWERED[value],
    }
}

/// Without empty spans, line breaks at the start, and blanks at the end.
fn trimmed(mut spans: Prose) -> Prose {
    spans.retain(|span| !span.text.is_empty());
    while let Some(first) = spans.first_mut() {
        let start = first.text.len() - first.text.trim_start_matches('\n').len();
        first.text.drain(..start);
        if !first.text.is_empty() {
            break;
        }
        spans.remove(0);
    }
    while let Some(last) = spans.last_mut() {
        let end = last.text.trim_end_matches([' ', '\n']).len();
        last.text.truncate(end);
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    spans
}
