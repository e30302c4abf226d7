//! A collection with more than a year behind it: two chapters, and the log of somebody who studies most days.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use retain::{
    app::{ImportOptions, LogLine},
    domain::{deck::Scope, ids::CardId, review_log::Act},
    store,
    tui::effect::{Effect, Request},
};

use super::seat::Seat;

const TOPICS: [&str; 6] = ["Water", "Leaves", "Cups", "Flour", "Ovens", "Salt"];
const DIFFICULTIES: [&str; 3] = ["Basic", "Intermediate", "Advanced"];
const QUESTIONS: usize = 12;

impl Seat {
    /// Before the decks Cakes and Teas of the book Pantry, answered for so many days up to yesterday.
    pub fn after(days: u64, width: u16, height: u16) -> Self {
        let mut seat = Self::empty(width, height);
        let pantry = seat.folder.path().join("Pantry");
        std::fs::create_dir(&pantry).expect("a folder");
        for (nth, name) in ["Teas", "Cakes"].into_iter().enumerate() {
            std::fs::write(pantry.join(format!("{name}.md")), chapter(nth, name)).expect("written");
        }
        seat.app.import(&[pantry], ImportOptions::default(), &mut |_| true).expect("imported");
        let today = seat.app.now().day.date();
        let log = log(&seat.cards(), days, today);
        seat.app.import_log(&mut log.as_bytes()).expect("a log");
        seat.perform(vec![Effect::Ask(Request::Home)]);
        seat
    }

    /// The names of the cards in a log: each is flagged and unflagged to find out.
    fn cards(&mut self) -> Vec<String> {
        for card in 1..=2 * QUESTIONS as i64 {
            self.app.record(CardId(card), Act::Flag).expect("flagged");
            self.app.record(CardId(card), Act::Unflag).expect("unflagged");
        }
        let mut cards = Vec::new();
        let each = |line: &LogLine| {
            cards.push(line.card.clone());
            Ok::<(), store::Error>(())
        };
        self.app.log(&Scope::Everything, None, each).expect("a log");
        cards.dedup();
        cards
    }
}

fn chapter(nth: usize, name: &str) -> String {
    let mut text = format!("# Chapter {}: {name}\n\n## Questions\n\n", nth + 1);
    for question in 1..=QUESTIONS {
        let topic = TOPICS[3 * nth + question % 3];
        let difficulty = DIFFICULTIES[question % DIFFICULTIES.len()];
        let answer = ['A', 'B', 'B', 'C'][question % 4];
        write!(
            text,
            "**Q{}.{question}: {difficulty} - [{topic}]**\n\nWhat is number {question} of {name}?\n\nA) The first of \
             {question}\nB) The second of {question}\nC) The third of {question}\nD) The fourth of \
             {question}\n\n**Answer: {answer}**\n\n**Explanation:**\nIt is so.\n\n---\n\n",
            nth + 1
        )
        .expect("a text");
    }
    text
}

/// A card as far as it was learned.
#[derive(Clone, Copy, Default)]
struct Learned {
    due: Option<NaiveDate>,
    interval: u64,
}

fn log(cards: &[String], days: u64, today: NaiveDate) -> String {
    let mut log = String::from("{\"format\":\"retain-log\",\"version\":1}\n");
    let mut learned = vec![Learned::default(); cards.len()];
    let mut random = Random(7);
    for day in (1..=days).rev().map(|ago| today - Days::new(ago)) {
        let is_free = if day.weekday() == Weekday::Sun { 2 } else { 9 };
        let is_away = (30..41).contains(&(today - day).num_days());
        if is_away || random.below(is_free) == 0 {
            continue;
        }
        let hour = [7, 8, 8, 20, 21][random.below(5)];
        let due = |learned: &Learned| learned.due.is_some_and(|due| due <= day);
        let mut to_do: Vec<usize> = (0..cards.len()).filter(|card| due(&learned[*card])).collect();
        to_do.extend((0..cards.len()).filter(|card| learned[*card].due.is_none()).take(1));
        for (nth, card) in to_do.into_iter().enumerate() {
            // The first questions of each topic are known worst.
            let is_right = random.below(10) > 2 - card % 3;
            let Learned { interval, .. } = learned[card];
            let interval = match (is_right, interval) {
                (false, _) | (true, 0) => 1,
                (true, 1) => 4,
                (true, interval) => (interval * 2).min(48),
            };
            learned[card] = Learned { due: Some(day + Days::new(interval)), interval };
            let key = [0, 1, 1, 2][(card % QUESTIONS + 1) % 4];
            let wrong = if random.below(3) == 0 { 0 } else { 3 };
            let chosen = if is_right { key } else { wrong };
            let (outcome, kind) = match is_right {
                _ if chosen == key => ("right", if random.below(5) == 0 { "easy" } else { "good" }),
                _ => ("wrong", "again"),
            };
            let took = 4_000 + 1_000 * random.below(16);
            // The first place is favoured, and so it is known of the later half.
            let place = match today - day < TimeDelta::days(200) {
                true => format!("\"place\":{},", (took / 1_000 + card) % 5 % 4),
                false => String::new(),
            };
            writeln!(
                log,
                "{{\"device\":\"5f1c0d3a9b7e2468\",\"at\":\"{day}T{hour:02}:{:02}:{:02}.000+01:00\",\"day\":\"{day}\",\
                 \"rollover\":4,\"card\":\"{}\",\"kind\":\"{kind}\",\"chosen\":[{chosen}],{place}\"outcome\":\"{outcome}\",\
                 \"covered\":false,\"took_ms\":{took},\"interval\":{interval},\"scheduler\":\"sm2\"}}",
                nth / 2,
                nth % 2 * 30,
                cards[card],
            )
            .expect("a line");
        }
    }
    log
}

/// Numbers that are the same each time, and look like chance (Knuth's linear congruence).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
