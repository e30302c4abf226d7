//! A look in words, as a theme's file has it: `green bold`, `#14202a on #d3e3ea`, `reverse`.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// A look that was written in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Words {
    pub(super) style: Style,
}

impl TryFrom<String> for Words {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut style = Style::new();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            style = if word == "on" {
                let ground = words.next().ok_or("there is no colour after “on”")?;
                style.bg(colour(ground)?)
            } else if let Some(modifier) = modifier(word) {
                style.add_modifier(modifier)
            } else {
                style.fg(colour(word)?)
            };
        }
        Ok(Self { style })
    }
}

fn modifier(word: &str) -> Option<Modifier> {
    match word {
        "bold" => Some(Modifier::BOLD),
        "dim" => Some(Modifier::DIM),
        "italic" => Some(Modifier::ITALIC),
        "underline" => Some(Modifier::UNDERLINED),
        "reverse" => Some(Modifier::REVERSED),
        "crossed-out" => Some(Modifier::CROSSED_OUT),
        _ => None,
    }
}

fn colour(word: &str) -> Result<Color, String> {
    let colour = match word {
        "default" => Color::Reset,
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "bright-black" => Color::DarkGray,
        "bright-red" => Color::LightRed,
        "bright-green" => Color::LightGreen,
        "bright-yellow" => Color::LightYellow,
        "bright-blue" => Color::LightBlue,
        "bright-magenta" => Color::LightMagenta,
        "bright-cyan" => Color::LightCyan,
        "bright-white" => Color::White,
        _ => return numbered(word).ok_or_else(|| unknown(word)),
    };
    Ok(colour)
}

/// `#2f88c4`, or a number from 0 to 255.
fn numbered(word: &str) -> Option<Color> {
    let Some(digits) = word.strip_prefix('#') else {
        return word.parse().ok().map(Color::Indexed);
    };
    let is_hexadecimal = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

fn unknown(word: &str) -> String {
    format!(
        "“{word}” is neither a colour (red, bright-red, …, #2f88c4, 0 to 255) \
         nor bold, italic, underline, reverse, dim or crossed-out"
    )
}
