//! Each statistic beside a small history that was worked out by hand, and what must hold for any history.

use std::collections::HashMap;

use proptest::prelude::*;
use retain::domain::{
    card::{CardState, Hold},
    deck::{Deck, DeckName},
    evaluation::{Interval, Ledger, Share},
    grade::Grade::{self, Again, Good, Hard},
    ids::{CardId, DeckId, OptionId},
    question::{Choice, Question},
    queue::Limits,
    review_log::Outcome::{self, NotKnown, Right, Unobserved, Wrong},
    scheduler::{Memory, Schedule, Scheduler, sm2::Ease},
    stats::{
        Builder, Calendar, Card, Cards, Chapter, Choices, Confusions, Given, GroupKey, History, Lately, Load,
        Missed, Period, Prediction, Present, Recall, Retention, Shelf, Span, Summary, Topics,
    },
    time::{Days, StudyDay},
};

/// Monday, 2 November 2026: the day 0 of the story.
const MONDAY: StudyDay = StudyDay(20_759);

fn day(nth: i32) -> StudyDay {
    StudyDay(MONDAY.0 + nth)
}

const GIT: u32 = 0;
const PYTHON: u32 = 1;
const WORDS: [&str; 5] = ["merge", "rebase", "slots", "Basic", "Advanced"];

fn chapter(id: i64, name: &str) -> Chapter {
    let name = DeckName { book: None, chapter: name.to_owned() };
    Chapter { deck: Deck { id: DeckId(id), name }, scheduler: Scheduler::SM2, target: None }
}

fn card(id: i64, chapter: u32, topic: u32, difficulty: u32, options: u8, key: u16) -> Card {
    Card {
        id: CardId(id),
        chapter: Some(chapter),
        retired: false,
        topic: Some(topic),
        difficulty: Some(difficulty),
        options: (options > 0).then_some(options),
        keys: (options > 0).then_some(OptionId(key)).into_iter().collect(),
        is_shuffled: options > 0,
        state: CardState::default(),
    }
}

fn scheduled(due: i32, interval: u32, repetitions: u32, hold: Hold) -> CardState {
    let schedule = Schedule {
        memory: Memory::Sm2 { ease: Ease::from_hundredths(236) },
        repetitions,
        interval: Days(interval),
        due: day(due),
        answered: day(due - interval as i32),
        introduced: day(0),
        lapses: 1,
        drills: None,
    };
    CardState { schedule: Some(schedule), hold, flagged: false, deleted: false }
}

fn present(today: i32) -> Present {
    Present { today: day(today), limits: Limits { new: 10, reviews: 200 } }
}

/// Three cards: the first has four options and the second is right, the next two and the first is, and the
/// third is a flip card.
fn cards() -> Vec<Card> {
    vec![card(11, GIT, 0, 3, 4, 1), card(12, GIT, 1, 4, 2, 0), card(13, PYTHON, 2, 3, 0, 0)]
}

/// Cards and the answers to them.
#[derive(Debug)]
struct Told {
    shelf: Shelf,
    history: History,
}

impl Told {
    fn summary(&self, period: Period) -> Summary {
        Summary::of(&self.shelf, &self.history, period)
    }

    fn lately(&self, period: Period, present: &Present) -> Lately {
        Lately::new(&self.shelf, &self.summary(period), present)
    }

    fn retention(&self, period: Period, present: &Present) -> Retention {
        Retention::new(&self.shelf, &self.summary(period), present)
    }

    fn topics(&self) -> Topics {
        Topics::new(&self.shelf, &self.summary(Period::ALL))
    }

    fn confusions(&self, period: Period, questions: &HashMap<CardId, Question>) -> Confusions {
        Missed::new(&self.shelf, &self.summary(period)).with(&self.shelf, questions)
    }
}

fn shelf(cards: Vec<Card>) -> Shelf {
    let chapters = vec![chapter(1, "Git"), chapter(2, "Python")];
    Shelf { cards, chapters, words: WORDS.map(str::to_owned).into() }
}

/// An answer of the story: day, hour, card, grade, outcome, what was chosen, seconds, promised interval. Of
/// choices 0 is none, 1 the author's first option and 2 the second.
type Step = (i32, u8, u32, Grade, Outcome, u16, u32, u32);

const STORY: [Step; 11] = [
    (0, 9, 0, Good, Right, 2, 4, 1),
    (0, 9, 1, Again, Wrong, 2, 10, 1),
    (0, 9, 1, Good, Right, 1, 3, 1),
    (0, 10, 2, Good, Unobserved, 0, 2, 1),
    (1, 9, 0, Good, Right, 2, 4, 6),
    (1, 9, 1, Again, Wrong, 2, 200, 1),
    (1, 9, 2, Again, Unobserved, 0, 5, 1),
    (7, 20, 0, Good, Right, 2, 4, 25),
    (7, 20, 1, Good, Right, 1, 6, 6),
    (32, 20, 0, Again, NotKnown, 0, 8, 1),
    (32, 20, 1, Hard, Right, 1, 7, 6),
];

fn told(cards: Vec<Card>, answers: &[Step]) -> Told {
    told_with_places(cards, answers, |_| None)
}

/// The same, with the place on the screen of what the nth answer chooses.
fn told_with_places(cards: Vec<Card>, answers: &[Step], place: impl Fn(usize) -> Option<u8>) -> Told {
    let choices = Choices(vec![vec![], vec![OptionId(0)], vec![OptionId(1)]]);
    let mut builder = Builder::new(cards.len(), choices, answers.len());
    for (at, answer) in answers.iter().enumerate() {
        let (nth, hour, card, grade, outcome, choice, seconds, promised) = *answer;
        let (day, place, took_ms, promised) = (day(nth), place(at), seconds * 1000, Days(promised));
        builder.answer(card, Given { day, grade, outcome, choice, place, took_ms, hour, promised });
    }
    Told { shelf: shelf(cards), history: builder.finish() }
}

fn story() -> Told {
    told(cards(), &STORY)
}

fn of(share: Share) -> (usize, usize) {
    (share.count, share.of)
}

#[test]
fn today_and_lately_count_first_answers_and_at_most_two_minutes_each() {
    let page = story().lately(Period::ALL, &present(32));
    assert_eq!((page.done.answers, of(page.done.right_at_first), page.done.took_ms), (2, (1, 2), 15_000));
    // All but the second answer to the second card on the first day; of 200 seconds 120 count.
    assert_eq!((page.period.answers, of(page.period.right_at_first)), (11, (6, 10)));
    assert_eq!((page.period.took_ms, page.days_studied), (173_000, 4));
    assert_eq!((page.streak.days, page.streak.today, page.streak.longest), (1, true, 2));
    // Over the last fourteen days only.
    let pace = page.pace.expect("a pace");
    assert_eq!((pace.answer_ms, pace.answers, pace.minutes(9)), (7_500, 2, 2));
    let days: Vec<usize> = page.days.iter().map(|day| day.tally.answers).collect();
    assert_eq!((days.len(), days[29], days[4], days.iter().sum::<usize>()), (30, 2, 2, 4));
    let weeks: Vec<usize> = page.weeks.iter().map(|week| week.tally.answers).collect();
    assert_eq!(weeks[7..], [7, 2, 0, 0, 2]);
    assert_eq!(page.weeks[11].from, day(28));
}

#[test]
fn what_is_left_respects_limits_and_what_was_done_today() {
    let due = |id, due| Card { state: scheduled(due, 5, 2, Hold::None), ..card(id, GIT, 0, 3, 4, 1) };
    let new = |id| card(id, GIT, 0, 3, 4, 1);
    let held = Card { state: CardState { hold: Hold::Suspended, ..CardState::default() }, ..new(6) };
    let cards = || told(vec![due(1, 30), due(2, 32), due(3, 33), due(4, 37), new(5), held], &[]);
    let left = |limits| cards().lately(Period::ALL, &Present { limits, ..present(32) }).left;
    // The fourth was answered today: due in five days again.
    let all = left(Limits { new: 10, reviews: 200 });
    assert_eq!((all.due, all.left_out, all.new_today, all.cards()), (2, 0, 1, 3));
    let few = left(Limits { new: 10, reviews: 2 });
    assert_eq!((few.due, few.left_out, few.new_today, few.cards()), (2, 1, 0, 1));
    assert_eq!(cards().lately(Period::ALL, &present(32)).due_tomorrow, 3);
}

#[test]
fn retention_counts_the_first_answers_of_later_days_by_the_interval_before_them() {
    let page = story().retention(Period::ALL, &present(32));
    assert_eq!((page.answers, of(page.all.recalled)), (11, (4, 7)));
    assert_eq!((of(page.young.recalled), of(page.mature.recalled)), ((4, 6), (0, 1)));
    // Of six answers to questions with options: 1 - 1 + 1 + 1 - 1/3 + 1, over 6.
    let guessing = page.all.guessing.expect("options");
    assert_eq!(of(guessing.right), (4, 6));
    assert!((guessing.corrected - 4.0 / 9.0).abs() < 1e-12, "{guessing:?}");
    let spans =
        |spans: &[Span]| -> Vec<_> { spans.iter().map(|it| (it.from, of(it.all.recalled))).collect() };
    assert_eq!(spans(&page.by_month), [(day(-1), (3, 5)), (day(29), (1, 2))]);
    assert_eq!(page.by_month[0].through, day(28));
    assert_eq!(spans(&page.by_week), [(day(0), (1, 3)), (day(7), (2, 2)), (day(28), (1, 2))]);
    assert_eq!(spans(&page.by_day), [(day(1), (1, 3)), (day(7), (2, 2)), (day(32), (1, 2))]);
}

#[test]
fn a_period_takes_its_days_and_leaves_the_interval_before_them() {
    let december = Period { since: Some(day(29)), until: None };
    let page = story().retention(december, &present(32));
    assert_eq!((page.answers, of(page.young.recalled), of(page.mature.recalled)), (2, (1, 1), (0, 1)));
    assert_eq!((Period::month(day(32)).since, Period::year(day(32)).since), (Some(day(3)), Some(day(-332))));
}

#[test]
fn the_calendar_knows_hours_and_days_of_the_week() {
    let page = Calendar::new(&story().summary(Period::ALL), &present(32));
    let days: Vec<_> = page.days.iter().map(|day| (day.day, day.answers, day.took_ms)).collect();
    assert_eq!(days, [(day(0), 4, 19_000), (day(1), 3, 129_000), (day(7), 2, 10_000), (day(32), 2, 15_000)]);
    let hours: Vec<_> = page.hours.iter().filter(|hour| hour.answers > 0).collect();
    let hours: Vec<_> = hours.iter().map(|hour| (hour.hour, hour.answers, of(hour.recalled))).collect();
    assert_eq!(hours, [(9, 6, (1, 3)), (10, 1, (0, 0)), (20, 4, (3, 4))]);
    let studied: Vec<_> = page.weekdays.iter().filter(|day| day.answers > 0).collect();
    let studied: Vec<_> = studied.iter().map(|day| (day.name, day.answers, of(day.recalled))).collect();
    assert_eq!(studied, [("Monday", 6, (2, 2)), ("Tuesday", 3, (1, 3)), ("Friday", 2, (1, 2))]);
    assert_eq!(page.busiest().map(|busiest| busiest.day), Some(day(0)));
}

#[test]
fn the_load_puts_each_card_on_its_day() {
    let at = |id, due, hold| Card { state: scheduled(due, 5, 2, hold), ..card(id, GIT, 0, 3, 4, 1) };
    let cards = vec![
        at(1, 31, Hold::None),
        at(2, 32, Hold::None),
        at(3, 61, Hold::None),
        at(4, 62, Hold::None),
        at(5, 68, Hold::None),
        at(6, 2_000, Hold::None),
        at(7, 30, Hold::Buried(day(33))),
        at(8, 32, Hold::Suspended),
        card(9, GIT, 0, 3, 4, 1),
        Card { retired: true, ..at(10, 32, Hold::None) },
    ];
    let story = told(cards, &[(32, 9, 0, Good, Right, 2, 20, 1)]);
    let page = Load::new(&story.shelf, &story.summary(Period::ALL), &present(32));
    assert_eq!((page.overdue, page.later, page.suspended, page.scheduled), (1, 1, 1, 7));
    let days: Vec<_> = page.days.iter().filter(|day| day.due > 0).map(|day| (day.day, day.due)).collect();
    assert_eq!(days, [(day(32), 1), (day(33), 1), (day(61), 1)]);
    let weeks: Vec<_> = page.weeks.iter().filter(|week| week.due > 0).collect();
    assert_eq!((weeks.len(), weeks[0].from, weeks[0].through, weeks[0].due), (1, day(62), day(68), 2));
    // Two cards at twenty seconds: a begun minute.
    assert_eq!((weeks[0].minutes, page.overdue_minutes), (Some(1), Some(1)));
}

#[test]
fn cards_are_in_one_stage_each() {
    let at = |id, interval, repetitions, hold| Card {
        state: scheduled(40, interval, repetitions, hold),
        ..card(id, GIT, 0, 3, 4, 1)
    };
    let leech = {
        let mut leech = at(5, 21, 1, Hold::None);
        leech.state.schedule.as_mut().expect("a schedule").lapses = 8;
        leech
    };
    let cards = vec![
        card(1, GIT, 0, 3, 4, 1),
        at(2, 1, 0, Hold::None),
        at(3, 20, 1, Hold::Suspended),
        at(4, 6, 2, Hold::Buried(day(33))),
        leech,
        Card { retired: true, ..at(6, 20, 1, Hold::None) },
    ];
    let page = Cards::new(&shelf(cards), &present(32));
    assert_eq!((page.cards, page.new, page.learning, page.young, page.mature), (5, 1, 1, 2, 1));
    assert_eq!((page.suspended, page.buried, page.leeches, page.retired), (1, 1, 1, 1));
    assert_eq!((page.intervals.cards, page.intervals.mean), (4, Some(12.0)));
    let eases: Vec<_> = page.ease.bins.iter().filter(|bin| bin.cards > 0).map(|bin| bin.from).collect();
    assert_eq!((eases, page.ease.median, page.stability.cards), (vec![2.3], Some(2.36), 0));
}

#[test]
fn topics_that_are_surely_weak_come_first() {
    let story = story();
    let page = story.topics();
    let chapters: Vec<_> =
        page.chapters.weakest.iter().map(|it| (it.name.as_str(), of(it.recall.recalled))).collect();
    // Two of three were recalled of both other topics, which then stand in the order of the chapters.
    // One of one forgotten has an upper end of 79 %, four of six recalled one of 90 %.
    assert_eq!(chapters, [("Python", (0, 1)), ("Git", (4, 6))]);
    let topics: Vec<_> =
        page.topics.weakest.iter().map(|it| (it.name.as_str(), it.cards, it.answers)).collect();
    assert_eq!(topics, [("slots", 1, 2), ("merge", 1, 4), ("rebase", 1, 5)]);
    let basic = page.difficulties.weakest.iter().find(|it| it.name == "Basic").expect("a difficulty");
    // 4 + 2 + 4 + 5 + 4 + 8 seconds in six answers.
    assert_eq!((basic.cards, basic.answers, basic.answer_ms), (2, 6, Some(4_500)));
    let cards = |key: GroupKey| key.cards(&story.shelf).map(|card| card.id).collect::<Vec<_>>();
    assert_eq!(cards(basic.key), [CardId(11), CardId(13)]);
    assert_eq!(cards(GroupKey::Chapter(DeckId(2))), [CardId(13)]);
}

fn question(stem: &str, options: &[&str], key: u16) -> Question {
    let options =
        options.iter().zip(0..).map(|(text, id)| Choice { id: OptionId(id), text: (*text).to_owned() });
    Question::new(stem.to_owned(), options.collect(), vec![OptionId(key)]).expect("a question")
}

fn confusions(story: &Told) -> Confusions {
    let questions = HashMap::from([
        (CardId(11), question("What merges?", &["pull", "merge", "log", "add"], 1)),
        (CardId(12), question("What rebases?", &["rebase", "commit"], 0)),
        (CardId(13), Question::recall("Slots?".to_owned(), "No dict.".to_owned()).expect("a card")),
    ]);
    story.confusions(Period::ALL, &questions)
}

#[test]
fn the_wrong_option_that_wins_is_told_by_its_text() {
    let page = confusions(&story());
    let [confusion] = page.confusions.as_slice() else { panic!("{:?}", page.confusions) };
    let (wrong, right) = (confusion.wrong.as_str(), confusion.right.as_slice());
    assert_eq!((confusion.card, wrong, right), (CardId(12), "commit", &["rebase".to_owned()][..]));
    assert_eq!((of(confusion.chosen), confusion.not_known, confusion.answers), ((2, 2), 0, 5));
    let hardest: Vec<_> = page.hardest.iter().map(|hard| (hard.card.0, of(hard.missed))).collect();
    assert_eq!(hardest, [(12, (2, 4)), (13, (1, 2)), (11, (1, 4))]);
}

#[test]
fn grades_are_told_for_each_kind_of_card_and_letters_beside_the_right_ones() {
    let page = confusions(&story());
    let grades: Vec<_> =
        page.grades.iter().map(|it| (it.cards, it.again, it.hard, it.good, it.easy)).collect();
    let expected =
        [("new", 1, 0, 2, 0), ("young", 2, 1, 3, 0), ("mature", 1, 0, 0, 0), ("repeated", 0, 0, 1, 0)];
    assert_eq!(grades, expected);
    let letters: Vec<_> = page.letters.iter().map(|it| (it.letter, of(it.chosen), of(it.right))).collect();
    let expected =
        [('A', (3, 8), (5, 8)), ('B', (5, 8), (3, 8)), ('C', (0, 3), (0, 3)), ('D', (0, 3), (0, 3))];
    assert_eq!(letters, expected);
}

/// Thirty-two answers to a question with four options and eight to one with two, which chose these places.
fn with_places(four: [usize; 4], two: [usize; 2]) -> Told {
    let of_card = |card: u32, counts: &[usize]| -> Vec<(u32, u8)> {
        let places = (0..).zip(counts).flat_map(|(place, count)| vec![(card, place); *count]);
        places.collect()
    };
    let chosen = [of_card(0, &four), of_card(1, &two)].concat();
    let mut steps: Vec<Step> =
        (0..).zip(&chosen).map(|(nth, (card, _))| (nth, 9, *card, Good, Right, 1, 4, 1)).collect();
    // Of two answers it is not known, one chose nothing, and one was to a question that keeps its order.
    steps.extend([
        (90, 9, 0, Good, Right, 1, 4, 1),
        (91, 9, 1, Good, Right, 1, 4, 1),
        (92, 9, 1, Again, NotKnown, 0, 4, 1),
        (93, 9, 2, Good, Right, 1, 4, 1),
    ]);
    let mut cards = cards();
    cards[2] = Card { is_shuffled: false, ..card(13, PYTHON, 2, 3, 4, 0) };
    told_with_places(cards, &steps, |at| match steps[at].2 {
        2 => Some(0),
        _ => chosen.get(at).map(|(_, place)| *place),
    })
}

#[test]
fn a_place_of_the_screen_stands_out_where_an_even_choice_does_not_explain_it() {
    let page = confusions(&with_places([20, 4, 4, 4], [4, 4])).places;
    let told: Vec<_> =
        page.by_letter.iter().map(|it| (it.letter, of(it.chosen), it.even, it.stands_out)).collect();
    // Evenly A and B would be (32 / 4 + 8 / 2) of 40. By hand, Wilson at 99 %: A 0.400 to 0.771, B 0.086 to 0.399,
    // C and D 0.038 to 0.341.
    let expected = [
        ('A', (24, 40), 0.3, true),
        ('B', (8, 40), 0.3, false),
        ('C', (4, 32), 0.25, false),
        ('D', (4, 32), 0.25, false),
    ];
    assert_eq!((page.known, page.unknown), (40, 2));
    assert_eq!(told, expected);
    let [favoured, older] = page.verdict().try_into().expect("two sentences");
    assert_eq!(
        favoured,
        "You choose place A more often than chance: 60.0 % of 40 choices, where an even spread would be 30.0 %."
    );
    assert_eq!(older, "Of 2 older answers it is unknown where the option stood.");
    let even = confusions(&with_places([8, 8, 8, 8], [4, 4])).places.verdict();
    assert_eq!(even[0], "No place of the screen stands out, of 40 choices.");
    let avoided = confusions(&with_places([0, 11, 10, 11], [1, 7])).places.verdict();
    assert!(
        avoided[0].starts_with("You choose place A less often than chance: 2.5 % of 40 choices"),
        "{avoided:?}"
    );
}

#[test]
fn of_few_places_nothing_is_said() {
    let page = confusions(&with_places([29, 0, 0, 0], [0, 0])).places;
    assert!(page.by_letter.iter().all(|place| !place.stands_out));
    assert_eq!(page.verdict()[0], "29 choices tell where the option stood; below 30 nothing is said.");
    let none = confusions(&story()).places;
    assert_eq!((none.known, none.unknown, none.by_letter.len()), (0, 8, 0));
}

#[test]
fn too_few_answers_are_not_predicted() {
    let story = story();
    let measured = Prediction::measure(&story.shelf, &story.history, Period::ALL);
    let page = Prediction::new(&story.summary(Period::ALL), measured);
    assert_eq!((page.scored, page.measured.is_none()), (7, true));
    assert!(page.verdict().contains("7 answers can be scored so far; below 100"), "{}", page.verdict());
    let guessing = page.guessing.expect("options");
    assert_eq!(of(guessing.right), (4, 6));
}

/// Any history of some weeks: in order, with cards of both chapters.
fn histories() -> impl Strategy<Value = Told> {
    let answer = (0..3_i32, 0..24_u8, 0..3_u32, 0..4_usize, 0..3_u16, 1..300_u32, 1..60_u32);
    proptest::collection::vec(answer, 0..120).prop_map(|steps| {
        let mut nth = 0;
        let answer = |(gap, hour, card, grade, choice, seconds, promised)| {
            nth += gap;
            let outcome = match (card, choice) {
                (2, _) => Unobserved,
                (_, 0) => NotKnown,
                (0, 2) | (1, 1) => Right,
                (_, _) => Wrong,
            };
            let choice = if outcome == Unobserved { 0 } else { choice };
            (nth, hour, card, Grade::ALL[grade], outcome, choice, seconds, promised)
        };
        let steps: Vec<Step> = steps.into_iter().map(answer).collect();
        told_with_places(cards(), &steps, |at| [None, Some(0), Some(1), Some(3)][at % 4])
    })
}

fn recalled_of(recalls: impl IntoIterator<Item = Recall>) -> Share {
    recalls.into_iter().fold(Share::default(), |sum, recall| sum.plus(recall.recalled))
}

proptest! {
    #[test]
    fn parts_add_up_to_the_whole(story in histories()) {
        let present = present(story.history.answers.last().map_or(0, |last| last.day.0 - MONDAY.0));
        let retention = story.retention(Period::ALL, &present);
        let whole = retention.all.recalled;
        prop_assert_eq!(recalled_of([retention.young, retention.mature]), whole);
        prop_assert_eq!(recalled_of(retention.by_month.iter().map(|month| month.all)), whole);
        let calendar = Calendar::new(&story.summary(Period::ALL), &present);
        prop_assert_eq!(calendar.hours.iter().map(|hour| hour.answers).sum::<usize>(), story.history.answers.len());
        prop_assert_eq!(calendar.weekdays.iter().map(|day| day.answers).sum::<usize>(), story.history.answers.len());
        let by_hour = calendar.hours.iter().fold(Share::default(), |sum, hour| sum.plus(hour.recalled));
        prop_assert_eq!(by_hour, whole);
        let topics = story.topics();
        for groups in [&topics.topics, &topics.difficulties, &topics.chapters] {
            prop_assert_eq!(recalled_of(groups.weakest.iter().map(|group| group.recall)), whole);
            prop_assert_eq!(groups.weakest.iter().map(|group| group.answers).sum::<usize>(), topics.answers);
        }
        let grades = confusions(&story).grades;
        prop_assert_eq!(grades.iter().map(|kind| kind.answers).sum::<usize>(), story.history.answers.len());
        let lately = story.lately(Period::ALL, &present);
        prop_assert_eq!(lately.period.answers, story.history.answers.len());
    }

    #[test]
    fn two_periods_that_meet_hold_all_answers_once(story in histories(), cut in -5..100_i32) {
        let present = present(100);
        let before = Period { since: None, until: Some(day(cut)) };
        let after = Period { since: Some(day(cut + 1)), until: None };
        let whole = story.retention(Period::ALL, &present);
        let [one, other] = [before, after].map(|period| story.retention(period, &present));
        prop_assert_eq!(one.answers + other.answers, whole.answers);
        prop_assert_eq!(recalled_of([one.all, other.all]), whole.all.recalled);
        let letters = |period| story.confusions(period, &HashMap::new()).letters;
        let chosen = |period| letters(period).iter().map(|letter| letter.chosen.count).sum::<usize>();
        prop_assert_eq!(chosen(before) + chosen(after), chosen(Period::ALL));
    }

    #[test]
    fn a_summary_to_which_answers_are_added_is_that_of_all_of_them(story in histories(), cut in 0..120_usize) {
        let Told { shelf, history } = &story;
        let cut = cut.min(history.answers.len());
        let mut summary = Summary::empty(shelf.cards.len(), Period::ALL);
        summary.add(shelf, history, &history.answers[..cut]);
        summary.add(shelf, history, &history.answers[cut..]);
        prop_assert_eq!(summary, story.summary(Period::ALL));
    }

    #[test]
    fn a_summary_is_made_again_of_its_numbers(story in histories()) {
        let mut summary = story.summary(Period::ALL);
        let mut numbers = Vec::new();
        summary.each_number(&mut |number| {
            numbers.push(number);
            number
        });
        prop_assert_eq!(&summary, &story.summary(Period::ALL));
        let mut numbers = numbers.into_iter();
        let mut again = Summary::empty(story.shelf.cards.len(), Period::ALL);
        again.each_number(&mut |_| numbers.next().expect("as many numbers"));
        prop_assert_eq!((again, numbers.next()), (summary, None));
    }

    #[test]
    fn a_ledger_that_goes_on_comes_to_the_same_to_the_bit_as_one_of_all_answers(
        story in histories(), cut in 0..120_usize
    ) {
        let Told { shelf, history } = &story;
        let cut = cut.min(history.answers.len());
        let mut ledger = Ledger::default();
        Prediction::enter(&mut ledger, shelf, &History { answers: history.answers[..cut].into(), ..history.clone() }, 0);
        Prediction::enter(&mut ledger, shelf, history, cut);
        let mut at_once = Ledger::default();
        Prediction::enter(&mut at_once, shelf, history, 0);
        prop_assert_eq!(&ledger, &at_once);
        prop_assert_eq!(ledger.measurement(&Prediction::PREDICTORS), Prediction::measure(shelf, history, Period::ALL));
    }

    #[test]
    fn wilsons_interval_holds_its_share_between_nothing_and_all(of in 1..5_000_usize, part in 0.0..=1.0) {
        let share = Share { count: (of as f64 * part) as usize, of };
        let Interval { low, high } = share.interval();
        prop_assert!(0.0 <= low && low <= share.value() + 1e-12 && share.value() <= high + 1e-12 && high <= 1.0);
    }

    #[test]
    fn a_histogram_holds_each_card_once(intervals in proptest::collection::vec(1..400_u32, 0..40)) {
        let card = |(nth, interval): (i64, u32)| Card {
            state: scheduled(40, interval, 1, Hold::None),
            ..card(nth, GIT, 0, 3, 4, 1)
        };
        let cards: Vec<Card> = (1..).zip(intervals).map(card).collect();
        let count = cards.len();
        let page = Cards::new(&shelf(cards), &present(32));
        prop_assert_eq!(page.intervals.bins.iter().map(|bin| bin.cards).sum::<usize>(), count);
        prop_assert_eq!(page.new + page.learning + page.young + page.mature, page.cards);
    }
}
