//! A held key repeats. What it does first must not be followed by what it means in the next step: the
//! key that answers would grade, and the key that grades would answer.

use crossterm::event::KeyCode;

use super::message::{At, Press};

/// After a step appeared every key is ignored for so long, in milliseconds: nobody has read it yet.
const UNREAD: u64 = 150;
/// A key that comes again this soon is a held one.
const REPEATED: u64 = 150;
/// Before the first repetition keyboards wait for up to this long.
const FIRST_REPEAT: u64 = 700;

/// Which key brought the present step, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quiet {
    since: At,
    by: Option<KeyCode>,
    /// When that key came last.
    last: At,
}

impl Quiet {
    /// A step appeared, brought about by this key.
    pub fn begin(&mut self, by: Option<KeyCode>, at: At) {
        *self = Self { since: at, by, last: self.last.max(at) };
    }

    /// Whether a key is to be ignored. `decides` is for actions that answer or grade.
    pub fn ignores(&mut self, press: &Press, decides: bool) -> bool {
        let unread = press.at.since(self.since) < UNREAD;
        if self.by != Some(press.key.code) {
            return unread;
        }
        let repeated = press.at.since(self.last) < REPEATED;
        let held = decides && press.at.since(self.since) < FIRST_REPEAT;
        self.last = press.at;
        unread || repeated || held
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyEvent, KeyModifiers};

    use super::*;
    use crate::tui::keymap::Action;

    /// The step appears at 1000 by `a`; which of these keys are heard?
    fn heard(keys: &[(char, u64)]) -> String {
        let mut quiet = Quiet::default();
        quiet.begin(Some(KeyCode::Char('a')), At(1000));
        let press = |(letter, at): &(char, u64)| Press {
            action: Action::TakeGrade,
            key: KeyEvent::new(KeyCode::Char(*letter), KeyModifiers::NONE),
            at: At(*at),
        };
        keys.iter()
            .map(press)
            .filter(|key| !quiet.ignores(key, true))
            .map(|key| key.key.code.to_string())
            .collect()
    }

    #[test]
    fn a_held_key_is_not_heard_however_long_it_is_held() {
        let held: Vec<(char, u64)> = (0..100).map(|nth| ('a', 1500 + 30 * nth)).collect();
        assert_eq!(heard(&held), "");
    }

    #[test]
    fn a_key_is_heard_once_the_step_can_have_been_seen() {
        assert_eq!(heard(&[('b', 1149)]), "");
        assert_eq!(heard(&[('b', 1150)]), "b");
    }

    #[test]
    fn the_same_key_is_heard_when_it_was_let_go() {
        assert_eq!(heard(&[('a', 1699)]), "");
        assert_eq!(heard(&[('a', 1700)]), "a");
        assert_eq!(heard(&[('a', 1500), ('a', 1530), ('a', 1800)]), "a");
    }
}
