//! What can be asked for, and where: the two closed sets of names that the key map's file uses.

use serde::Deserialize;

macro_rules! closed {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

closed! {
    /// What a person can ask for. What each one does is said in `assets/keymap.toml`.
    Action {
        /// Start a chapter that ships with the program.
        Start,
        /// Import chapters.
        Import,
        /// Study what is selected.
        Study,
        /// Study everything.
        StudyAll,
        /// Study more new cards than today's limit allows.
        MoreNew,
        /// Look at the chapters that ship with the program.
        Shipped,
        /// Let suspended questions be asked again.
        Release,
        /// Look at all cards in a list.
        Browse,
        /// Write what to look for.
        Search,
        /// Mark the selected card.
        Mark,
        /// Mark all cards that are found.
        MarkAll,
        /// Choose what the list is sorted by.
        Sort,
        /// Turn the order of the list round.
        Reverse,
        /// Study cards whether they are due or not.
        StudyNow,
        /// Make cards as if never answered.
        Reset,
        /// Put cards into another deck.
        Move,
        /// Delete cards.
        Delete,
        /// Show the selected card alone.
        Preview,
        /// Go to the next card while one is read.
        NextCard,
        /// Go to the card before while one is read.
        CardBefore,
        /// Select the next line or option.
        Down,
        /// Select the line or option before.
        Up,
        /// Select the first line.
        First,
        /// Select the last line.
        Last,
        /// Show covered options.
        Uncover,
        /// Turn a flip card over.
        Reveal,
        /// Answer with an option, or mark it.
        Choose,
        /// Do what is selected or written.
        Confirm,
        /// Show the answer without choosing.
        DontKnow,
        /// Mark the selected option.
        Toggle,
        /// Take the selected grade.
        TakeGrade,
        /// Grade Again.
        GradeAgain,
        /// Grade Hard.
        GradeHard,
        /// Grade Good.
        GradeGood,
        /// Grade Easy.
        GradeEasy,
        /// Grade Again since it was a guess.
        Guessed,
        /// Select the grade to the left.
        GradeBefore,
        /// Select the grade to the right.
        GradeAfter,
        /// Take back the last act.
        Undo,
        /// Do again what was undone last.
        Redo,
        /// Put a question off.
        Skip,
        /// Edit a question.
        Edit,
        /// Flag a question.
        Flag,
        /// Bury a card until tomorrow.
        Bury,
        /// Suspend a card.
        SuspendCard,
        /// Show a card's history.
        CardInfo,
        /// Cover options from now on.
        Cover,
        /// Scroll the other pane from now on.
        OtherPane,
        /// Show the statistics.
        Statistics,
        /// Show a page by its number.
        ShowPage,
        /// Show the next page.
        PageAfter,
        /// Show the page before.
        PageBefore,
        /// Look at another period.
        Period,
        /// Look at everything, or again at what was selected.
        Whole,
        /// List groups of another kind.
        GroupBy,
        /// Be done with a screen that only tells something.
        Done,
        /// Complete what is being written.
        Complete,
        /// Scroll down a line.
        LineDown,
        /// Scroll up a line.
        LineUp,
        /// Scroll to the beginning.
        Top,
        /// Scroll to the end.
        Bottom,
        /// Scroll down a page.
        PageDown,
        /// Scroll up a page.
        PageUp,
        /// Scroll down half a page.
        HalfDown,
        /// Scroll up half a page.
        HalfUp,
        /// Show the keys.
        Help,
        /// List all actions.
        Palette,
        /// Switch the mouse on or off.
        Mouse,
        /// Go back, or quit.
        Back,
        /// Close this.
        Close,
        /// Leave at once.
        Leave,
        /// Sleep until the shell wakes the program.
        Suspend,
        /// Draw anew.
        Redraw,
    }
}

closed! {
    /// Where a key means something.
    Context {
        /// The first screen of an empty collection.
        Welcome,
        /// The list of decks.
        Decks,
        /// Any list with a selection.
        List,
        /// A question whose options are covered.
        Covered,
        /// A flip card whose answer is still to be recalled.
        Recalling,
        /// A question that waits for its answer.
        Asking,
        /// A question whose answer is shown.
        Revealed,
        /// Any question.
        Review,
        /// The list of all cards.
        Browse,
        /// A card of that list that is read.
        Reading,
        /// The field for what to look for.
        Query,
        /// A few answers to choose from.
        Choices,
        /// The end of a sitting.
        Summary,
        /// Statistics by topic, difficulty and chapter.
        Groups,
        /// Any page of statistics.
        Statistics,
        /// The field for a path.
        Path,
        /// What an import came to.
        Report,
        /// The list of all actions.
        Palette,
        /// Any text without a selection.
        Scroll,
        /// Any screen without a text field.
        Global,
        /// Any screen.
        Always,
    }
}

impl Action {
    /// Its word in the key map's file.
    pub fn word(self) -> String {
        let mut word = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.extend(letter.to_lowercase());
        }
        word
    }
}

impl Context {
    /// What the help screen and the README call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Decks => "Decks",
            Self::List => "Lists",
            Self::Covered => "Covered options",
            Self::Recalling => "Flip card",
            Self::Asking => "Question",
            Self::Revealed => "Answer",
            Self::Review => "Question and answer",
            Self::Browse => "Browser",
            Self::Reading => "Card in the browser",
            Self::Query => "Search",
            Self::Choices => "Choices",
            Self::Summary => "Summary",
            Self::Groups => "Topics",
            Self::Statistics => "Statistics",
            Self::Path => "Import",
            Self::Report => "Report of an import",
            Self::Palette => "Palette",
            Self::Scroll => "Texts",
            Self::Global => "Screens",
            Self::Always => "Everywhere",
        }
    }
}
