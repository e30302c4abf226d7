//! A key: how it is written in the key map, shown on a screen, and recognised when it is pressed.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key as it is written in the key map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One key, perhaps with Ctrl.
    One {
        /// The key.
        code: KeyCode,
        /// Whether Ctrl is held.
        ctrl: bool,
    },
    /// The letter of an option, as many as there are options.
    Letters,
    /// The number of an option, as many as there are options.
    Digits,
}

impl Key {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (ctrl, name) = match text.strip_prefix("ctrl-") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let mut letters = name.chars();
        let code = match (name, letters.next(), letters.next()) {
            ("a-z", ..) => return Ok(Self::Letters),
            ("1-9", ..) => return Ok(Self::Digits),
            ("enter", ..) => KeyCode::Enter,
            ("space", ..) => KeyCode::Char(' '),
            ("esc", ..) => KeyCode::Esc,
            ("tab", ..) => KeyCode::Tab,
            ("shift-tab", ..) => KeyCode::BackTab,
            ("up", ..) => KeyCode::Up,
            ("down", ..) => KeyCode::Down,
            ("left", ..) => KeyCode::Left,
            ("right", ..) => KeyCode::Right,
            ("home", ..) => KeyCode::Home,
            ("end", ..) => KeyCode::End,
            ("pageup", ..) => KeyCode::PageUp,
            ("pagedown", ..) => KeyCode::PageDown,
            ("f1", ..) => KeyCode::F(1),
            (_, Some(letter), None) => KeyCode::Char(letter),
            _ => return Err(format!("“{text}” is no key")),
        };
        Ok(Self::One { code, ctrl })
    }

    /// Whether this was pressed. Shift is part of a character and not looked at.
    pub(super) fn is(self, pressed: &KeyEvent, options: usize) -> bool {
        let with_ctrl = pressed.modifiers.contains(KeyModifiers::CONTROL);
        let with_alt = pressed.modifiers.contains(KeyModifiers::ALT);
        match self {
            Self::One { code, ctrl } => pressed.code == code && with_ctrl == ctrl && !with_alt,
            Self::Letters | Self::Digits => {
                let place = place(pressed).filter(|place| *place < options);
                place.is_some() && self.holds(pressed.code) && !with_ctrl && !with_alt
            }
        }
    }

    fn holds(self, pressed: KeyCode) -> bool {
        match (self, pressed) {
            (Self::Letters, KeyCode::Char(letter)) => letter.is_ascii_lowercase(),
            (Self::Digits, KeyCode::Char(digit)) => ('1'..='9').contains(&digit),
            (Self::One { code, .. }, _) => code == pressed,
            (Self::Letters | Self::Digits, _) => false,
        }
    }

    pub(super) fn shadows(self, later: &Self, options: usize) -> bool {
        match *later {
            Self::One { code, ctrl } => {
                let modifiers = if ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                self.is(&KeyEvent::new(code, modifiers), options)
            }
            Self::Letters | Self::Digits => self == *later,
        }
    }

    /// How it is shown on a screen with so many options: `a–d`.
    pub fn shown(self, options: usize) -> String {
        let last = options.clamp(1, 26) as u8 - 1;
        match self {
            Self::One { .. } => self.to_string(),
            Self::Letters => format!("a–{}", char::from(b'a' + last)),
            Self::Digits => format!("1–{}", (last + 1).min(9)),
        }
    }
}

/// The option that this key means, counted from 0.
pub fn place(pressed: &KeyEvent) -> Option<usize> {
    match pressed.code {
        KeyCode::Char(letter @ 'a'..='z') => Some(usize::from(letter as u8 - b'a')),
        KeyCode::Char(digit @ '1'..='9') => Some(usize::from(digit as u8 - b'1')),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::One { code, ctrl } = *self else {
            return f.write_str(if *self == Self::Letters { "a–z" } else { "1–9" });
        };
        if ctrl {
            f.write_str("Ctrl-")?;
        }
        match code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(letter) => write!(f, "{letter}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            other => other.fmt(f),
        }
    }
}
