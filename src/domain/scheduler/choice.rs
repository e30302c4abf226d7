//! Which scheduler keeps which deck: one for the whole collection, and whatever a person wants otherwise for
//! a deck or a book. Knows neither where that is written down nor where fitted parameters are kept.

use super::{
    Scheduler,
    fsrs::{Fsrs, Parameters, Retention},
    sm2::{Rules, Sm2},
};
use crate::domain::deck::{Deck, Scope};

/// The schedulers that there are to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Name {
    /// SM-2 as its author's text has it.
    #[default]
    Sm2,
    /// SM-2 as its author's program has it.
    Sm2Program,
    /// FSRS-6.
    Fsrs,
}

/// A scheduler with all its settings, but for the parameters that are fitted and not chosen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Choice {
    /// Which one.
    pub name: Name,
    /// What FSRS aims at.
    pub retention: Retention,
    /// Whether intervals are fuzzed; `None` for what is usual with the scheduler.
    pub fuzz: Option<bool>,
    /// With SM-2, as [`Sm2::late_credit`].
    pub late_credit: bool,
}

/// What is wanted otherwise for one deck or book; `None` for what holds for all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Override {
    /// As [`Choice::name`].
    pub name: Option<Name>,
    /// As [`Choice::retention`].
    pub retention: Option<Retention>,
    /// As [`Choice::fuzz`].
    pub fuzz: Option<bool>,
    /// As [`Choice::late_credit`].
    pub late_credit: Option<bool>,
}

/// The schedulers of all decks of a collection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schedulers {
    general: Choice,
    overrides: Vec<(String, Override)>,
    fitted: Vec<(Scope, Parameters)>,
}

impl Name {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sm2, Self::Sm2Program, Self::Fsrs];

    /// The word of settings and of the log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sm2 => Rules::Text.word(),
            Self::Sm2Program => Rules::Program.word(),
            Self::Fsrs => "fsrs",
        }
    }

    /// The scheduler of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

impl Choice {
    /// SM-2 as its author's text has it: what a collection starts with.
    pub const SM2: Self =
        Self { name: Name::Sm2, retention: Retention::USUAL, fuzz: None, late_credit: false };

    fn with(self, other: &Override) -> Self {
        Self {
            name: other.name.unwrap_or(self.name),
            retention: other.retention.unwrap_or(self.retention),
            fuzz: other.fuzz.or(self.fuzz),
            late_credit: other.late_credit.unwrap_or(self.late_credit),
        }
    }

    fn scheduler(self, parameters: impl FnOnce() -> Parameters) -> Scheduler {
        let sm2 = |rules| {
            let fuzz = self.fuzz.unwrap_or(false);
            Scheduler::Sm2(Sm2 { rules, late_credit: self.late_credit, fuzz })
        };
        match self.name {
            Name::Sm2 => sm2(Rules::Text),
            Name::Sm2Program => sm2(Rules::Program),
            Name::Fsrs => Scheduler::Fsrs(Fsrs::new(parameters(), self.retention, self.fuzz.unwrap_or(true))),
        }
    }
}

impl Schedulers {
    /// SM-2 for all decks.
    pub const SM2: Self = Self { general: Choice::SM2, overrides: Vec::new(), fitted: Vec::new() };

    /// One for all decks, what is wanted otherwise for decks and books of these names, and the parameters of
    /// FSRS that were fitted to a part of the collection.
    pub fn new(
        general: Choice,
        overrides: Vec<(String, Override)>,
        fitted: Vec<(Scope, Parameters)>,
    ) -> Self {
        Self { general, overrides, fitted }
    }

    /// The scheduler of a deck. What is wanted for the deck goes before what is wanted for its book, and that
    /// before what holds for all; so it is with parameters.
    pub fn of(&self, deck: &Deck) -> Scheduler {
        self.choice(deck).scheduler(|| self.parameters_of(deck))
    }

    /// The retention that a deck is scheduled for; `None` with SM-2, which aims at none.
    pub fn target(&self, deck: &Deck) -> Option<Retention> {
        let Choice { name, retention, .. } = self.choice(deck);
        match name {
            Name::Sm2 | Name::Sm2Program => None,
            Name::Fsrs => Some(retention),
        }
    }

    fn choice(&self, deck: &Deck) -> Choice {
        let full_name = deck.name.to_string();
        let names = [deck.name.book.as_deref(), Some(&deck.name.chapter), Some(&full_name)];
        let wanted = names.into_iter().flatten().filter_map(|name| self.wanted_for(name));
        wanted.fold(self.general, Choice::with)
    }

    /// The scheduler of all decks for which nothing else is wanted.
    pub fn general(&self) -> Scheduler {
        let fitted = self.fitted.iter().find(|(of, _)| *of == Scope::Everything).map(|(_, fitted)| *fitted);
        self.general.scheduler(|| fitted.unwrap_or_default())
    }

    /// The names in the settings that are those of none of these decks and their books.
    pub fn unknown_names<'a>(&'a self, decks: &'a [Deck]) -> impl Iterator<Item = &'a str> {
        let is_of = |name: &str, deck: &Deck| {
            deck.name.book.as_deref().is_some_and(|book| same(book, name))
                || same(&deck.name.chapter, name)
                || same(&deck.name.to_string(), name)
        };
        let names = self.overrides.iter().map(|(name, _)| name.as_str());
        names.filter(move |name| !decks.iter().any(|deck| is_of(name, deck)))
    }

    fn wanted_for(&self, name: &str) -> Option<&Override> {
        self.overrides.iter().find(|(of, _)| same(of, name)).map(|(_, wanted)| wanted)
    }

    fn parameters_of(&self, deck: &Deck) -> Parameters {
        let of = |scope: &Scope| self.fitted.iter().find(|(of, _)| of == scope).map(|(_, fitted)| *fitted);
        let of_book = || deck.name.book.clone().and_then(|book| of(&Scope::Book(book)));
        let fitted = of(&Scope::Deck(deck.id)).or_else(of_book).or_else(|| of(&Scope::Everything));
        fitted.unwrap_or_default()
    }
}

/// People do not heed upper and lower case in names, nor spaces around them.
fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{deck::DeckName, ids::DeckId};

    fn deck(id: i64, book: &str, chapter: &str) -> Deck {
        let book = (!book.is_empty()).then(|| book.to_owned());
        Deck { id: DeckId(id), name: DeckName { book, chapter: chapter.to_owned() } }
    }

    fn only(name: Name) -> Override {
        Override { name: Some(name), ..Override::default() }
    }

    fn words(overrides: &[(&str, Name)]) -> [&'static str; 3] {
        let overrides = overrides.iter().map(|(name, word)| ((*name).to_owned(), only(*word))).collect();
        let schedulers = Schedulers::new(Choice::SM2, overrides, Vec::new());
        let decks = [deck(1, "Python", "14 Memory"), deck(2, "Python", "15 Types"), deck(3, "", "Git")];
        decks.each_ref().map(|deck| schedulers.of(deck).word())
    }

    #[test]
    fn a_deck_goes_before_its_book_and_a_book_before_all() {
        let (program, fsrs) = (Name::Sm2Program, Name::Fsrs);
        assert_eq!(words(&[]), ["sm2", "sm2", "sm2"]);
        assert_eq!(words(&[("git", fsrs)]), ["sm2", "sm2", "fsrs"]);
        assert_eq!(words(&[("Python", fsrs)]), ["fsrs", "fsrs", "sm2"]);
        assert_eq!(words(&[("14 memory", program), ("Python", fsrs)]), ["sm2-program", "fsrs", "sm2"]);
        assert_eq!(words(&[("Python / 15 Types", fsrs), ("15 Types", program)]), ["sm2", "fsrs", "sm2"]);
    }

    #[test]
    fn what_is_left_out_for_a_deck_is_what_holds_for_all() {
        let general = Choice { retention: Retention::new(0.8).expect("sound"), ..Choice::SM2 };
        let of = |wanted| Schedulers::new(general, vec![("Git".to_owned(), wanted)], Vec::new());
        let git = deck(3, "", "Git");
        let fsrs = |share, fuzz| {
            let retention = Retention::new(share).expect("sound");
            Scheduler::Fsrs(Fsrs::new(Parameters::default(), retention, fuzz))
        };
        assert_eq!(of(only(Name::Fsrs)).of(&git), fsrs(0.8, true));
        let retention = Retention::new(0.95).ok();
        let wanted = Override { retention, fuzz: Some(false), ..only(Name::Fsrs) };
        assert_eq!(of(wanted).of(&git), fsrs(0.95, false));
    }

    #[test]
    fn the_parameters_that_were_fitted_most_closely_are_taken() {
        let fitted = |first: f64| {
            let mut values = Parameters::default().values();
            values[0] = first;
            Parameters::new(&values).expect("sound")
        };
        let general = Choice { name: Name::Fsrs, ..Choice::SM2 };
        let all = vec![
            (Scope::Everything, fitted(0.1)),
            (Scope::Book("Python".to_owned()), fitted(0.2)),
            (Scope::Deck(DeckId(1)), fitted(0.3)),
        ];
        let schedulers = Schedulers::new(general, Vec::new(), all);
        let with = |parameters| Scheduler::Fsrs(Fsrs::new(parameters, Retention::default(), true));
        assert_eq!(schedulers.of(&deck(1, "Python", "14 Memory")), with(fitted(0.3)));
        assert_eq!(schedulers.of(&deck(2, "Python", "15 Types")), with(fitted(0.2)));
        assert_eq!(schedulers.of(&deck(3, "", "Git")), with(fitted(0.1)));
    }

    #[test]
    fn a_name_that_no_deck_has_is_told() {
        let overrides = ["GIT", "Pyton", "python"].map(|name| (name.to_owned(), Override::default()));
        let schedulers = Schedulers::new(Choice::SM2, overrides.to_vec(), Vec::new());
        let decks = [deck(1, "Python", "14 Memory"), deck(3, "", "Git")];
        assert_eq!(schedulers.unknown_names(&decks).collect::<Vec<_>>(), ["Pyton"]);
    }
}
