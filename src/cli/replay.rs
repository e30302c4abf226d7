//! `retain replay`: the scheduler as a filter, so that anyone can compare it with anything. Answers come in
//! as lines of JSON and go out with what the scheduler made of them. Knows nothing of the collection.

pub(super) mod answer;

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use xxhash_rust::xxh3::xxh3_64;

use super::{Exit, text};
use crate::{
    app::kept_parameters,
    domain::scheduler::{
        Memory, Schedule, Scheduler, Seed,
        fsrs::{Fsrs, Parameters, Retention, Trace},
        sm2::Sm2,
    },
};
use answer::{Answer, Day, KindOfDays, Mistake};

/// The longest line that is read.
pub(super) const MOST_BYTES: u64 = 1 << 20;

/// Show what a scheduler makes of answers from anywhere
///
/// Reads an answer from each line, such as {"card": "x", "day": 3, "grade": "good"}. A card is named by any
/// text. A day is a whole number or a date, and all days are of one kind; those of a card never go back. A
/// grade is again, hard, good or easy; "quality" may stand in its place, the number from 0 to 5 that SM-2
/// knows. Other fields are ignored.
///
/// Writes a line for each answer: card, day, interval in days, and due, a date where the day is one. Then
/// for SM-2: ease, a number with two decimals; repetitions, the answers in a row that passed; lapses;
/// drill, whether the card comes again on the same day. For FSRS: stability in days, difficulty from 1 to
/// 10, and retrievability, the chance of recall just before the answer, null for a card's first.
///
/// The fuzz of an interval depends on the card's name, on its answers in a row that passed and on its lapses, and is
/// the same each time.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  echo '{\"card\": \"x\", \"day\": 3, \"grade\": \"good\"}' | retain replay
  retain replay --scheduler sm2-program answers.jsonl
  retain replay --scheduler fsrs --retention 0.85 --no-fuzz answers.jsonl
  retain replay --scheduler fsrs --parameters parameters.txt < answers.jsonl

Exit codes: 0 done, 1 a line makes no sense (the ones before it are answered), 2 usage")]
pub(super) struct Arguments {
    /// The file of answers; without one, or with -: standard input
    file: Option<PathBuf>,

    /// Which scheduler
    #[arg(long, value_enum, default_value_t, value_name = "NAME")]
    scheduler: Name,

    /// The 21 parameters of FSRS: numbers with commas between them, or a file that holds them, such as the one that
    /// `retain optimize` keeps
    #[arg(long, value_name = "NUMBERS|FILE", value_parser = parameters, allow_hyphen_values = true)]
    parameters: Option<Parameters>,

    /// The share of answers that FSRS aims at: 0.70 to 0.99, by default 0.9
    #[arg(long, value_name = "SHARE", value_parser = text::retention)]
    retention: Option<Retention>,

    /// Fuzz no interval: the default of SM-2
    #[arg(long)]
    no_fuzz: bool,

    /// Fuzz the intervals: the default of FSRS
    #[arg(long, conflicts_with = "no_fuzz")]
    fuzz: bool,

    /// With SM-2: a card that is known late grows from the days that really went by
    #[arg(long)]
    late_credit: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Name {
    /// SM-2 as its author's text has it
    #[default]
    Sm2,
    /// SM-2 as its author's program has it
    Sm2Program,
    /// FSRS-6
    Fsrs,
}

/// The cards as far as they have been answered.
struct Replay {
    scheduler: Scheduler,
    cards: HashMap<Box<str>, Schedule>,
    days: KindOfDays,
}

impl Arguments {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let scheduler = match self.scheduler() {
            Ok(scheduler) => scheduler,
            Err(misplaced) => {
                writeln!(io::stderr(), "retain: {misplaced}")?;
                return Ok(Exit::Usage);
            }
        };
        let (source, input) = open(self.file.as_deref())?;
        Replay { scheduler, cards: HashMap::new(), days: KindOfDays::default() }.run(
            &source,
            BufReader::with_capacity(1 << 16, input),
            out,
        )
    }

    fn scheduler(&self) -> Result<Scheduler, &'static str> {
        let for_fsrs = self.parameters.is_some() || self.retention.is_some();
        let sm2 = |sm2: Sm2| Scheduler::Sm2(Sm2 { late_credit: self.late_credit, fuzz: self.fuzz, ..sm2 });
        match self.scheduler {
            Name::Sm2 | Name::Sm2Program if for_fsrs => {
                Err("--parameters and --retention are for FSRS: add --scheduler fsrs")
            }
            Name::Sm2 => Ok(sm2(Sm2::TEXT)),
            Name::Sm2Program => Ok(sm2(Sm2::PROGRAM)),
            Name::Fsrs if self.late_credit => {
                Err("--late-credit is for SM-2: FSRS always counts the days that really went by")
            }
            Name::Fsrs => {
                let parameters = self.parameters.unwrap_or_default();
                Ok(Scheduler::Fsrs(Fsrs::new(parameters, self.retention.unwrap_or_default(), !self.no_fuzz)))
            }
        }
    }
}

/// What to read, and what to call it: a file, or standard input without one or for `-`.
pub(super) fn open(file: Option<&Path>) -> anyhow::Result<(String, Box<dyn Read>)> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        return Ok(("standard input".to_owned(), Box::new(io::stdin().lock())));
    };
    let name = path.to_string_lossy().into_owned();
    let file = File::open(path).with_context(|| format!("could not read {name}"))?;
    Ok((name, Box::new(file)))
}

fn parameters(text: &str) -> Result<Parameters, String> {
    let list = if Path::new(text).exists() { read_list(Path::new(text))? } else { text.to_owned() };
    if list.contains("[[fitted]]") {
        return kept_parameters(&list);
    }
    let words = list.split(|c: char| c.is_whitespace() || ",[]".contains(c)).filter(|word| !word.is_empty());
    let number = |word: &str| word.parse().map_err(|_| format!("“{word}” is neither a number nor a file"));
    let numbers: Vec<f64> = words.map(number).collect::<Result<_, _>>()?;
    Parameters::new(&numbers).map_err(|error| error.to_string())
}

fn read_list(path: &Path) -> Result<String, String> {
    let mut list = String::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut list));
    read.map(|_| list).map_err(|error| format!("could not read it: {error}"))
}

impl Replay {
    fn run(
        mut self,
        source: &str,
        mut input: BufReader<Box<dyn Read>>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let (mut line, mut row) = (Vec::new(), Vec::new());
        for number in 1u64.. {
            // Whoever writes a line and waits for its answer shall have it.
            if input.buffer().is_empty() {
                out.flush()?;
            }
            line.clear();
            let read = input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line);
            if read.with_context(|| format!("could not read {source}"))? == 0 {
                break;
            }
            row.clear();
            self.answer(line.trim_ascii(), &mut row)
                .map_err(|mistake| anyhow!("{source}, line {number}: {mistake}"))?;
            out.write_all(&row)?;
        }
        Ok(Exit::Done)
    }

    /// Takes an answer in; an empty line is none.
    fn answer(&mut self, line: &[u8], row: &mut Vec<u8>) -> Result<(), Mistake> {
        if line.len() as u64 >= MOST_BYTES {
            return Err(Mistake::TooLong);
        }
        if line.is_empty() {
            return Ok(());
        }
        let Answer { card, day, quality } = Answer::of_line(line)?;
        self.days.expect(day)?;
        let (today, seed) = (day.study_day(), Seed(xxh3_64(card.as_bytes())));
        let Some(schedule) = self.cards.get_mut(&*card) else {
            let after = self.scheduler.promising_after(seed, None, quality, today);
            write_row(row, &card, day, &after, None);
            self.cards.insert(card.into(), after);
            return Ok(());
        };
        if today < schedule.answered {
            return Err(Mistake::Backwards {
                card: card.into_owned(),
                day,
                before: day.like(schedule.answered),
            });
        }
        let recalled = self.scheduler.retrievability(schedule, today);
        *schedule = self.scheduler.promising_after(seed, Some(schedule), quality, today);
        write_row(row, &card, day, schedule, recalled);
        Ok(())
    }
}

/// By hand, since an ease has two decimals and millions of lines have to pass.
fn write_row(row: &mut Vec<u8>, card: &str, day: Day, after: &Schedule, recalled: Option<f64>) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    row.extend_from_slice(b"{\"card\":");
    if card.bytes().all(is_plain) {
        row.push(b'"');
        row.extend_from_slice(card.as_bytes());
        row.push(b'"');
    } else {
        row.extend_from_slice(text::json_string(card).as_bytes());
    }
    let (interval, due) = (after.interval.0, day.like(after.due));
    let common = write!(row, ",\"day\":{day},\"interval\":{interval},\"due\":{due}");
    let own = match after.memory {
        Memory::Sm2 { ease } => {
            let drill = after.is_drilled(day.study_day());
            let (repetitions, lapses) = (after.repetitions, after.lapses);
            writeln!(
                row,
                ",\"ease\":{ease},\"repetitions\":{repetitions},\"lapses\":{lapses},\"drill\":{drill}}}"
            )
        }
        Memory::Fsrs(Trace { stability, difficulty }) => {
            let (stability, difficulty) = (stability.days(), difficulty.figure());
            let known =
                write!(row, ",\"stability\":{stability:?},\"difficulty\":{difficulty:?},\"retrievability\":");
            known.and_then(|()| match recalled {
                Some(recalled) => writeln!(row, "{recalled:?}}}"),
                None => writeln!(row, "null}}"),
            })
        }
    };
    common.and(own).expect("memory takes what is written to it");
}
