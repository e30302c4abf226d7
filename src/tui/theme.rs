//! What looks how: a theme gives each part of the screen and each role of a text its colours and its
//! weight. Themes are files; what the terminal cannot show is brought down to what it can. Knows
//! nothing of what is drawn where.

mod colour;
mod words;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use ratatui::style::{Modifier, Style};
use serde::Deserialize;

use crate::typeset::Role;
pub use colour::Depth;
use words::Words;

/// The themes that ship with the program.
const SHIPPED: [(&str, &str); 6] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("blue-orange", include_str!("../../assets/themes/blue-orange.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// A part of the screen that a theme can give a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Ordinary text, and the ground of everything.
    Text,
    /// Text beside the point.
    Faint,
    /// The title of a pane.
    Title,
    /// The border of a pane.
    Border,
    /// The border of the pane that scrolls.
    BorderFocus,
    /// What is selected.
    Selection,
    /// A right option.
    Right,
    /// A wrong choice.
    Wrong,
    /// The letter of an option.
    Letter,
    /// A key.
    Key,
    /// A key that does nothing now.
    KeyOff,
    /// A number of due cards.
    Due,
    /// A number of cards to be repeated today.
    Learning,
    /// A number of new cards.
    New,
    /// A notice that something was done.
    Info,
    /// A notice that something deserves a look.
    Warning,
    /// A notice that something failed.
    Error,
    /// The filled part of a bar.
    Bar,
    /// The empty part of a bar.
    BarRest,
    /// The mark of a scrollbar.
    Scroll,
    /// A field to write in.
    Field,
    /// A day without answers, on the heat map.
    #[serde(rename = "heat-0")]
    Heat0,
    /// A day of few answers. The next ones have more and more.
    #[serde(rename = "heat-1")]
    Heat1,
    /// The second step.
    #[serde(rename = "heat-2")]
    Heat2,
    /// The third step.
    #[serde(rename = "heat-3")]
    Heat3,
    /// A day of very many answers.
    #[serde(rename = "heat-4")]
    Heat4,
    /// A figure on a scale.
    Point,
    /// How far the figure may be off by chance.
    Whisker,
    /// What the figure should be.
    Target,
}

/// The look of everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    parts: HashMap<Part, Style>,
    roles: HashMap<Role, Style>,
}

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none of this name.
    #[error("there is no theme “{name}”: it is none of {}, and {} does not exist", names(), path.display())]
    Unknown {
        /// The name.
        name: String,
        /// Where a person's own theme of that name would be.
        path: PathBuf,
    },
    /// Its file cannot be read.
    #[error("could not read the theme {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Its file says something that a theme cannot say.
    #[error("the theme {} is not as it should be: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The theme that says what this one leaves open.
    base: Option<String>,
    #[serde(default)]
    parts: HashMap<Part, Words>,
    #[serde(default)]
    roles: HashMap<String, Words>,
}

impl Theme {
    /// The theme of this name: one that ships, else the file `themes/NAME.toml` in the folder of the
    /// settings. Its colours are brought down to what the terminal can show.
    ///
    /// # Errors
    /// When there is no such theme, or its file is not as it should be.
    pub fn find(name: &str, config_dir: &Path, depth: Depth) -> Result<Self, Error> {
        let theme = match shipped(name) {
            Some(theme) => theme,
            None => own(name, config_dir)?,
        };
        Ok(theme.at(depth))
    }

    /// The look of a part.
    pub fn part(&self, part: Part) -> Style {
        self.parts.get(&part).copied().unwrap_or_default()
    }

    /// The look of a text.
    pub fn role(&self, role: Role) -> Style {
        self.roles.get(&role).copied().unwrap_or_default()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut theme = match written.base.as_deref() {
            None => Self { parts: HashMap::new(), roles: HashMap::new() },
            Some(base) => shipped(base).ok_or_else(|| format!("its base “{base}” is none of {}", names()))?,
        };
        theme.parts.extend(written.parts.into_iter().map(|(part, words)| (part, words.style)));
        for (word, words) in written.roles {
            let role = ROLES.into_iter().find(|role| role_word(*role) == word);
            let role = role.ok_or_else(|| format!("“{word}” is no role of a text"))?;
            theme.roles.insert(role, words.style);
        }
        Ok(theme)
    }

    fn at(mut self, depth: Depth) -> Self {
        for style in self.parts.values_mut().chain(self.roles.values_mut()) {
            *style = depth.limit(*style);
        }
        if depth == Depth::None {
            self.parts.insert(Part::Selection, Style::new().add_modifier(Modifier::REVERSED));
            self.parts.insert(Part::Field, Style::new().add_modifier(Modifier::UNDERLINED));
        }
        self
    }
}

impl Default for Theme {
    fn default() -> Self {
        shipped("terminal").expect("it ships")
    }
}

fn shipped(name: &str) -> Option<Theme> {
    let (_, text) = SHIPPED.into_iter().find(|(shipped, _)| *shipped == name)?;
    Some(Theme::parse(text).expect("the themes that ship are sound: a test reads them"))
}

/// A person's own theme; what it leaves open is as in its base, or as in `terminal`.
fn own(name: &str, config_dir: &Path) -> Result<Theme, Error> {
    let path = config_dir.join("themes").join(format!("{name}.toml"));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::Unknown { name: name.to_owned(), path });
        }
        Err(source) => return Err(Error::Unreadable { path, source }),
    };
    let own = Theme::parse(&text).map_err(|message| Error::Invalid { path, message })?;
    let mut theme = Theme::default();
    theme.parts.extend(own.parts);
    theme.roles.extend(own.roles);
    Ok(theme)
}

fn names() -> String {
    SHIPPED.map(|(name, _)| name).join(", ")
}

const ROLES: [Role; 25] = [
    Role::Plain,
    Role::Strong,
    Role::Emphasis,
    Role::StrongEmphasis,
    Role::Strikethrough,
    Role::InlineCode,
    Role::Link,
    Role::LinkTarget,
    Role::Heading,
    Role::Quote,
    Role::ListMarker,
    Role::Rule,
    Role::Continuation,
    Role::CodePlain,
    Role::Keyword,
    Role::Type,
    Role::Function,
    Role::String,
    Role::Number,
    Role::Comment,
    Role::Operator,
    Role::Punctuation,
    Role::Constant,
    Role::Attribute,
    Role::Invalid,
];

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Plain => "plain",
        Role::Strong => "strong",
        Role::Emphasis => "emphasis",
        Role::StrongEmphasis => "strong-emphasis",
        Role::Strikethrough => "strikethrough",
        Role::InlineCode => "inline-code",
        Role::Link => "link",
        Role::LinkTarget => "link-target",
        Role::Heading => "heading",
        Role::Quote => "quote",
        Role::ListMarker => "list-marker",
        Role::Rule => "rule",
        Role::Continuation => "continuation",
        Role::CodePlain => "code-plain",
        Role::Keyword => "keyword",
        Role::Type => "type",
        Role::Function => "function",
        Role::String => "string",
        Role::Number => "number",
        Role::Comment => "comment",
        Role::Operator => "operator",
        Role::Punctuation => "punctuation",
        Role::Constant => "constant",
        Role::Attribute => "attribute",
        Role::Invalid => "invalid",
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    #[test]
    fn the_themes_that_ship_give_every_role_a_look() {
        for (name, _) in SHIPPED {
            let theme = shipped(name).expect("ships");
            for role in ROLES {
                assert!(theme.roles.contains_key(&role), "{name} leaves {role:?} open");
            }
            assert_eq!(theme.parts.len(), Theme::default().parts.len(), "{name} leaves a part open");
        }
    }

    #[test]
    fn the_default_uses_only_colours_that_can_be_read_on_any_ground() {
        let theme = Theme::default();
        for style in theme.parts.values().chain(theme.roles.values()) {
            for colour in [style.fg, style.bg].into_iter().flatten() {
                let unreadable = [Color::Blue, Color::Black, Color::White, Color::Gray];
                assert!(!unreadable.contains(&colour), "{colour}");
                assert!(!matches!(colour, Color::Rgb(..) | Color::Indexed(_)), "{colour}");
            }
            assert!(!style.add_modifier.contains(Modifier::DIM));
        }
    }

    #[test]
    fn without_colour_the_selection_and_the_weights_remain() {
        for (name, _) in SHIPPED {
            let theme = Theme::find(name, Path::new(""), Depth::None).expect("ships");
            for style in theme.parts.values().chain(theme.roles.values()) {
                assert_eq!((style.fg, style.bg), (None, None), "{name}");
            }
            let visible = Modifier::REVERSED;
            assert!(theme.part(Part::Selection).add_modifier.contains(visible), "{name}");
        }
    }

    #[test]
    fn a_theme_of_ones_own_changes_what_it_names() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("themes")).expect("a folder");
        let write =
            |text: &str| std::fs::write(folder.path().join("themes/mine.toml"), text).expect("written");
        let find = || Theme::find("mine", folder.path(), Depth::Millions);

        write("[parts]\nright = \"#010203 on bright-white underline\"\n");
        let theme = find().expect("sound");
        let right = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::White).add_modifier(Modifier::UNDERLINED);
        assert_eq!(theme.part(Part::Right), right);
        assert_eq!(theme.part(Part::Wrong), Theme::default().part(Part::Wrong));

        for (text, words) in [
            ("[parts]\nright = \"grue\"", "grue"),
            ("[parts]\nleft = \"red\"", "left"),
            ("[roles]\nverb = \"red\"", "verb"),
            ("base = \"neon\"", "neon"),
        ] {
            write(text);
            let error = find().expect_err("a mistake").to_string();
            assert!(error.contains(words) && error.contains("mine.toml"), "{error}");
        }
        let error = Theme::find("yours", folder.path(), Depth::Millions).expect_err("none").to_string();
        assert!(error.contains("yours.toml") && error.contains("high-contrast"), "{error}");
    }
}
