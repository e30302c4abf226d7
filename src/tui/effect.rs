//! What the interface wants done. Effects on its own screens are settled by `update`, those on the
//! terminal by the loop; requests to the program are performed here, the only place where things
//! happen.

mod cards;

use std::path::{Path, PathBuf};

use super::{
    counting::Order,
    message::{At, Home, Message, Press},
    model::{Begun, Model, Screen},
    notice::Notice,
    screens::{browse, card, decks, import, review, statistics, summary, welcome},
};
use crate::{
    app::{self, App, Counts, Deed, Error, FileReport, GroupSession, Idle, ImportOptions, Progress},
    domain::{
        deck::Scope,
        ids::CardId,
        review_log::Act,
        session::{Session, Summary},
        stats::GroupKey,
        time::StudyDay,
    },
    import::Severity,
    typeset::counted,
};

/// Something to be done.
#[derive(Debug)]
pub enum Effect {
    /// The program is asked for something.
    Ask(Request),
    /// The program is asked for something when the person sees what is there already. A later one takes the
    /// place of one that still waits.
    AfterDrawing(Request),
    /// The person is told something.
    Tell(Notice),
    /// A screen is opened.
    Open(Box<Screen>),
    /// The screen is closed.
    Close,
    /// Everything but the first screen is closed, and that one shows how things are now.
    Home,
    /// The screen is closed, and the one beneath is asked for this.
    Act(Press),
    /// Statistics are counted, page by page.
    Count(Order),
    /// The person edits a card's question in their editor.
    Edit(CardId),
    /// The mouse is taken or given back.
    Mouse(bool),
    /// The program sleeps.
    Sleep,
    /// Everything is drawn anew.
    Redraw,
    /// The program ends with this code.
    Quit(u8),
}

/// Something that the program is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// What the first screen shows.
    Home,
    /// A sitting, with so many new cards on top of today's limit.
    Begin {
        /// What is studied.
        scope: Scope,
        /// So many new cards more.
        more_new: usize,
    },
    /// The chapters that ship with the program.
    Shipped,
    /// A sitting over a chapter that ships with the program, by its file name.
    StartShipped(&'static str),
    /// A card's question.
    Ask(CardId),
    /// A card's question once more, after it was edited.
    AskAgain(CardId),
    /// An act is put into the log.
    Record {
        /// The card.
        card: CardId,
        /// What is done to it.
        act: Act,
    },
    /// A card is buried until tomorrow.
    Bury(CardId),
    /// The suspended cards of a scope are asked again from now on.
    Release(Scope),
    /// The last act is taken back, while this is studied.
    Undo(Scope),
    /// What was undone last is done again, while this is studied.
    Redo(Scope),
    /// What a sitting came to.
    Summary {
        /// What was studied.
        scope: Scope,
        /// Its answers.
        summary: Summary,
        /// Due cards that today's limit left out.
        left_out: usize,
    },
    /// The statistics of a scope.
    Statistics(Scope),
    /// A sitting over the cards of a group within a scope.
    BeginGroup {
        /// Where the cards are.
        scope: Scope,
        /// What they have in common.
        key: GroupKey,
        /// Its name.
        title: String,
    },
    /// The history of a card.
    CardInfo(CardId),
    /// What a path may be completed to.
    Complete(String),
    /// A file or folder is imported.
    Import(String),
    /// The list of all cards, with what this query finds.
    Browse(String),
    /// The cards that a query finds in an order: the first ones, or all.
    Search {
        /// The query.
        query: String,
        /// The order.
        order: app::Order,
        /// Whether all are wanted.
        all: bool,
    },
    /// What the list shows of these cards.
    Rows(Vec<CardId>),
    /// A card to be looked at.
    Look(CardId),
    /// Something is done to these cards.
    Do {
        /// The cards.
        cards: Vec<CardId>,
        /// What.
        deed: Deed,
    },
    /// A sitting over just these cards.
    Study {
        /// The cards.
        cards: Vec<CardId>,
        /// Whether it leaves the schedule alone.
        practice: bool,
    },
    /// The last act is taken back, from the list of cards.
    TakeBack,
    /// What was undone last is done again, from the list of cards.
    DoAgain,
}

/// What to do where the clock and the newest answer do not go together.
const DOUBT: &str = "Set the clock right, or press the key again to study all the same. If the answer is wrong, \
                     u in the decks takes it back";
/// The same in the middle of a sitting.
const DOUBT_WITHIN: &str = "Set the clock right, or go on all the same with n";

/// What has to be done before anything else when a new study day began while the interface was open:
/// the first screen shows the day before.
pub fn at_daybreak(app: &App, model: &Model) -> Vec<Effect> {
    match model.screens.first() {
        Some(Screen::Decks(decks)) if !decks.is_of(app.now().day) => vec![Effect::Ask(Request::Home)],
        _ => Vec::new(),
    }
}

/// Does what the program was asked for, and says what came of it. `progress` is told how far an
/// import has come and may stop it.
pub fn perform(
    app: &mut App,
    request: Request,
    now: impl Fn() -> At,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Message {
    let doubt = if matches!(request, Request::Ask(_)) { DOUBT_WITHIN } else { DOUBT };
    let hint = match request {
        Request::Record { .. } | Request::Bury(_) => "Nothing was stored; press the key again to try again",
        Request::Ask(_) => "n goes on to the next question",
        Request::Home => "Try again, or leave with q",
        _ => "",
    };
    match try_to(app, request, now, progress) {
        Ok(message) => message,
        Err(error @ Error::ClockBehind { .. }) => {
            app.trust_clock();
            Message::Tell(Notice::error(&error, doubt))
        }
        Err(error) => Message::Tell(Notice::error(&error, hint)),
    }
}

fn try_to(
    app: &mut App,
    request: Request,
    now: impl Fn() -> At,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Message, Error> {
    let message = match request {
        Request::Home => Message::Home(home(app)?),
        Request::Begin { scope, more_new } => Message::Begun(Box::new(begin(app, scope, more_new)?)),
        Request::Shipped => {
            let model = welcome::Model::over_decks(app.shipped());
            Message::Open(Box::new(Screen::Welcome(model)))
        }
        Request::StartShipped(file_name) => {
            let deck = app.start_shipped(file_name)?;
            Message::Begun(Box::new(begin(app, Scope::Deck(deck), 0)?))
        }
        Request::Ask(card) => Message::Review(review::Message::Asked(Box::new(ask(app, card)?), now())),
        Request::AskAgain(card) => Message::Review(review::Message::AskedAgain(Box::new(ask(app, card)?))),
        Request::Record { card, act } => {
            let recorded = app.record(card, act.clone())?;
            let today = app.now().day;
            Message::Review(review::Message::Recorded { act, recorded, today })
        }
        Request::Bury(card) => {
            app.bury(card)?;
            Message::Review(review::Message::Buried)
        }
        Request::Release(scope) => {
            let released = app.release_suspended(&scope)?;
            Message::Tell(released_in_words(released, &app.name_of(&scope)?))
        }
        Request::Undo(scope) => Message::Review(review::Message::Undone(app.undo(&scope)?)),
        Request::Redo(scope) => {
            let today = app.now().day;
            Message::Review(review::Message::Redone(app.redo(&scope)?, today))
        }
        Request::Summary { scope, summary, left_out } => summarise(app, scope, summary, left_out)?,
        Request::Statistics(scope) => {
            let title = app.name_of(&scope)?;
            let model = statistics::Model::new(scope, title, app.now().day);
            Message::Statistics(statistics::Message::Opened(Box::new(model)))
        }
        Request::BeginGroup { scope, key, title } => {
            Message::Begun(Box::new(begin_group(app, scope, key, title)?))
        }
        Request::CardInfo(card) => {
            let recalled = app.retrievability(card)?;
            let model = card::Model::new(&ask(app, card)?, recalled, &app.history(card)?, app.now().day);
            Message::Open(Box::new(Screen::Card(Box::new(model))))
        }
        Request::Browse(query) => cards::open(app, query)?,
        Request::Search { query, order, all } => cards::search(app, query, order, all)?,
        Request::Rows(cards) => Message::Browse(browse::Message::Rows(app.found(&cards)?)),
        Request::Look(card) => Message::Browse(browse::Message::Seen(Box::new(cards::look_at(app, card)?))),
        Request::Do { cards, deed } => {
            let done = app.do_to(&cards, &deed)?.len();
            Message::Browse(browse::Message::Done(browse::done_in_words(&deed, done)))
        }
        Request::Study { cards, practice } => Message::Begun(Box::new(cards::study(app, cards, practice)?)),
        Request::TakeBack => {
            let undone = app.undo(&Scope::Everything)?;
            Message::Browse(browse::Message::Done(review::undone_in_words(undone.as_ref())))
        }
        Request::DoAgain => {
            let redone = app.redo(&Scope::Everything)?;
            Message::Browse(browse::Message::Done(review::redone_in_words(redone.as_ref())))
        }
        Request::Complete(written) => Message::Import(import::Message::Completed(completions(&written))),
        Request::Import(written) => {
            let options = ImportOptions::default();
            let report = match written.trim() {
                "" => app.update(options, progress)?,
                path => app.import(&[expanded(path)], options, progress)?,
            };
            Message::Import(import::Message::Reported(Box::new(report)))
        }
    };
    Ok(message)
}

fn home(app: &App) -> Result<Home, Error> {
    let overview = app.overview()?;
    if overview.decks.is_empty() {
        return Ok(Home::Welcome(welcome::Model::new(app.shipped())));
    }
    let idle = overview.total.due + overview.total.learning + overview.total.new_today == 0;
    let next_due = if idle { app.next_due(&Scope::Everything)? } else { None };
    Ok(Home::Decks(Box::new(decks::Model::new(overview, next_due, app.now().day))))
}

fn begin(app: &mut App, scope: Scope, more_new: usize) -> Result<Begun, Error> {
    let counts = app.counts(&scope)?;
    let title = app.name_of(&scope)?;
    let wants_new_without_any = more_new > 0 && counts.new == 0;
    let session = if wants_new_without_any { Session::default() } else { app.begin(&scope, more_new)? };
    let due = counts.due.saturating_sub(session.left_out) + counts.learning;
    let idle = app.idle(&scope, &session)?;
    let place = if scope == Scope::Everything { String::new() } else { format!(" in {title}") };
    let otherwise = nothing_to_study(idle, &place, more_new, counts, app.now().day);
    Ok(Begun {
        new: session.remaining().saturating_sub(due),
        cover: app.config().cover_options,
        slow_ms: app.config().slow_ms(),
        scope,
        title,
        session,
        otherwise,
        practice: false,
    })
}

/// What is due, learning or new of a group, within today's limits; what comes next of it, where nothing is.
fn begin_group(app: &mut App, scope: Scope, key: GroupKey, title: String) -> Result<Begun, Error> {
    let GroupSession { session, new, is_ahead } = app.begin_group(&scope, key)?;
    Ok(Begun {
        new,
        cover: app.config().cover_options,
        slow_ms: app.config().slow_ms(),
        scope,
        otherwise: format!("Nothing is left to study of {title} today"),
        title: if is_ahead { format!("{title}, ahead of time") } else { title },
        session,
        practice: false,
    })
}

fn nothing_to_study(idle: Idle, place: &str, more_new: usize, counts: Counts, today: StudyDay) -> String {
    match idle {
        Idle::LimitReached(left_out) => {
            let left = counted(left_out, "due card");
            format!("Today's limit of reviews is reached; {left} left for tomorrow")
        }
        Idle::Until(_) | Idle::Forever if more_new > 0 => "There are no new cards left".to_owned(),
        Idle::Until(_) | Idle::Forever if counts.new > 0 => {
            format!("Nothing is left to study{place} today; + studies ten more new ones")
        }
        Idle::Until(day) => format!("Nothing is due{place} until {}", decks::day_in_words(day, today)),
        Idle::Forever => format!("Nothing is due{place}"),
    }
}

fn ask(app: &mut App, card: CardId) -> Result<review::Asked, Error> {
    Ok(review::Asked { deck: app.deck_of(card)?.name, asking: app.ask(card)? })
}

fn summarise(app: &App, scope: Scope, summary: Summary, left_out: usize) -> Result<Message, Error> {
    let named = |(card, times): &(CardId, usize)| {
        let question = app.question(*card)?;
        Ok(summary::Hard { name: question.name(), topic: question.topic, times: *times })
    };
    let hardest = summary.hardest.iter().map(named).collect::<Result<Vec<_>, Error>>()?;
    let told = summary::Told {
        title: app.name_of(&scope)?,
        tomorrow: app.due_tomorrow(&scope)?,
        streak: app.streaks()?.days,
        new: app.counts(&scope)?.new,
        scope,
        summary,
        hardest,
        left_out,
    };
    Ok(Message::Open(Box::new(Screen::Summary(summary::Model::new(told)))))
}

fn released_in_words(released: usize, title: &str) -> Notice {
    Notice::info(match released {
        0 => format!("No question of {title} is suspended"),
        1 => format!("1 question of {title} is released; u takes that back"),
        _ => format!("{released} questions of {title} are released; u takes that back"),
    })
}

/// After the editor was closed: the chapter is read again, and what that came to is told.
pub fn read_again(app: &mut App, path: &Path) -> Message {
    let notice = match app.import_again(path) {
        Ok(report) => edited(&report),
        Err(error) => Notice::error(&error, "Its questions stay as they were; edit again to mend it"),
    };
    Message::Review(review::Message::Edited(notice))
}

fn edited(report: &FileReport) -> Notice {
    if report.held_back() > 0 {
        let problem = report.problems.iter().find(|problem| problem.severity == Severity::HeldBack);
        let first = problem.map_or_else(String::new, |problem| {
            format!(": line {}: {}. {}", problem.line, problem.message, problem.hint)
        });
        return Notice::warning(format!("{} of its questions are held back{first}", report.held_back()));
    }
    if report.changes.is_empty() {
        return Notice::info("Nothing was changed");
    }
    Notice::info("The chapter was read again; the schedule is kept")
}

/// The paths that begin as what was written, folders with a slash at the end.
fn completions(written: &str) -> Vec<String> {
    let split = written.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, beginning) = written.split_at(split);
    let path = if folder.is_empty() { PathBuf::from(".") } else { expanded(folder) };
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let mut completions: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.path().is_dir();
            let is_chapter = name.to_ascii_lowercase().ends_with(".md");
            let hidden = name.starts_with('.') && !beginning.starts_with('.');
            let fits = name.starts_with(beginning) && !hidden && (is_folder || is_chapter);
            fits.then(|| format!("{folder}{name}{}", if is_folder { "/" } else { "" }))
        })
        .collect();
    completions.sort();
    completions
}

/// The path that a person means: without the quotes of a shell, and `~` is their home.
fn expanded(written: &str) -> PathBuf {
    let bare = written.trim().trim_matches(['\'', '"']);
    match (bare.strip_prefix('~'), std::env::home_dir()) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(&rest[1..]),
        _ => PathBuf::from(bare),
    }
}
