//! The study day in every kind of time zone, over clock changes and journeys, and by clocks that are wrong.
//! The zones' rules come from jiff and its own copy of the zone data; the program reads the machine's.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use proptest::prelude::*;
use retain::{
    app::{Access, App, Error, ImportOptions, Order, Setup},
    domain::{
        card::Hold,
        deck::Scope,
        grade::Grade,
        ids::CardId,
        review_log::Act,
        session::Revealed,
        time::{Days, Moment, Rollover, StudyDay},
    },
    store,
};
use serde_json::Value;

use crate::{chapters::chapter, program::Home};

/// Whole, half and quarter hours; changes by an hour, by half of one, by two; both hemispheres; days that were
/// skipped (Apia, Kwajalein, Fakaofo).
const ZONES: [&str; 24] = [
    "UTC",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Africa/Casablanca",
    "Africa/Monrovia",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Caracas",
    "America/Juneau",
    "America/Scoresbysund",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Fakaofo",
    "Pacific/Kwajalein",
];

/// 2 January 1970 to the end of 2037, in seconds.
const SECONDS: std::ops::Range<i64> = 86_400..2_145_916_800;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn rollover(hour: u8) -> Rollover {
    Rollover::at_hour(hour).expect("an hour")
}

/// The moment at which a clock in this zone shows an instant.
fn moment(instant: Timestamp, zone: &TimeZone, rollover: Rollover) -> Moment {
    let offset = FixedOffset::east_opt(zone.to_offset(instant).seconds()).expect("an offset");
    let utc = DateTime::from_timestamp(instant.as_second(), 0).expect("an instant");
    Moment::new(utc.with_timezone(&offset), rollover)
}

/// Said otherwise than in the program: before the hour of the rollover it is still the day before.
fn expected(instant: Timestamp, zone: &TimeZone, hour: u8) -> Date {
    let clock = zone.to_datetime(instant);
    let still_yesterday = clock.hour() < hour as i8;
    if still_yesterday { clock.date().yesterday().expect("a day") } else { clock.date() }
}

fn date(day: StudyDay) -> Date {
    day.to_string().parse().expect("a date")
}

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("an instant")
}

/// An instant, and more often than not one within hours of a change of this zone's clocks.
fn near_changes(name: &str, second: i64, seconds_off: i64) -> Timestamp {
    let change = zone(name).following(instant(second)).next().map(|change| change.timestamp().as_second());
    match change {
        Some(change) if SECONDS.contains(&change) && second % 4 > 0 => instant(change + seconds_off),
        Some(_) | None => instant(second),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_study_day_is_the_local_date_until_the_rollover_and_then_the_next(
        name in prop::sample::select(ZONES.to_vec()),
        second in SECONDS,
        seconds_off in -100_000i64..100_000,
        hour in 0u8..24,
    ) {
        let (zone, instant) = (zone(name), near_changes(name, second, seconds_off));
        let day = moment(instant, &zone, rollover(hour)).day;
        prop_assert_eq!(date(day), expected(instant, &zone, hour), "{} {}", name, instant);
    }

    /// However the clocks change in between, no time that passes takes a day away, but for the hours that
    /// the clock itself goes back; and what a scheduler reckons with is never below nothing.
    #[test]
    fn days_go_on_with_time(
        name in prop::sample::select(ZONES.to_vec()),
        second in SECONDS,
        seconds_off in -100_000i64..100_000,
        later in 0i64..400_000,
        hour in 0u8..24,
    ) {
        let (zone, earlier) = (zone(name), near_changes(name, second, seconds_off));
        let later = instant(earlier.as_second() + later);
        let (one, other) = (moment(earlier, &zone, rollover(hour)), moment(later, &zone, rollover(hour)));
        let clock_went_back = other.at.naive_local() < one.at.naive_local();
        prop_assert!(other.day >= one.day || clock_went_back, "{} {} {}", name, earlier, later);
        let hours = (later.as_second() - earlier.as_second()) / 3_600;
        // The clock jumps by a day at most, as it did in Apia.
        prop_assert!(i64::from(other.day.since(one.day).0) <= hours / 24 + 2);
    }
}

fn local(name: &str, wall: &str) -> Timestamp {
    let wall: jiff::civil::DateTime = wall.parse().expect("a wall clock's time");
    wall.to_zoned(zone(name)).expect("a time").timestamp()
}

/// The study days, by a rollover at this hour, at each of these hours after an evening.
fn days_after(name: &str, evening: &str, hour: u8, hours: &[i64]) -> Vec<String> {
    let evening = local(name, evening);
    let at = |hours: &i64| moment(evening + hours.hours(), &zone(name), rollover(hour)).day.to_string();
    hours.iter().map(at).collect()
}

#[test]
fn nights_in_which_clocks_change_end_at_the_rollover_like_any_other() {
    // Back from three to two: ten hours from six in the evening until three, and one more until four.
    let autumn = days_after("Europe/Berlin", "2026-10-24T18:00", 4, &[9, 10, 11]);
    assert_eq!(autumn, ["2026-10-24", "2026-10-24", "2026-10-25"]);
    let spring = days_after("Europe/Berlin", "2026-03-28T18:00", 4, &[8, 9, 10]);
    assert_eq!(spring, ["2026-03-28", "2026-03-29", "2026-03-29"]);
    // Half an hour back, from two to half past one, and a rollover in between that comes twice.
    let howe = days_after("Australia/Lord_Howe", "2026-04-04T18:00", 2, &[7, 8, 9]);
    assert_eq!(howe, ["2026-04-04", "2026-04-04", "2026-04-05"]);
    // Midnight itself is skipped: the day begins at one.
    let paulo = days_after("America/Sao_Paulo", "2017-10-14T18:00", 0, &[5, 6, 7]);
    assert_eq!(paulo, ["2017-10-14", "2017-10-15", "2017-10-15"]);
}

#[test]
fn a_date_that_a_country_skipped_is_at_most_the_end_of_an_evening() {
    // In Apia, 30 December 2011 never was. After midnight comes the 31st, of which the night belongs to the day
    // before, whose date only study knows.
    let days = days_after("Pacific/Apia", "2011-12-29T18:00", 4, &[5, 6, 9, 10]);
    assert_eq!(days, ["2011-12-29", "2011-12-30", "2011-12-30", "2011-12-31"]);
    let (before, after) = (StudyDay(15_337), StudyDay(15_339));
    assert_eq!((before.to_string(), after.to_string()), (days[0].clone(), days[3].clone()));
    assert_eq!(after.since(before), Days(2), "cards that are due on the missing date are overdue");
}

/// A person with a chapter, whose clock is wherever it is put.
struct Person {
    folder: tempfile::TempDir,
    app: App,
}

impl Person {
    fn at(now: &str, cards: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("chapter.md");
        fs::write(&file, chapter("Chapter 1: Clocks", cards)).expect("a file");
        let mut app = app(folder.path(), now);
        app.import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
        Self { folder, app }
    }

    fn goes_on(&mut self, now: &str) {
        self.app = App::in_memory(&Setup::default()).expect("a collection");
        self.app = app(self.folder.path(), now);
    }

    fn answers(&mut self, card: i64, grade: Grade) {
        let asked = self.app.ask(CardId(card)).expect("a question");
        let revealed: Revealed = self.app.reveal(asked, Vec::new(), 1_000);
        self.app.record(CardId(card), Act::Answer(revealed.graded(grade))).expect("recorded");
    }

    fn due(&self, card: i64) -> String {
        self.app.state(CardId(card)).expect("a state").schedule.expect("a schedule").due.to_string()
    }

    fn is_asked(&mut self) -> bool {
        matches!(self.app.begin(&Scope::Everything, 0), Err(Error::ClockBehind { .. }))
    }

    fn reschedules(&mut self) -> usize {
        let plan = self.app.plan_rescheduling(&Scope::Everything).expect("readable");
        self.app.reschedule(&plan).expect("rescheduled");
        plan.moves.len()
    }
}

fn app(folder: &Path, now: &str) -> App {
    let (data_dir, config_dir) = (Some(folder.join("data")), Some(folder.join("config")));
    let setup = Setup { data_dir, config_dir, now: Some(now.parse().expect("RFC 3339")), seed: Some(1) };
    loop {
        match App::open(&setup, Access::Write) {
            // A process that another test is just starting has the lock for as long as it is not quite there.
            Err(Error::Store(store::Error::Locked { .. })) => thread::yield_now(),
            opened => return opened.expect("opens"),
        }
    }
}

#[test]
fn travelling_rewrites_nothing_and_is_no_reason_to_ask() {
    let mut person = Person::at("2026-11-22T09:00:00+13:00", 3);
    person.answers(1, Grade::Good);
    person.answers(2, Grade::Good);
    assert_eq!(person.due(1), "2026-11-23");
    // Nine hours later, on the other side of the date line, it is the day before.
    person.goes_on("2026-11-21T19:00:00-10:00");
    assert!(!person.is_asked());
    assert_eq!(person.due(1), "2026-11-23");
    person.answers(1, Grade::Good);
    let events = person.app.history(CardId(1)).expect("a history");
    let days: Vec<String> = events.iter().map(|event| event.moment.day.to_string()).collect();
    assert_eq!(days, ["2026-11-22", "2026-11-21"], "each as the clock there showed it");
    assert_eq!(person.due(1), "2026-11-23", "a further answer of one day changes nothing");
    person.goes_on("2026-11-23T09:00:00-10:00");
    person.answers(2, Grade::Good);
    assert_eq!(person.due(2), "2026-11-29");
}

#[test]
fn a_clock_that_is_set_back_is_asked_about_where_something_is_scheduled() {
    let mut person = Person::at("2026-11-22T09:00:00+01:00", 4);
    person.answers(1, Grade::Good);
    person.goes_on("2026-11-20T21:00:00+01:00");
    assert!(!person.is_asked(), "36 hours are not more than 36 hours");
    person.goes_on("2026-11-20T20:59:59+01:00");
    assert!(person.is_asked());
    let plan = person.app.plan_rescheduling(&Scope::Everything).expect("a plan changes nothing");
    assert!(matches!(person.app.reschedule(&plan), Err(Error::ClockBehind { .. })));
    let undone = person.app.undo(&Scope::Everything).expect("an undo schedules nothing");
    assert!(undone.is_some_and(|undone| undone.reversed[0].after.schedule.is_none()));
    person.app.trust_clock();
    assert!(!person.is_asked());
    person.answers(2, Grade::Good);
    person.goes_on("2026-11-20T22:00:00+01:00");
    assert!(!person.is_asked(), "the newest answer is the one that was given since");
}

#[test]
fn a_clock_that_is_set_back_in_the_middle_of_a_sitting_is_asked_about_at_the_next_question() {
    let mut person = Person::at("2026-11-22T09:00:00+01:00", 4);
    person.answers(1, Grade::Good);
    person.goes_on("2026-11-19T09:00:00+01:00");
    assert!(matches!(person.app.ask(CardId(2)), Err(Error::ClockBehind { .. })));
    person.app.trust_clock();
    person.answers(2, Grade::Good);
    assert_eq!(person.due(2), "2026-11-20");
}

#[test]
fn a_sitting_by_a_clock_set_back_for_years_hides_none_of_the_days_before_it() {
    let mut person = Person::at("2026-11-20T09:00:00+01:00", 30);
    person.answers(1, Grade::Good);
    person.goes_on("2026-11-21T09:00:00+01:00");
    person.answers(2, Grade::Good);
    person.goes_on("2026-11-22T09:00:00+01:00");
    person.answers(3, Grade::Again);
    let new_today = |person: &Person| person.app.overview().expect("readable").total.new_today;
    let new_before = new_today(&person);
    person.goes_on("2020-01-01T09:00:00+01:00");
    person.app.trust_clock();
    person.answers(4, Grade::Good);
    person.goes_on("2026-11-22T10:00:00+01:00");
    assert_eq!(person.app.streaks().expect("a streak").days, 3);
    assert_eq!(new_today(&person), new_before, "what was new today still counts");
    let search = person.app.search_for("wrong:2d", Order::default()).expect("a query");
    assert_eq!(person.app.search(&search, 0, 9).expect("readable"), [CardId(2), CardId(3)]);
}

#[test]
fn a_changed_answer_brings_its_card_up_whatever_the_clock_says() {
    let mut person = Person::at("2026-11-22T09:00:00+01:00", 3);
    person.answers(1, Grade::Good);
    person.goes_on("2020-01-01T09:00:00+01:00");
    let file = person.folder.path().join("chapter.md");
    let text = fs::read_to_string(&file).expect("a file").replacen("Answer: B", "Answer: C", 1);
    fs::write(&file, text).expect("a file");
    person.app.import(&[file], ImportOptions::default(), &mut |_| true).expect("imported");
    assert_eq!(person.due(1), "2020-01-01");
    person.goes_on("2026-11-22T10:00:00+01:00");
    assert_eq!(person.app.begin(&Scope::Everything, 0).expect("begun").remaining(), 3);
}

#[test]
fn whoever_studied_by_a_clock_years_ahead_gets_out_of_it() {
    let mut person = Person::at("2026-11-20T09:00:00+01:00", 6);
    person.answers(1, Grade::Good);
    person.goes_on("2046-11-21T09:00:00+01:00");
    person.answers(1, Grade::Good);
    person.answers(2, Grade::Good);
    person.app.bury(CardId(3)).expect("buried");
    person.goes_on("2026-11-21T09:00:00+01:00");
    assert!(person.is_asked());
    person.app.trust_clock();
    person.answers(4, Grade::Good);
    person.goes_on("2026-11-22T09:00:00+01:00");
    assert!(!person.is_asked(), "asked once, and then no more");
    assert_eq!((person.due(1), person.due(2)), ("2046-11-27".to_owned(), "2046-11-22".to_owned()));

    assert_eq!(person.reschedules(), 2);
    assert_eq!((person.due(1), person.due(2)), ("2026-11-28".to_owned(), "2026-11-23".to_owned()));
    assert_eq!(person.reschedules(), 0, "nothing is left to set right");
    person.goes_on("2026-11-24T09:00:00+01:00");
    assert_eq!(person.reschedules(), 0, "nor on a later day, before they were answered");
    assert_eq!(person.app.release_suspended(&Scope::Everything).expect("released"), 1);
    assert_eq!(person.app.state(CardId(3)).expect("a state").hold, Hold::None);
    person.goes_on("2026-11-28T09:00:00+01:00");
    for (card, due) in [(1, "2026-12-04"), (2, "2026-11-29")] {
        person.answers(card, Grade::Good);
        assert_eq!(person.due(card), due, "what had been promised, from the day on which it was known");
    }
    assert_eq!(person.app.streaks().expect("a streak").days, 1);
}

#[test]
fn undo_alone_takes_back_what_was_done_by_a_clock_years_ahead() {
    let mut person = Person::at("2026-11-20T09:00:00+01:00", 3);
    person.answers(1, Grade::Good);
    let before = person.app.state(CardId(1)).expect("a state");
    person.goes_on("2046-11-21T09:00:00+01:00");
    person.answers(1, Grade::Good);
    person.goes_on("2026-11-21T09:00:00+01:00");
    person.app.undo(&Scope::Everything).expect("undone").expect("an answer");
    assert_eq!(person.app.state(CardId(1)).expect("a state"), before);
    assert!(!person.is_asked(), "nothing that counts is from then");
}

/// `retain` by the machine's own clock, in a machine of this time zone.
fn in_zone(home: &Home, zone: Option<&str>, arguments: &[&str], input: &str) -> Output {
    let mut command: Command = home.command(arguments, "");
    command.env_remove("RETAIN_NOW").env_remove("TZ").env("TZDIR", home.path());
    if let Some(zone) = zone {
        command.env("TZ", zone);
    }
    let file = home.write("input", input);
    command.stdin(Stdio::from(fs::File::open(file).expect("a file"))).output().expect("it runs")
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The newest event of the log: its offset and its study day, and the day that its clock leads to.
fn newest(home: &Home) -> (String, NaiveDate, NaiveDate) {
    let logged = said(&in_zone(home, None, &["log", "--json"], ""));
    let event: Value = serde_json::from_str(logged.lines().last().expect("a line")).expect("JSON");
    let text = |field: &str| event[field].as_str().expect("a text").to_owned();
    let at: DateTime<FixedOffset> = text("at").parse().expect("RFC 3339");
    let led_to = (at.naive_local() - TimeDelta::hours(4)).date();
    (at.offset().to_string(), text("day").parse().expect("a date"), led_to)
}

#[test]
fn a_machine_without_zone_data_goes_by_the_offset_that_it_is_told_or_by_utc() {
    let home = Home::with_chapter(9);
    for (zone, offset) in [
        (Some("<+0545>-05:45"), "+05:45"),
        (Some("XYZ9:30"), "-09:30"),
        (Some("<-03>3<-02>,M1.1.0/0,M12.5.0/0"), "-02:00"),
        (Some(""), "+00:00"),
        (Some("UTC0"), "+00:00"),
    ] {
        let told = said(&in_zone(&home, zone, &["study", "--plain"], "?\n3\nquit\n"));
        assert!(told.contains("\nsaved ") && !told.contains("unknown"), "{zone:?}: {told}");
        let (found, day, led_to) = newest(&home);
        assert_eq!((&*found, day), (offset, led_to), "{zone:?}");
    }
}

#[test]
fn a_zone_that_the_machine_does_not_know_is_told_and_stops_nobody() {
    let home = Home::with_chapter(12);
    let names = ["Mars/Phobos", ":Nowhere", "\u{1b}[31m", "../../../etc/passwd", "garbage", "12", ",,,"];
    let rules = ["AAA3BBB", "AAA99:99", "<+05-05:00"];
    for zone in names.into_iter().chain(rules) {
        let told = said(&in_zone(&home, Some(zone), &["study", "--plain"], "?\n3\nquit\n"));
        assert!(told.contains("\nsaved ") && !told.contains('\u{1b}'), "{zone}: {told}");
        let doubt = "which TZ names, is unknown here: days go by UTC+";
        assert!(told.contains(doubt), "{zone}: {told}");
        let (_, day, led_to) = newest(&home);
        assert_eq!(day, led_to, "{zone}");
    }
    let told = said(&in_zone(&home, None, &["study", "--plain"], "quit\n"));
    assert!(!told.contains("unknown"), "{told}");
}
