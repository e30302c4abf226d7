//! A held key repeats, and a double click is two. What the first one does must not be followed by what
//! it means in the next step: the key that answers would grade, and the key that grades would answer.

use crossterm::event::KeyCode;

use super::message::At;

/// Stands for the mouse's button among the keys.
pub const CLICK: KeyCode = KeyCode::Null;

/// After a step appeared every key is ignored for so long, in milliseconds: nobody has read it yet.
const UNREAD: u64 = 150;
/// A key that comes again this soon is a held one.
const REPEATED: u64 = 150;
/// Before the first repetition keyboards wait for up to this long; a double click is done by then.
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
    pub fn ignores(&mut self, key: KeyCode, at: At, decides: bool) -> bool {
        let unread = at.since(self.since) < UNREAD;
        if self.by != Some(key) {
            return unread;
        }
        let repeated = at.since(self.last) < REPEATED;
        let held = decides && at.since(self.since) < FIRST_REPEAT;
        self.last = at;
        unread || repeated || held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The step appears at 1000 by `a`; which of these keys are heard?
    fn heard(keys: &[(char, u64)]) -> String {
        let mut quiet = Quiet::default();
        quiet.begin(Some(KeyCode::Char('a')), At(1000));
        let is_heard = |(letter, at): &&(char, u64)| !quiet.ignores(KeyCode::Char(*letter), At(*at), true);
        keys.iter().filter(is_heard).map(|(letter, _)| *letter).collect()
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
