//! Markdown to blocks: listens to pulldown-cmark's events and builds the tree. Differs from
//! CommonMark where a chapter about programming would lose something: `__init__` is a name,
//! `2*3*4` a product, and a line break within a paragraph is kept.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::blocks::{Block, Code, Item, List, Prose, Side, Spacing, Table};
use super::harmless::harmless;
use super::html::without_comments;
use super::line::Role;
use super::prose::{LoneTags, ProseBuilder};

/// As many containers nest (a list and its item are two); what is deeper joins the innermost.
const DEEPEST: usize = 24;

/// Stands at the start of a line that must be read as running text, whatever it looks like. A
/// space to the rules of emphasis, but nothing to those of blocks; and hardly used by anyone.
const TEXT_LINE: char = '\u{1680}';

/// Reads a whole document.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    Builder::read(markdown, LoneTags::Shown)
}

/// Reads inline Markdown: `1. a`, `- 5` and `# b` at the start of a line are text.
pub(super) fn inline_blocks(text: &str) -> Vec<Block> {
    Builder::read(&as_text_lines(text), LoneTags::Shown)
}

/// Reads a document whose lines before the first fence are inline Markdown.
pub(super) fn blocks_after_text(text: &str) -> Vec<Block> {
    let before = text.split_inclusive('\n').take_while(|line| !opens_fence(line));
    let (before, from_fence) = text.split_at(before.map(str::len).sum());
    Builder::read(&(as_text_lines(before) + from_fence), LoneTags::Shown)
}

/// Whether a line begins a block of code.
pub(super) fn opens_fence(line: &str) -> bool {
    let line = line.trim_start();
    let backticks = line.starts_with("```") && !line.trim_start_matches('`').contains('`');
    backticks || line.starts_with("~~~")
}

fn as_text_lines(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 3);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            marked.push(TEXT_LINE);
        }
        marked.push_str(line);
    }
    marked
}

struct Builder<'a> {
    source: &'a str,
    done: Vec<Block>,
    open: Vec<Container>,
    /// How many containers are open beyond the deepest.
    flattened: usize,
    prose: ProseBuilder,
    raw: Raw,
    table: Table,
    row: Vec<Prose>,
}

enum Container {
    Quote(Vec<Block>),
    List(List),
    Item(Item),
}

/// Text that is collected as it stands, over several events.
enum Raw {
    None,
    Code(Code),
    Html(String),
}

impl<'a> Builder<'a> {
    fn read(source: &'a str, lone_tags: LoneTags) -> Vec<Block> {
        let mut builder = Self {
            source,
            done: Vec::new(),
            open: Vec::new(),
            flattened: 0,
            prose: ProseBuilder::new(lone_tags),
            raw: Raw::None,
            table: Table::default(),
            row: Vec::new(),
        };
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let events = Parser::new_ext(source, options).into_offset_iter();
        for (event, range) in TextMergeWithOffset::new(events) {
            builder.event(event, range);
        }
        builder.end_paragraph();
        builder.done
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.prose.code(&code.replace(TEXT_LINE, "")),
            Event::Html(html) => self.text(&html),
            Event::InlineHtml(html) => self.prose.html(&html),
            Event::SoftBreak => self.prose.soft_break(),
            Event::HardBreak => self.prose.line_break(),
            Event::Rule => self.push(Block::Rule),
            Event::TaskListMarker(done) => self.mark_task(done),
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { .. } => {
                self.end_paragraph();
                self.prose.open(Role::Heading);
            }
            Tag::BlockQuote(_) => self.open(Container::Quote(Vec::new())),
            Tag::List(first) => {
                self.open(Container::List(List { first, spacing: Spacing::Tight, items: Vec::new() }));
            }
            Tag::Item => self.open(Container::Item(Item::default())),
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                self.raw = Raw::Code(Code { language: language(kind), text: String::new() });
            }
            Tag::HtmlBlock => {
                self.end_paragraph();
                self.raw = Raw::Html(String::new());
            }
            Tag::Table(sides) => {
                self.end_paragraph();
                self.table.sides = sides.into_iter().map(side).collect();
            }
            Tag::Emphasis => self.start_weight(Role::Emphasis, range),
            Tag::Strong => self.start_weight(Role::Strong, range),
            Tag::Strikethrough => self.prose.open(Role::Strikethrough),
            Tag::Link { dest_url, .. } => self.prose.open_link(&dest_url),
            Tag::Image { dest_url, .. } => self.prose.open_image(&dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => {
                let heading = self.prose.take();
                self.push(Block::Heading(heading));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_raw(),
            TagEnd::TableCell => self.row.push(self.prose.take()),
            TagEnd::TableHead => self.table.header = std::mem::take(&mut self.row),
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.push(Block::Table(table));
            }
            TagEnd::Emphasis => self.end_weight(Role::Emphasis, range),
            TagEnd::Strong => self.end_weight(Role::Strong, range),
            TagEnd::Strikethrough => self.prose.close(),
            TagEnd::Link => self.prose.close_link(),
            TagEnd::Image => self.prose.close_image(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.raw {
            Raw::None => self.prose.text(&text.replace(TEXT_LINE, "")),
            Raw::Code(code) => code.text.push_str(text),
            Raw::Html(html) => html.push_str(text),
        }
    }

    fn start_paragraph(&mut self) {
        self.end_paragraph();
        if let [.., Container::List(list), Container::Item(_)] = self.open.as_mut_slice() {
            list.spacing = Spacing::Loose;
        }
    }

    /// Ends running text. An item of a tight list holds some without any paragraph around it, so
    /// every other block ends it too.
    fn end_paragraph(&mut self) {
        let prose = self.prose.take();
        if !prose.is_empty() {
            self.push(Block::Paragraph(prose));
        }
    }

    fn end_raw(&mut self) {
        match std::mem::replace(&mut self.raw, Raw::None) {
            Raw::None => {}
            Raw::Code(code) => self.end_code(code),
            Raw::Html(html) => {
                let text = as_text_lines(&without_comments(&html));
                for block in Builder::read(&text, LoneTags::Dropped) {
                    self.push(block);
                }
            }
        }
    }

    fn end_code(&mut self, code: Code) {
        let text = harmless(&code.text);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        if !text.is_empty() {
            self.push(Block::Code(Code { text: text.to_owned(), ..code }));
        }
    }

    fn end_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        row.truncate(filled);
        self.table.rows.push(row);
    }

    fn mark_task(&mut self, done: bool) {
        if let Some(Container::Item(item)) = self.open.last_mut() {
            item.done = Some(done);
        }
    }

    fn start_weight(&mut self, role: Role, range: Range<usize>) {
        match self.literal_delimiter(role, range) {
            Some(delimiter) => self.prose.text(delimiter),
            None => self.prose.open(role),
        }
    }

    fn end_weight(&mut self, role: Role, range: Range<usize>) {
        match self.literal_delimiter(role, range) {
            Some(delimiter) => self.prose.text(delimiter),
            None => self.prose.close(),
        }
    }

    /// The delimiter of an emphasis that its author did not mean as one: that of `__init__`, and of
    /// `2*3*4`, where it stands between operands.
    fn literal_delimiter(&self, role: Role, range: Range<usize>) -> Option<&'static str> {
        let emphasis = &self.source[range.clone()];
        if is_dunder(emphasis) {
            return Some("__");
        }
        let before = self.source[..range.start].bytes().next_back()?;
        let after = self.source[range.end..].bytes().next()?;
        let between_operands = (before.is_ascii_alphanumeric() || matches!(before, b')' | b']'))
            && (after.is_ascii_alphanumeric() || matches!(after, b'(' | b'['));
        if !between_operands || !emphasis.starts_with('*') {
            return None;
        }
        Some(if role == Role::Strong { "**" } else { "*" })
    }

    fn open(&mut self, container: Container) {
        self.end_paragraph();
        let item = matches!(container, Container::Item(_));
        let too_deep = self.open.len() >= DEEPEST && !item;
        if too_deep || self.flattened > 0 {
            self.flattened += 1;
        } else {
            self.open.push(container);
        }
    }

    fn close(&mut self) {
        self.end_paragraph();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        match self.open.pop() {
            Some(Container::Quote(blocks)) => self.push(Block::Quote(blocks)),
            Some(Container::List(list)) => self.push(Block::List(list)),
            Some(Container::Item(item)) => self.push_item(item),
            None => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Container::Quote(blocks)) => blocks.push(block),
            Some(Container::Item(item)) => item.blocks.push(block),
            Some(Container::List(list)) => list.items.push(Item { done: None, blocks: vec![block] }),
            None => self.done.push(block),
        }
    }

    fn push_item(&mut self, item: Item) {
        if let Some(Container::List(list)) = self.open.last_mut() {
            list.items.push(item);
        }
    }
}

/// A name such as `__init__`.
fn is_dunder(text: &str) -> bool {
    let name = text.strip_prefix("__").and_then(|rest| rest.strip_suffix("__"));
    name.is_some_and(|name| {
        let begins = name.starts_with(|c: char| c.is_alphabetic());
        begins && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

fn language(kind: CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Indented => String::new(),
        CodeBlockKind::Fenced(info) => {
            let mut words = info.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':'));
            words.find(|word| !word.is_empty()).unwrap_or_default().trim_start_matches('.').to_owned()
        }
    }
}

fn side(alignment: Alignment) -> Side {
    match alignment {
        Alignment::None | Alignment::Left => Side::Left,
        Alignment::Center => Side::Middle,
        Alignment::Right => Side::Right,
    }
}
