//! What looking for cards takes among 100,000 of them: `cargo bench --bench search`.
//!
//! Questions are made of words as common and as rare as those of a language (by Zipf's law). Figures are
//! medians of the first page, as the browser and `retain search` ask for it.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use oorandom::Rand64;
use retain::{
    domain::{
        deck::DeckName,
        grade::Grade,
        ids::{CardId, OptionId},
        question::{Choice, Question},
        review_log::{Act, Answer, Outcome},
        scheduler::Schedulers,
        search,
        time::{Days, Moment, Rollover},
    },
    store::{Order, Search, SortKey, Store},
};

const DECKS: usize = 2_000;
const QUESTIONS: usize = 50;
const VOCABULARY: usize = 20_000;
/// Words of a question: stem, options and explanation together; about 315 bytes.
const WORDS: usize = 50;
const ANSWERED: usize = 20_000;
const PAGE: usize = 100;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut vocabulary = Vocabulary::new();
    let mut store = Store::open(folder.path()).expect("opens");
    let cards = fill(&mut store, &mut vocabulary);
    answer(&mut store, &cards);
    let bare = size(folder.path());
    println!("{} questions, {bare} bytes each without an index", cards.len());

    let start = Instant::now();
    while store.index_more().expect("indexed") {}
    println!("indexing all of them: {:.2} s", start.elapsed().as_secs_f64());
    println!("bytes of the index for a question: {}", size(folder.path()) - bare);

    let [common, usual, rare] = [0, 300, 9_000].map(|rank| vocabulary.words[rank].clone());
    for (what, query) in [
        ("a word in nearly all questions", common.clone()),
        ("a usual word", usual.clone()),
        ("a rare word", rare.clone()),
        ("two words, common", format!("{common} {}", vocabulary.words[1])),
        ("two words, one rare", format!("{common} {rare}")),
        ("two words, usual", format!("{usual} {}", vocabulary.words[310])),
        ("three letters", common.chars().take(3).collect()),
        ("a phrase that nobody wrote", format!("\"{usual} {usual}\"")),
        ("without a word", format!("{usual} -{common}")),
        ("one deck", "deck:\"chapter 1234\"".to_owned()),
        ("a topic", "topic:topic7".to_owned()),
        ("a difficulty", "difficulty:advanced".to_owned()),
        ("a number", "id:Q1234.5".to_owned()),
        ("what is due", "is:due".to_owned()),
        ("what is new", "is:new".to_owned()),
        ("what is learned", "is:learning".to_owned()),
        ("what is young", "is:young".to_owned()),
        ("an interval", "interval>7".to_owned()),
        ("an ease", "ease>=2".to_owned()),
        ("what will be due", "due<=7".to_owned()),
        ("leeches, of which there are none", "is:leech".to_owned()),
        ("flagged, of which there are none", "is:flagged".to_owned()),
        ("suspended, of which there are none", "is:suspended".to_owned()),
        ("mature, of which there are none", "is:mature".to_owned()),
        ("retired, of which there are none", "is:retired".to_owned()),
        ("a long interval, of which there are none", "interval>=21".to_owned()),
        ("a low ease, which no card has", "ease<1.8".to_owned()),
        ("five lapses, which no card has", "lapses=5".to_owned()),
        ("due in a year, which no card is", "due>365".to_owned()),
        ("one deck in eighteen", "deck:\"chapter 19\"".to_owned()),
        ("a deck that is not there", "deck:nothing".to_owned()),
        ("seen lately", "seen:7d".to_owned()),
        ("wrong lately", "wrong:30d".to_owned()),
        ("a word in one deck", format!("deck:\"chapter 1234\" {common}")),
        ("everything", String::new()),
    ] {
        figure(&store, what, &query, Order::default());
    }
    for key in [SortKey::Deck, SortKey::Due, SortKey::Topic] {
        figure(&store, &format!("everything by {key:?}"), "", Order { key, is_descending: false });
        figure(&store, &format!("a usual word by {key:?}"), &usual, Order { key, is_descending: false });
    }
}

fn figure(store: &Store, what: &str, query: &str, order: Order) {
    let search = || Search { expression: search::parse(query).expect("understood"), order, today: now().day };
    let page = || {
        let cards = store.search(&search(), 0, PAGE).expect("found");
        store.found(&cards).expect("read").len()
    };
    let found = page();
    let first_page = median(|| assert_eq!(page(), found));
    let count = median(|| assert!(store.count_found(&search()).expect("counted") >= found));
    println!("{what:42} {:8.2} ms, {found:3} cards; counted in {:7.2} ms", ms(first_page), ms(count));
}

fn median(work: impl Fn()) -> Duration {
    const TIMES: usize = 15;
    let mut all: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[TIMES / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn size(folder: &Path) -> u64 {
    fs::metadata(folder.join("retain.db")).expect("a database").len() / (DECKS * QUESTIONS) as u64
}

fn now() -> Moment {
    Moment::new("2026-11-22T12:00:00+01:00".parse().expect("RFC 3339"), Rollover::default())
}

fn fill(store: &mut Store, vocabulary: &mut Vocabulary) -> Vec<CardId> {
    let schedulers = Schedulers::SM2;
    let import = store.import(&schedulers).expect("an import");
    let mut cards = Vec::with_capacity(DECKS * QUESTIONS);
    for chapter in 0..DECKS {
        let name = DeckName { book: None, chapter: format!("Chapter {chapter}") };
        let deck = import.add_deck(&name).expect("a deck");
        let mut adding = import.adding(deck, &name).expect("a deck");
        for place in 0..QUESTIONS {
            let question = vocabulary.question(chapter, place);
            cards.push(adding.card(place as u32, 1, &question).expect("a card"));
        }
        import.refresh(deck).expect("counts");
    }
    import.commit().expect("committed");
    cards
}

fn answer(store: &mut Store, cards: &[CardId]) {
    let answered = cards.iter().step_by(cards.len() / ANSWERED).enumerate().map(|(nth, card)| {
        let right = nth % 5 != 0;
        let grade = if right { Grade::Good } else { Grade::Again };
        let outcome = if right { Outcome::Right } else { Outcome::Wrong };
        let chosen = vec![OptionId(0)];
        let promised = Days(1 + nth as u32 % 12);
        (
            *card,
            Act::Answer(Answer {
                grade,
                outcome,
                chosen,
                place: None,
                covered: false,
                took_ms: 5_000,
                promised,
            }),
        )
    });
    let (rollover, schedulers) = (Rollover::default(), Schedulers::SM2);
    store.record_all(answered.collect(), now(), rollover, &schedulers).expect("recorded");
}

/// Words, the commonest first, and dice that throw them as often as they occur.
struct Vocabulary {
    words: Vec<String>,
    cumulated: Vec<f64>,
    random: Rand64,
}

impl Vocabulary {
    fn new() -> Self {
        let mut random = Rand64::new(1);
        let words = (0..VOCABULARY).map(|_| word(&mut random)).collect();
        let weights = (0..VOCABULARY).map(|rank| 1.0 / (rank + 3) as f64);
        let cumulated = weights
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        Self { words, cumulated, random }
    }

    fn text(&mut self, words: usize) -> String {
        let all = self.cumulated[VOCABULARY - 1];
        let mut text = Vec::with_capacity(words);
        for _ in 0..words {
            let thrown = self.random.rand_float() * all;
            let rank = self.cumulated.partition_point(|sum| *sum < thrown);
            text.push(self.words[rank].as_str());
        }
        text.join(" ")
    }

    fn question(&mut self, chapter: usize, place: usize) -> Question {
        let option = |id: u16, text| Choice { id: OptionId(id), text };
        let options = (0..4).map(|id| option(id, format!("{id} {}", self.text(4)))).collect();
        let stem = self.text(10);
        let mut question = Question::new(stem, options, vec![OptionId(0)]).expect("sound");
        question.number = Some(format!("{chapter}.{place}"));
        question.topic = format!("Topic{}", (chapter + place) % 40);
        question.difficulty = Some(["basic", "intermediate", "advanced"][place % 3].to_owned());
        question.explanation = self.text(WORDS - 26);
        question
    }
}

fn word(random: &mut Rand64) -> String {
    const LETTERS: &[u8] = b"etaoinshrdlucmfwypvbgkqjxz";
    let length = 2 + random.rand_range(0..9) as usize;
    let letter = |random: &mut Rand64| {
        let skewed = random.rand_float() * random.rand_float();
        char::from(LETTERS[(skewed * LETTERS.len() as f64) as usize])
    };
    (0..length).map(|_| letter(random)).collect()
}
