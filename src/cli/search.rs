//! `retain search`: the cards that a query finds, for people and programs.

use std::io::Write;

use clap::builder::PossibleValue;
use serde::Serialize;

use super::{
    Exit,
    text::{self, counted, cut, one_line},
};
use crate::{
    app::{Access, App, Found, Order, Setup, SortKey},
    domain::{
        card::{Hold, Stage},
        scheduler::Memory,
        search::{LANGUAGE, Mistake},
        time::StudyDay,
    },
    typeset::columns,
};

/// Look for cards by words and filters
#[derive(Debug, clap::Args)]
#[command(
    after_help = "\
Examples:
  retain search generator -yield
  retain search 'deck:python is:due ease<1.8'
  retain search --sort lapses --reverse --json is:leech
  retain search --count 'wrong:30d'

`retain search --help` describes the language.",
    after_long_help = LANGUAGE
)]
pub(super) struct Arguments {
    /// Words and filters; without any, every card
    #[arg(allow_hyphen_values = true)]
    query: Vec<String>,

    /// For programs
    #[arg(long)]
    json: bool,

    /// Only how many there are
    #[arg(long, conflicts_with = "json")]
    count: bool,

    /// In what order
    #[arg(long, value_enum, default_value_t, value_name = "COLUMN")]
    sort: SortKey,

    /// The other way round
    #[arg(long)]
    reverse: bool,

    /// At most so many cards
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,

    /// All of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

/// What was found, for programs.
#[derive(Debug, Serialize)]
struct Listed {
    found: usize,
    cards: Vec<Card>,
}

#[derive(Debug, Serialize)]
struct Card {
    card: i64,
    deck: String,
    number: Option<String>,
    topic: String,
    difficulty: Option<String>,
    stem: String,
    stage: &'static str,
    due: Option<String>,
    interval: Option<u32>,
    ease: Option<f64>,
    stability: Option<f64>,
    lapses: u32,
    answered: Option<String>,
    hold: Option<&'static str>,
    flagged: bool,
    leech: bool,
    retired: bool,
    deleted: bool,
}

impl Arguments {
    pub(super) fn run(&self, setup: &Setup, out: &mut dyn Write) -> anyhow::Result<Exit> {
        // Words may begin with a hyphen, so that a flag behind one is taken for a word as well.
        if let Some(flag) = self.query.iter().find(|word| word.starts_with("--")) {
            let flag = one_line(flag);
            writeln!(
                std::io::stderr(),
                "retain: {flag} stands behind words of the query: put it before them"
            )?;
            return Ok(Exit::Usage);
        }
        let app = opened(setup)?;
        let query = self.query.join(" ");
        let order = Order { key: self.sort, is_descending: self.reverse };
        let search = match app.search_for(&query, order) {
            Ok(search) => search,
            Err(mistake) => {
                let told = told(&query, &mistake);
                return Err(anyhow::Error::new(mistake).context(told));
            }
        };
        if self.count {
            writeln!(out, "{}", app.count_found(&search)?)?;
            return Ok(Exit::Done);
        }
        let most = if self.all { usize::MAX } else { self.limit as usize };
        let cards = app.found(&app.search(&search, 0, most)?)?;
        let found = if cards.len() < most { cards.len() } else { app.count_found(&search)? };
        if self.json {
            let cards = cards.iter().map(|found| Ok(Card::of(found, app.uid_of(found.card)?)));
            text::json(out, &Listed { found, cards: cards.collect::<anyhow::Result<_>>()? })?;
            return Ok(Exit::Done);
        }
        let today = app.now().day;
        cards.iter().try_for_each(|card| writeln!(out, "{}", line(card, today)))?;
        let left = found - cards.len();
        match (found, left) {
            (0, _) => writeln!(out, "no card is found")?,
            (_, 0) => writeln!(out, "{}", counted(found, "card"))?,
            (_, left) => {
                writeln!(out, "{}, {left} of them not shown; --all shows them", counted(found, "card"))?
            }
        }
        Ok(Exit::Done)
    }
}

/// The collection with its index complete, where nobody else writes; else as it is, which is slower.
fn opened(setup: &Setup) -> anyhow::Result<App> {
    let app = App::open(setup, Access::Read)?;
    if app.is_indexed()? {
        return Ok(app);
    }
    match App::open(setup, Access::Write) {
        Ok(mut app) => {
            app.complete_index()?;
            Ok(app)
        }
        Err(error) if error.is_locked() => Ok(app),
        Err(error) => Err(error.into()),
    }
}

/// A mistake with the query, its place marked under it, and what to do.
fn told(query: &str, mistake: &Mistake) -> String {
    let before = columns(&one_line(&query[..mistake.span.start]));
    let marked = columns(&one_line(&query[mistake.span.clone()])).max(1);
    format!(
        "{}\n  {}\n  {}{}\n{}",
        mistake.message,
        one_line(query),
        " ".repeat(before),
        "^".repeat(marked),
        mistake.hint
    )
}

/// A card on one line: `Q14.3  due today   15 d  Python / 14 Memory Model  What does …`.
fn line(found: &Found, today: StudyDay) -> String {
    let name = found.number.as_ref().map_or("-".into(), |number| format!("Q{number}"));
    let deck = found.deck.to_string();
    let deck = cut(&one_line(&deck), 28);
    let begin = format!("{:9} {:14} {deck}  ", one_line(&name), state_in_words(found, today));
    let room = usize::from(text::width()).saturating_sub(columns(&begin)).max(20);
    let stem: Vec<&str> = found.stem.split_whitespace().collect();
    format!("{begin}{}", cut(&one_line(&stem.join(" ")), room))
}

/// In a word or two, when the card will be asked: `new`, `due today`, `in 3 d`, `suspended`.
fn state_in_words(found: &Found, today: StudyDay) -> String {
    if found.state.deleted {
        return "deleted".to_owned();
    }
    if found.is_retired {
        return "retired".to_owned();
    }
    match (found.state.hold, found.state.schedule) {
        (Hold::Suspended, _) => "suspended".to_owned(),
        (Hold::Buried(until), _) if today < until => "buried".to_owned(),
        (_, None) => "new".to_owned(),
        (_, Some(schedule)) if schedule.due < today => format!("{} d overdue", today.since(schedule.due).0),
        (_, Some(schedule)) if schedule.due == today => "due today".to_owned(),
        (_, Some(schedule)) => format!("in {} d", schedule.due.since(today).0),
    }
}

impl Card {
    fn of(found: &Found, uid: i64) -> Self {
        let schedule = found.state.schedule;
        let memory = schedule.map(|schedule| schedule.memory);
        Self {
            card: uid,
            deck: found.deck.to_string(),
            number: found.number.clone(),
            topic: found.topic.clone(),
            difficulty: found.difficulty.clone(),
            stem: found.stem.clone(),
            stage: match found.state.stage() {
                Stage::New => "new",
                Stage::Learning => "learning",
                Stage::Young => "young",
                Stage::Mature => "mature",
            },
            due: schedule.map(|schedule| schedule.due.to_string()),
            interval: schedule.map(|schedule| schedule.interval.0),
            ease: memory.as_ref().and_then(Memory::ease).map(|ease| f64::from(ease.hundredths()) / 100.0),
            stability: memory.as_ref().and_then(Memory::trace).map(|trace| trace.stability.days()),
            lapses: found.state.lapses(),
            answered: schedule.map(|schedule| schedule.answered.to_string()),
            hold: match found.state.hold {
                Hold::None => None,
                Hold::Suspended => Some("suspended"),
                Hold::Buried(_) => Some("buried"),
            },
            flagged: found.state.flagged,
            leech: found.state.is_leech(),
            retired: found.is_retired && !found.state.deleted,
            deleted: found.state.deleted,
        }
    }
}

impl clap::ValueEnum for SortKey {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let word = match self {
            Self::Added => "added",
            Self::Question => "question",
            Self::Seen => "seen",
            Self::Deck
            | Self::Topic
            | Self::Difficulty
            | Self::Due
            | Self::Interval
            | Self::Ease
            | Self::Lapses => self.label(),
        };
        let value = PossibleValue::new(word);
        Some(if word == self.label() { value } else { value.help(self.label()) })
    }
}
