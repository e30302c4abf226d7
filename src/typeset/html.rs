//! The little HTML that authors put into Markdown: which tags mean something here, and what.
//! Names that HTML does not know are no tags: `List<String>` in a sentence is what it says.

use super::line::Role;

/// A tag as it stands in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<name …>`, up to its `</name>`.
    Open(&'static str, Effect),
    /// `</name>`.
    Close(&'static str),
    /// `<br>`.
    Break,
    /// A text that stands for the whole tag: the description of an image, or nothing.
    Text(String),
}

/// What a pair of tags does to the text between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The text has this role.
    Role(Role),
    /// The text is raised or lowered: `x²`, `a_(n+1)`.
    Script(Script),
    /// The text leads somewhere.
    Link(String),
    /// The text stands on lines of its own.
    Apart,
    /// None.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Raised,
    Lowered,
}

impl Tag {
    /// Reads `<…>`; `None` when it is nothing that HTML knows, and so ordinary text.
    pub fn read(source: &str) -> Option<Self> {
        let inside = source.strip_prefix('<')?.strip_suffix('>')?;
        if inside.starts_with("!--") {
            return Some(Self::Text(String::new()));
        }
        let (inside, closes) = match inside.strip_prefix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        match name.as_str() {
            "br" | "hr" => return Some(Self::Break),
            "wbr" => return Some(Self::Text(String::new())),
            "img" => return attribute(inside, "alt").map(Self::Text),
            _ => {}
        }
        let (name, effect) = pair(&name)?;
        if closes {
            return Some(Self::Close(name));
        }
        let target = if name == "a" { attribute(inside, "href") } else { None };
        Some(Self::Open(name, target.map_or(effect, Effect::Link)))
    }
}

fn pair(name: &str) -> Option<(&'static str, Effect)> {
    const PAIRS: [(&[&str], Effect); 9] = [
        (&["b", "strong", "summary", "th"], Effect::Role(Role::Strong)),
        (&["i", "em", "var", "cite", "dfn"], Effect::Role(Role::Emphasis)),
        (&["code", "kbd", "samp", "tt"], Effect::Role(Role::InlineCode)),
        (&["s", "del", "strike"], Effect::Role(Role::Strikethrough)),
        (&["sup"], Effect::Script(Script::Raised)),
        (&["sub"], Effect::Script(Script::Lowered)),
        (&["h1", "h2", "h3", "h4", "h5", "h6"], Effect::Role(Role::Heading)),
        (
            &["p", "div", "li", "ul", "ol", "tr", "table", "pre", "blockquote", "details", "section"],
            Effect::Apart,
        ),
        (
            &[
                "a", "abbr", "big", "center", "font", "ins", "mark", "q", "small", "span", "tbody", "td",
                "thead", "u",
            ],
            Effect::Nothing,
        ),
    ];
    PAIRS.into_iter().find_map(|(names, effect)| {
        let known = names.iter().find(|known| **known == name)?;
        Some((*known, effect))
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let value = &tag[start..];
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = value[1..].split_once(quote)?;
    Some(value.to_owned())
}

/// The text without its `<!-- comments -->`. One that never ends is no comment: a slip of its
/// author must not swallow what follows.
pub(super) fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_html_does_not_know_are_no_tags() {
        for text in ["<String>", "<T>", "<int>", "</vector>", "<?php>", "<>"] {
            assert_eq!(Tag::read(text), None, "{text}");
        }
    }

    #[test]
    fn case_spaces_and_attributes_do_not_matter() {
        let strong = Effect::Role(Role::Strong);
        assert_eq!(Tag::read("<B class=\"x\">"), Some(Tag::Open("b", strong)));
        assert_eq!(Tag::read("</b >"), Some(Tag::Close("b")));
        assert_eq!(Tag::read("<br />"), Some(Tag::Break));
    }

    #[test]
    fn links_and_images_keep_what_matters() {
        let link = Effect::Link("https://x.org".to_owned());
        assert_eq!(Tag::read("<a rel='y' href='https://x.org'>"), Some(Tag::Open("a", link)));
        assert_eq!(Tag::read("<img src=\"x.png\" alt=\"a cat\">"), Some(Tag::Text("a cat".to_owned())));
        assert_eq!(Tag::read("<img src=\"x.png\">"), None);
    }

    #[test]
    fn a_comment_that_never_ends_is_text() {
        assert_eq!(without_comments("a<!-- b -->c<!--\n-->d"), "acd");
        assert_eq!(without_comments("a<!-- b"), "a<!-- b");
    }
}
