//! What is done to the cards that were found: as one act, undone as one, and kept through imports and merges.

use retain::{
    app::{Access, App, Deed, ImportOptions, Order, Setup},
    domain::{
        card::Hold,
        deck::{DeckName, Scope},
        grade::Grade,
        ids::CardId,
        review_log::Act,
    },
    export::Format,
};
use tempfile::TempDir;

use crate::chapters::chapter;

const TODAY: &str = "2026-11-22T12:00:00+01:00";

struct Desk {
    app: App,
    folder: TempDir,
}

impl Desk {
    fn with_two_chapters() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = opened(&folder);
        let mut desk = Self { app, folder };
        desk.write("one.md", &chapter("Chapter 1: Things", 4));
        desk.write("two.md", &chapter("Chapter 2: More", 2).replace("Q1.", "Q2.").replace("thing", "sort"));
        desk.import("one.md");
        desk.import("two.md");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("written");
    }

    /// The words of the report on a file that is imported.
    fn import(&mut self, name: &str) -> String {
        let path = self.folder.path().join(name);
        let report = self.app.import(&[path], ImportOptions::default(), &mut |_| true).expect("imported");
        report.files[0].changes.to_string()
    }

    fn found(&self, query: &str) -> Vec<CardId> {
        let search = self.app.search_for(query, Order::default()).expect("understood");
        self.app.search(&search, 0, 100).expect("found")
    }

    fn numbers(&self, query: &str) -> String {
        let found = self.app.found(&self.found(query)).expect("read");
        found.into_iter().filter_map(|found| found.number).collect::<Vec<_>>().join(" ")
    }

    fn do_to(&mut self, query: &str, deed: &Deed) -> usize {
        let cards = self.found(query);
        self.app.do_to(&cards, deed).expect("done").len()
    }

    fn undo(&mut self) {
        self.app.undo(&Scope::Everything).expect("undone").expect("something");
    }

    fn answer(&mut self, query: &str, grade: Grade) {
        for card in self.found(query) {
            let asked = self.app.ask(card).expect("asked");
            let key = asked.question.keys().to_vec();
            let revealed = self.app.reveal(asked, key, 3_000);
            self.app.record(card, Act::Answer(revealed.graded(grade))).expect("recorded");
        }
    }

    fn cards_of(&self, chapter: &str) -> usize {
        let overview = self.app.overview().expect("an overview");
        overview.decks.iter().find(|row| row.name.chapter == chapter).expect("a deck").counts.cards
    }
}

fn opened(folder: &TempDir) -> App {
    let data = folder.path().join("data");
    let now = Some(TODAY.parse().expect("RFC 3339"));
    let setup = Setup { data_dir: Some(data.clone()), config_dir: Some(data), now, seed: Some(1) };
    App::open(&setup, Access::Write).expect("opens")
}

fn deck(chapter: &str) -> DeckName {
    DeckName { book: None, chapter: chapter.to_owned() }
}

#[test]
fn what_is_done_to_many_is_one_act_and_one_undo() {
    let mut desk = Desk::with_two_chapters();
    desk.answer("deck:things", Grade::Good);
    let table = [
        (Deed::Suspend, "is:suspended"),
        (Deed::Bury, "is:buried"),
        (Deed::Flag, "is:flagged"),
        (Deed::Reset, "is:new deck:things"),
        (Deed::Delete, "is:deleted"),
    ];
    for (deed, query) in table {
        assert_eq!(desk.numbers(query), "", "{deed:?}");
        assert_eq!(desk.do_to("deck:things", &deed), 4, "{deed:?}");
        assert_eq!(desk.numbers(query), "1.1 1.2 1.3 1.4", "{deed:?}");
        desk.undo();
        assert_eq!(desk.numbers(query), "", "{deed:?}");
    }
    assert_eq!(desk.do_to("", &Deed::Release), 0, "nothing is set aside, and nothing is put into the log");
}

#[test]
fn a_deleted_question_is_gone_until_it_is_brought_back() {
    let mut desk = Desk::with_two_chapters();
    desk.answer("id:1.2", Grade::Good);
    desk.do_to("id:1.2", &Deed::Delete);
    assert_eq!((desk.numbers("deck:things"), desk.cards_of("1 Things")), ("1.1 1.3 1.4".to_owned(), 3));
    assert_eq!(desk.numbers("is:deleted"), "1.2");
    let exported = desk.app.export(&Scope::Everything, Format::Markdown).expect("exported");
    assert_eq!(exported.iter().map(|deck| deck.questions).sum::<usize>(), 5);

    assert_eq!(desk.do_to("is:deleted", &Deed::Release), 1);
    assert_eq!((desk.numbers("deck:things"), desk.cards_of("1 Things")), ("1.1 1.2 1.3 1.4".to_owned(), 4));
    let state = desk.app.state(desk.found("id:1.2")[0]).expect("a state");
    assert!(state.schedule.is_some() && state.hold == Hold::None, "its schedule is as it was");
}

#[test]
fn an_import_leaves_deleted_questions_deleted_and_says_so() {
    let mut desk = Desk::with_two_chapters();
    desk.do_to("id:1.2", &Deed::Delete);
    assert_eq!(desk.import("one.md"), "nothing changed; 1 of them deleted by you, and left so");
    desk.write("one.md", &chapter("Chapter 1: Things", 5).replace("number 2 does", "number 2 does so"));
    let told = desk.import("one.md");
    assert_eq!(told, "1 added, 1 edited, 3 unchanged; 1 of them deleted by you, and left so");
    assert_eq!(desk.numbers("deck:things"), "1.1 1.3 1.4 1.5");
    assert_eq!(desk.cards_of("1 Things"), 4);

    desk.undo();
    assert_eq!(desk.numbers("deck:things"), "1.1 1.2 1.3 1.4 1.5");
}

#[test]
fn what_leaves_its_chapter_while_it_is_deleted_is_retired_when_it_comes_back() {
    let mut desk = Desk::with_two_chapters();
    desk.do_to("id:1.4", &Deed::Delete);
    desk.write("one.md", &chapter("Chapter 1: Things", 3));
    desk.import("one.md");
    assert_eq!((desk.numbers("is:deleted"), desk.numbers("is:retired")), ("1.4".to_owned(), String::new()));
    desk.undo();
    assert_eq!((desk.numbers("is:deleted"), desk.numbers("is:retired")), (String::new(), "1.4".to_owned()));
    assert_eq!(desk.numbers("deck:things"), "1.1 1.2 1.3");
}

#[test]
fn a_card_that_was_moved_is_studied_there_and_follows_its_chapter() {
    let mut desk = Desk::with_two_chapters();
    let more = deck("2 More");
    assert_eq!(desk.do_to("id:1.2 or id:2.1", &Deed::Move(more.clone())), 1, "one is there already");
    assert_eq!(desk.numbers("deck:more"), "1.2 2.1 2.2");
    assert_eq!((desk.cards_of("1 Things"), desk.cards_of("2 More")), (3, 3));

    desk.write("one.md", &chapter("Chapter 1: Things", 4).replace("number 2 does", "number 2 does so"));
    assert_eq!(desk.import("one.md"), "1 edited, 3 unchanged");
    assert_eq!(desk.numbers("deck:more"), "1.2 2.1 2.2");
    desk.write("two.md", &chapter("Chapter 2: More", 1).replace("Q1.", "Q2.").replace("thing", "sort"));
    assert_eq!(
        desk.import("two.md"),
        "1 retired, 1 unchanged",
        "what was moved in belongs to another chapter"
    );

    desk.do_to("id:1.2", &Deed::Move(deck("1 Things")));
    assert_eq!((desk.numbers("deck:things"), desk.cards_of("1 Things")), ("1.1 1.2 1.3 1.4".to_owned(), 4));
    desk.undo();
    assert_eq!(desk.numbers("deck:more"), "1.2 2.1");
}

#[test]
fn practice_is_kept_in_the_log_and_changes_nothing() {
    let mut desk = Desk::with_two_chapters();
    desk.answer("id:1.1", Grade::Good);
    let card = desk.found("id:1.1")[0];
    let (state, pace, streak) = (
        desk.app.state(card).expect("a state"),
        desk.app.overview().expect("read").pace_ms,
        desk.app.streaks(),
    );
    let asked = desk.app.ask(card).expect("asked");
    let practised = desk.app.reveal(asked, Vec::new(), 60_000).practised(Grade::Again);
    let recorded = desk.app.record(card, Act::Practise(practised.clone())).expect("recorded");
    assert_eq!(recorded.after, state);
    assert_eq!(desk.app.history(card).expect("a history")[1].act, Act::Practise(practised));
    assert_eq!(desk.app.overview().expect("read").pace_ms, pace);
    assert_eq!(desk.app.streaks().expect("read"), streak.expect("read"));
    assert_eq!(desk.numbers("wrong:1d"), "", "practice is not an answer that counts");

    desk.undo();
    assert_eq!(desk.app.state(card).expect("a state"), state);
}

#[test]
fn deletion_move_and_practice_travel_with_the_log() {
    let mut desk = Desk::with_two_chapters();
    desk.do_to("id:1.2", &Deed::Delete);
    desk.do_to("id:1.3", &Deed::Move(deck("2 More")));
    let card = desk.found("id:1.1")[0];
    let asked = desk.app.ask(card).expect("asked");
    let practised = desk.app.reveal(asked, Vec::new(), 2_000).practised(Grade::Hard);
    desk.app.record(card, Act::Practise(practised)).expect("recorded");
    let mut lines = serde_json::to_string(&retain::app::LogHeader::default()).expect("JSON") + "\n";
    let take = |line: &retain::app::LogLine| {
        lines += &(serde_json::to_string(line).expect("JSON") + "\n");
        Ok::<(), retain::app::Error>(())
    };
    desk.app.log(&Scope::Everything, None, take).expect("written");
    assert!(lines.contains("\"practised hard\"") && lines.contains("\"moved to 2 More\""), "{lines}");

    let mut other = Desk::with_two_chapters();
    other.app.import_log(&mut lines.as_bytes()).expect("merged");
    assert_eq!(
        (other.numbers("is:deleted"), other.numbers("deck:more")),
        ("1.2".to_owned(), "1.3 2.1 2.2".to_owned())
    );
    assert_eq!((other.cards_of("1 Things"), other.cards_of("2 More")), (2, 3));
    assert_eq!(other.app.history(other.found("id:1.1")[0]).expect("a history").len(), 1);
}
