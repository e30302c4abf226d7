//! Chapters come in: what their files say is compared with what is there, and stored, all of one import
//! in one transaction.

mod reading;
mod matching;
mod edits;
mod names;
mod travel;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    thread,
};

use super::{
    App, Error, Result,
    ahead::{Spent, ahead, cores},
    check::Notations,
    files,
    files::{Chapter, Whereabouts},
    report::{Changes, FileReport, ImportReport, Progress, Was},
};
use crate::{
    domain::{
        card::CardState,
        deck::{Deck, DeckName, Entry},
        ids::{CardId, DeckId},
        question::Question,
        review_log::Act,
        time::{Moment, Rollover},
    },
    import::{
        Notation,
        plan::{Added, Kept, Plan, plan},
    },
    store::{self, Backups, ChapterFile, Known, Reason, Source},
};
pub use edits::{Edit, Field, What};
use matching::Held;
use names::Names;
use reading::{Read, Task};
use travel::Travellers;

/// How an import goes about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The notation of all its files; without one it is recognised by what they hold, or remembered.
    pub notation: Option<Notation>,
    /// Import all questions of a file or none.
    pub strict: bool,
    /// Find out what would change, and change nothing.
    pub dry_run: bool,
    /// Read files that have not changed too, so that the report says everything about them.
    pub in_full: bool,
    /// Retire the questions of chapters whose files are gone.
    pub prune: bool,
}

impl App {
    /// Imports chapters: files, and folders with all chapters in them, each folder as a book. Either
    /// everything is imported or nothing. `go_on` is told how far it has come and may stop it.
    ///
    /// # Errors
    /// When a path cannot be read, the collection cannot be written, or it was stopped.
    pub fn import(
        &mut self,
        paths: &[PathBuf],
        options: ImportOptions,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        self.import_after(Reason::BeforeImport, paths, options, go_on)
    }

    fn import_after(
        &mut self,
        backup: Reason,
        paths: &[PathBuf],
        options: ImportOptions,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let sources = paths.iter().map(|path| files::real(path)).collect::<Result<Vec<_>>>()?;
        let chapters = files::find(&sources)?;
        self.take_in(backup, &sources, &chapters, options, go_on)
    }

    /// Imports chapters, after a backup if anything will change.
    fn take_in(
        &mut self,
        backup: Reason,
        sources: &[PathBuf],
        chapters: &[Chapter],
        options: ImportOptions,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let report = self.try_to_take_in(backup, sources, chapters, options, go_on);
        if report.is_err() {
            // What cannot be recovered now is when something else is written.
            let _ = self.store.recover();
        }
        report
    }

    fn try_to_take_in(
        &mut self,
        backup: Reason,
        sources: &[PathBuf],
        chapters: &[Chapter],
        options: ImportOptions,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let when = When { moment: self.now(), rollover: self.config.rollover() };
        let import = self.store.import(&self.schedulers)?;
        let keep = Keep { backups: self.backups.as_ref().filter(|_| !options.dry_run), reason: backup };
        let (known, spent) = (import.known_decks()?, Spent::new());
        let displaced = HashSet::new();
        let mut intake = Intake { known, displaced, import: &import, options, when, keep, spent };
        let mut report = intake.run(chapters, sources, go_on)?;
        report.files.sort_by(|a, b| a.path.cmp(&b.path));
        if options.dry_run || !report.has_done_something() {
            return Ok(report);
        }
        for source in sources {
            import.remember_source(source)?;
        }
        import.forget_idle_sources()?;
        import.commit()?;
        Ok(report)
    }

    /// The files and folders that were imported, as an update would look for them, and how it would read them unless a
    /// notation is `stated`.
    ///
    /// # Errors
    /// When the collection cannot be read.
    pub fn imported(&self, stated: Option<Notation>) -> Result<(Vec<PathBuf>, Notations)> {
        let remembered = self.store.stated_notations()?.into_iter();
        let remembered = remembered.filter_map(|(path, word)| Some((path, Notation::of_word(&word)?)));
        Ok((self.store.sources()?, Notations { stated, remembered: remembered.collect() }))
    }

    /// Imports again everything that was imported before, from where it came, and what has come to the
    /// same folders since.
    ///
    /// # Errors
    /// As [`App::import`]. What is no longer there is reported and keeps nothing else out.
    pub fn update(
        &mut self,
        options: ImportOptions,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let mut sources = self.store.sources()?;
        let (mut chapters, mut unreadable) = (Vec::new(), Vec::new());
        for source in &mut sources {
            match files::find(std::slice::from_ref(source)) {
                Ok(found) => {
                    chapters.extend(found);
                    // A link may stand in its place.
                    *source = files::real(source)?;
                }
                Err(_) if source.try_exists().is_ok_and(|exists| !exists) => {}
                Err(error) => unreadable.push(FileReport::unreadable_file(source, error.to_string())),
            }
        }
        let chapters = files::each_once(chapters);
        let mut report = self.take_in(Reason::BeforeImport, &sources, &chapters, options, go_on)?;
        report.files.extend(unreadable);
        Ok(report)
    }

    /// Where a card's question stands now: its file, and the line of its head as the file is today.
    ///
    /// # Errors
    /// When the file is gone or cannot be read.
    pub fn source(&self, card: CardId) -> Result<Source> {
        let Some(source) = self.store.source_of(card)? else {
            return Err(Error::NoSource { path: PathBuf::new() });
        };
        if !source.path.is_file() {
            return Err(Error::NoSource { path: source.path });
        }
        let question = self.store.question(card)?;
        let notation = source.notation.as_deref().and_then(Notation::of_word);
        let parsed = reading::read(Task { path: &source.path, notation })?.parsed;
        let same_text = |other: &Question| other.stem == question.stem;
        let same_number = |other: &Question| question.number.is_some() && other.number == question.number;
        let find = |test: &dyn Fn(&Question) -> bool| parsed.questions.iter().find(|it| test(&it.question));
        let found = find(&|other| same_text(other) && same_number(other))
            .or_else(|| find(&same_text))
            .or_else(|| find(&same_number));
        let line = found.map_or(source.line, |found| found.line);
        Ok(Source { line, ..source })
    }

    /// Imports a file again, after it was edited.
    ///
    /// # Errors
    /// As [`App::import`].
    pub fn import_again(&mut self, path: &Path) -> Result<FileReport> {
        let options = ImportOptions { in_full: true, ..ImportOptions::default() };
        // One of many edits in a sitting, perhaps: any backup of the day will do.
        let report = self.import_after(Reason::Daily, &[path.to_owned()], options, &mut |_| true)?;
        let nothing = || Error::Chapter { path: path.to_owned(), reason: "it is no chapter".to_owned() };
        report.files.into_iter().next().ok_or_else(nothing)
    }
}

/// When, and under what settings, an import takes place.
#[derive(Clone, Copy)]
struct When {
    moment: Moment,
    rollover: Rollover,
}

/// An import under way.
struct Intake<'a> {
    import: &'a store::Import<'a>,
    options: ImportOptions,
    when: When,
    keep: Keep<'a>,
    known: Vec<Known>,
    /// The decks at whose paths another one stands now, by their places in what is known.
    displaced: HashSet<usize>,
    /// New questions that are stored.
    spent: Spent<Vec<Added>>,
}

/// The backup that is made before anything changes.
struct Keep<'a> {
    /// `None` when nothing will change.
    backups: Option<&'a Backups>,
    reason: Reason,
}

/// What can be settled only when all files of an import have been read.
#[derive(Default)]
struct LooseEnds {
    names: Names,
    travellers: Travellers,
}

/// A file of an import, and the deck that it seems to be.
#[derive(Clone, Copy)]
struct Job<'a> {
    chapter: &'a Chapter,
    /// The deck that this file was, or is found to have been, by its place in what is known.
    deck: Option<usize>,
    unchanged: bool,
}

impl<'a> Intake<'a> {
    fn run(
        &mut self,
        chapters: &'a [Chapter],
        sources: &[PathBuf],
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let mut jobs = self.jobs(chapters);
        let mut tell = |done| match go_on(Progress { done, files: chapters.len() }) {
            true => Ok(()),
            false => Err(Error::Stopped),
        };
        tell(0)?;
        if self.options.prune || jobs.iter().any(|job| self.is_read(job)) {
            self.keep.make(self.when)?;
        }
        self.follow_contents(&mut jobs)?;
        self.free_paths(&jobs)?;
        let (mut report, mut loose) = (ImportReport::default(), LooseEnds::default());
        let spent = &self.spent;
        thread::scope(|scope| {
            let to_read = jobs.iter().filter(|job| self.is_read(job)).map(|job| self.task(job)).collect();
            // One thread reads while this one stores.
            let mut read = ahead(scope, 1, to_read, |task| {
                spent.free();
                reading::read(task)
            });
            for (done, job) in jobs.iter().enumerate() {
                tell(done)?;
                if !self.is_read(job) {
                    if let Some(deck) = job.deck {
                        report.files.push(self.as_before(job, deck)?);
                    }
                    continue;
                }
                let read = read.next().expect("the reader answers each task");
                report.files.extend(self.file(job, read, &mut loose)?);
            }
            Ok::<(), Error>(())
        })?;
        let claimed: HashSet<usize> = jobs.iter().filter_map(|job| job.deck).collect();
        let unclaimed = self.known.iter().enumerate().filter(|(place, _)| !claimed.contains(place));
        let lost =
            unclaimed.filter(|(place, known)| self.displaced.contains(place) || matching::is_lost(known));
        let lost: Vec<&Known> = lost.map(|(_, known)| known).collect();
        let left = self.travel(loose.travellers, &lost, &mut report)?;
        loose.names.settle(self.import, &mut report)?;
        let gone = lost.into_iter().filter(|known| !left.contains(&known.deck.id));
        report.files.extend(self.gone(sources, gone)?);
        Ok(report)
    }

    /// Lets questions travel between chapters, also from decks that have lost their files. Gives the decks that no
    /// question is left in.
    fn travel(
        &self,
        travellers: Travellers,
        lost: &[&Known],
        report: &mut ImportReport,
    ) -> Result<HashSet<DeckId>> {
        let lost: HashSet<DeckId> = lost.iter().map(|known| known.deck.id).collect();
        let come_up = |card| self.come_up(card);
        let mut left = travellers.settle(self.import, lost.iter().copied(), &come_up, report)?;
        left.retain(|deck| lost.contains(deck));
        for deck in left.clone() {
            if !self.import.leave_if_empty(deck)? {
                left.remove(&deck);
            }
        }
        Ok(left)
    }

    /// Decks from these sources whose files are no longer there, or another deck by now, and were not found elsewhere.
    /// Only those whose files are gone are pruned: what another file asks instead may be a mistake.
    fn gone<'k>(
        &self,
        sources: &[PathBuf],
        lost: impl Iterator<Item = &'k Known>,
    ) -> Result<Vec<FileReport>> {
        let mut gone = Vec::new();
        for known in lost {
            let Some(path) = known.path.as_deref() else { continue };
            if sources.iter().any(|source| path.starts_with(source)) {
                let is_gone = Whereabouts::of(path) == Whereabouts::Gone;
                gone.push(if self.options.prune && is_gone {
                    self.prune(known, path)?
                } else {
                    told_as_lost(known, path, is_gone)
                });
            }
        }
        Ok(gone)
    }

    /// Retires all questions of a chapter that is gone.
    fn prune(&self, known: &Known, path: &Path) -> Result<FileReport> {
        let mut entries = self.import.questions(known.deck.id)?;
        entries.retain(|entry| !entry.retired);
        for entry in &entries {
            self.import.retire(entry.card)?;
        }
        self.import.forget_path(known.deck.id)?;
        self.import.refresh(known.deck.id)?;
        Ok(FileReport::pruned(path, &known.deck.name, entries.len()))
    }

    /// Which files have changed since they were imported, by their bytes.
    fn jobs(&self, chapters: &'a [Chapter]) -> Vec<Job<'a>> {
        let places = self.known.iter().enumerate();
        let of_path: HashMap<&Path, usize> =
            places.filter_map(|(place, known)| Some((known.path.as_deref()?, place))).collect();
        let job = |chapter: &'a Chapter| {
            let deck = of_path.get(chapter.path.as_path()).copied();
            Job {
                chapter,
                deck,
                unchanged: deck.is_some_and(|deck| self.is_unchanged(chapter, &self.known[deck])),
            }
        };
        chapters.iter().map(job).collect()
    }

    fn is_unchanged(&self, chapter: &Chapter, known: &Known) -> bool {
        let same_book = chapter.book.is_none() || chapter.book == known.deck.name.book;
        let notation = self.options.notation.map(Notation::word);
        let same_notation = notation.is_none() || notation == known.notation.as_deref();
        let same_bytes = |fingerprint| {
            files::read(&chapter.path).is_ok_and(|bytes| files::fingerprint(&bytes) == fingerprint)
        };
        same_book && same_notation && known.fingerprint.is_some_and(same_bytes)
    }

    fn is_read(&self, job: &Job<'_>) -> bool {
        !job.unchanged || self.options.in_full
    }

    fn task(&self, job: &Job<'a>) -> Task<'a> {
        Task { path: &job.chapter.path, notation: self.notation(job) }
    }

    /// The notation that a person stated, now or earlier.
    fn notation(&self, job: &Job<'_>) -> Option<Notation> {
        let remembered = job.deck.and_then(|deck| self.known[deck].notation.as_deref());
        self.options.notation.or_else(|| Notation::of_word(remembered?))
    }

    /// Finds the decks of files that were moved, renamed or exchanged.
    fn follow_contents(&self, jobs: &mut [Job<'a>]) -> Result<()> {
        let changed: Vec<usize> = (0..jobs.len()).filter(|place| !jobs[*place].unchanged).collect();
        let own: Vec<Option<usize>> = changed.iter().map(|place| jobs[*place].deck).collect();
        let tasks: Vec<Task<'_>> = changed.iter().map(|place| self.task(&jobs[*place])).collect();
        let held = || {
            let of_file =
                |read: Result<Read>| read.map_or_else(|_| Held::default(), |read| Held::of(&read.parsed));
            Ok(thread::scope(|scope| ahead(scope, cores(), tasks, reading::read).map(of_file).collect()))
        };
        let decks = matching::decks_of(self.import, &self.known, &own, held)?;
        for (place, deck) in changed.into_iter().zip(decks) {
            jobs[place].deck = deck;
        }
        Ok(())
    }

    /// A deck that is another file now gives its path free, for the file that is there now.
    fn free_paths(&mut self, jobs: &[Job<'_>]) -> Result<()> {
        let paths: HashMap<&Path, Option<usize>> =
            jobs.iter().map(|job| (job.chapter.path.as_path(), job.deck)).collect();
        for (place, known) in self.known.iter().enumerate() {
            let now = known.path.as_deref().and_then(|path| paths.get(path));
            if now.is_some_and(|deck| *deck != Some(place)) {
                self.import.forget_path(known.deck.id)?;
                self.displaced.insert(place);
            }
        }
        Ok(())
    }

    fn as_before(&self, job: &Job<'_>, deck: usize) -> Result<FileReport> {
        let Known { deck, cards, .. } = &self.known[deck];
        let mut report = FileReport::as_before(&job.chapter.path, &deck.name, *cards);
        report.changes.deleted = self.import.deleted(deck.id)?;
        Ok(report)
    }

    /// Brings one file in. One that cannot be read keeps none of the others out, unless it was named; one
    /// that asks nothing, never did and has no name of a chapter is none.
    fn file(&self, job: &Job<'_>, read: Result<Read>, loose: &mut LooseEnds) -> Result<Option<FileReport>> {
        match read {
            Ok(Read { parsed, .. }) if job.deck.is_none() && !job.chapter.is_one(&parsed) => Ok(None),
            Ok(read) => self.chapter(job, read, loose).map(Some),
            Err(Error::Chapter { reason, .. }) if job.chapter.book.is_some() || job.deck.is_some() => {
                Ok(Some(FileReport::unreadable_file(&job.chapter.path, reason)))
            }
            Err(error) => Err(error),
        }
    }

    /// Brings a file's deck up to date. A file that asks nothing (any more) changes nothing.
    fn chapter(&self, job: &Job<'_>, read: Read, loose: &mut LooseEnds) -> Result<FileReport> {
        let Read { mut parsed, facts, fingerprint } = read;
        let is_incomplete = parsed.is_incomplete();
        let mut report = FileReport::of(&job.chapter.path, &mut parsed, facts);
        if self.options.strict && !parsed.held_back.is_empty() {
            report.refuse();
            return Ok(report);
        }
        if parsed.found == 0 || (parsed.questions.is_empty() && job.deck.is_none()) {
            return Ok(report);
        }
        let deck = self.deck(job, &parsed.chapter.title, &mut loose.names)?;
        // What was held back is said again at each import, until it is mended.
        let fingerprint = parsed.held_back.is_empty().then_some(fingerprint);
        let notation = self.notation(job).map(Notation::word);
        let file = ChapterFile { path: &job.chapter.path, fingerprint, notation };
        self.import.describe_deck(deck.id, &parsed.chapter.topics, &file)?;
        report.deck = Some(deck.name.clone());
        report.was = job.deck.and_then(|known| self.known[known].elsewhere(&deck.name, &job.chapter.path));
        report.told_before = job.deck.is_some();
        if job.unchanged {
            let deleted = self.import.deleted(deck.id)?;
            report.changes = Changes { unchanged: parsed.questions.len(), deleted, ..Changes::default() };
        } else {
            let existing = job.deck.map_or(Ok(Vec::new()), |_| self.import.questions(deck.id))?;
            let plan = plan(&existing, parsed.questions, &parsed.held_back, is_incomplete);
            self.bring_up_to_date(&deck, &existing, plan, &mut report, &mut loose.travellers)?;
        }
        Ok(report)
    }

    fn deck(&self, job: &Job<'_>, title: &str, names: &mut Names) -> Result<Deck> {
        let book = job.chapter.book.clone();
        let Some(known) = job.deck.map(|deck| &self.known[deck].deck) else {
            return names.add(self.import, &job.chapter.path, DeckName { book, chapter: title.to_owned() });
        };
        let name = names.rename(self.import, &job.chapter.path, known, book.as_deref(), title)?;
        Ok(Deck { id: known.id, name })
    }

    fn bring_up_to_date(
        &self,
        deck: &Deck,
        existing: &[Entry],
        plan: Plan,
        report: &mut FileReport,
        travellers: &mut Travellers,
    ) -> Result<()> {
        let import = self.import;
        let deleted = if existing.is_empty() { 0 } else { import.deleted(deck.id)? };
        report.changes = Changes { deleted, ..Changes::of(&plan) };
        if plan.is_empty() {
            return Ok(());
        }
        if !existing.is_empty() {
            report.edits = edits::edits(&plan, existing);
        }
        travellers.leave(&plan, existing, &report.path);
        let Plan { added, edited, moved, shifted, returned, retired, .. } = plan;
        let mut adding = import.adding(deck.id, &deck.name)?;
        for new in &added {
            let card = adding.card(new.place, new.line, &new.question)?;
            if !self.known.is_empty() {
                travellers.arrive(card, deck, &report.path, new);
            }
        }
        self.spent.give(added);
        for kept in edited.into_iter().chain(moved).chain(shifted).chain(returned) {
            self.keep(&kept)?;
        }
        for card in retired {
            import.retire(card)?;
        }
        Ok(import.refresh(deck.id)?)
    }

    /// A question that keeps its card. When another option is right now, what was learned is wrong.
    fn keep(&self, kept: &Kept) -> Result<()> {
        self.import.set_card(kept.card, kept.place, kept.line, &kept.after)?;
        if kept.answer_changed { self.come_up(kept.card) } else { Ok(()) }
    }

    /// A card whose answer is another one comes up today, if it was waiting for a later day.
    fn come_up(&self, card: CardId) -> Result<()> {
        let When { moment, rollover } = self.when;
        let waits = |state: CardState| state.schedule.is_some_and(|schedule| schedule.due > moment.day);
        if waits(self.import.state(card)?) {
            let act = Act::Reschedule { due: moment.day };
            self.import.record(card, moment, rollover, act)?;
        }
        Ok(())
    }
}

impl Keep<'_> {
    /// The import holds the right to write, and has written nothing yet: others may read what was there.
    fn make(&self, When { moment, rollover }: When) -> Result<()> {
        let Some(backups) = self.backups else { return Ok(()) };
        let made = backups.make_if_due(self.reason, moment, rollover);
        made.map(drop).map_err(|source| Error::NoBackup { source })
    }
}

impl Known {
    /// Where this deck was and what it was called, when it is somewhere else now or has another name.
    fn elsewhere(&self, name: &DeckName, path: &Path) -> Option<Was> {
        let was = Was {
            path: self.path.clone().filter(|was| was != path),
            name: Some(self.deck.name.clone()).filter(|was| was != name),
        };
        (was != Was::default()).then_some(was)
    }
}

fn told_as_lost(known: &Known, path: &Path, is_gone: bool) -> FileReport {
    let name = &known.deck.name;
    let reason = match is_gone {
        true => format!(
            "it is no longer there. Its deck, {name}, stays; import it from where it is now, or retire its questions with retain update --prune"
        ),
        false => format!(
            "the chapter that stood here before; another one has its place. Its deck, {name}, stays and has no file; import it from where it is now, or delete its cards with retain browse"
        ),
    };
    FileReport::unreadable_file(path, reason)
}
