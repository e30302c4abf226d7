//! How far a text is scrolled, and what part of a list is seen. How much fits, only a drawing knows:
//! it leaves an [`Extent`] behind, from which the next key goes on.

use super::keymap::Action;

/// Where the person scrolled a text to; until they do, it shows what matters by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll(Option<usize>);

/// What a drawing found out about a text or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Lines that can be seen at once.
    pub height: usize,
    /// Lines in all.
    pub lines: usize,
    /// Lines above the upper edge.
    pub offset: usize,
}

impl Extent {
    /// The furthest that the text can be scrolled.
    pub fn furthest(self) -> usize {
        self.lines.saturating_sub(self.height)
    }

    /// The offset at which lines `first` to `last` are seen, as near to the present one as can be;
    /// the first of them above all.
    pub fn showing(self, first: usize, last: usize) -> usize {
        let lowest = (last + 1).saturating_sub(self.height);
        self.offset.max(lowest).min(first).min(self.furthest())
    }
}

impl Scroll {
    /// The lines above the upper edge: as the person wants it, else as the text wants it.
    pub fn offset(self, otherwise: usize, extent: Extent) -> usize {
        self.0.unwrap_or(otherwise).min(extent.furthest())
    }

    /// Scrolls as an action says; `false` when it is not about scrolling.
    pub fn act(&mut self, action: Action, extent: Extent) -> bool {
        let page = extent.height.saturating_sub(1).max(1) as isize;
        let half = (page / 2).max(1);
        match action {
            Action::LineDown => self.by(1, extent),
            Action::LineUp => self.by(-1, extent),
            Action::HalfDown => self.by(half, extent),
            Action::HalfUp => self.by(-half, extent),
            Action::PageDown => self.by(page, extent),
            Action::PageUp => self.by(-page, extent),
            Action::Top => self.0 = Some(0),
            Action::Bottom => self.0 = Some(extent.furthest()),
            _ => return false,
        }
        true
    }

    /// Scrolls by so many lines, never beyond either end.
    pub fn by(&mut self, lines: isize, extent: Extent) {
        self.0 = Some(extent.offset.saturating_add_signed(lines).min(extent.furthest()));
    }
}

/// Moves a selection in a list as an action says; `None` when it is not about that.
pub fn selected(action: Action, selected: usize, extent: Extent) -> Option<usize> {
    let last = extent.lines.saturating_sub(1);
    let page = extent.height.max(1);
    let moved = match action {
        Action::Down => selected + 1,
        Action::Up => selected.saturating_sub(1),
        Action::First => 0,
        Action::Last => last,
        Action::PageDown => selected + page,
        Action::PageUp => selected.saturating_sub(page),
        Action::HalfDown => selected + page / 2,
        Action::HalfUp => selected.saturating_sub(page / 2),
        _ => return None,
    };
    Some(moved.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { height: 10, lines: 25, offset: 0 };

    #[test]
    fn scrolling_stops_at_both_ends() {
        let check = |actions: &[Action], expected| {
            let mut scroll = Scroll::default();
            for action in actions {
                let extent = Extent { offset: scroll.offset(0, EXTENT), ..EXTENT };
                assert!(scroll.act(*action, extent));
            }
            assert_eq!(scroll.offset(0, EXTENT), expected, "{actions:?}");
        };
        check(&[Action::LineUp], 0);
        check(&[Action::PageDown], 9);
        check(&[Action::PageDown, Action::PageDown], 15);
        check(&[Action::Bottom, Action::LineDown, Action::LineUp], 14);
        check(&[Action::HalfDown, Action::HalfDown, Action::HalfUp], 4);
    }

    #[test]
    fn what_matters_is_in_sight() {
        let check = |offset, first, last, expected| {
            assert_eq!(Extent { offset, ..EXTENT }.showing(first, last), expected);
        };
        check(0, 2, 4, 0);
        check(0, 12, 13, 4);
        check(9, 3, 4, 3);
        check(0, 5, 24, 5);
    }

    #[test]
    fn a_selection_stays_within_its_list() {
        let check = |action, from, expected| assert_eq!(selected(action, from, EXTENT), expected);
        check(Action::Down, 24, Some(24));
        check(Action::Up, 0, Some(0));
        check(Action::PageDown, 3, Some(13));
        check(Action::Last, 3, Some(24));
        check(Action::Help, 3, None);
        assert_eq!(selected(Action::Down, 0, Extent::default()), Some(0));
    }
}
