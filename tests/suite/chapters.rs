//! Chapters for tests, made up as they are needed.

use std::path::Path;

use retain::{
    domain::{deck::DeckName, question::Question, scheduler::Schedulers},
    store::Store,
};

/// A chapter of so many questions. The right option of each begins with “right”, and stands at a
/// different letter from one question to the next.
pub fn chapter(title: &str, questions: usize) -> String {
    let head = format!("# {title}\n\n> **Topics Covered**: made up, for tests\n\n## Questions\n\n---\n\n");
    head + &(1..=questions).map(question).collect::<String>()
}

/// One question of a chapter.
pub fn question(number: usize) -> String {
    let key = number % 4;
    let option = |place: usize| {
        let letter = char::from(b'A' + place as u8);
        let word = if place == key { "right" } else { "wrong" };
        format!("{letter}) {word} thing {place} of {number}\n")
    };
    let options: String = (0..4).map(option).collect();
    let letter = char::from(b'A' + key as u8);
    format!(
        "**Q1.{number}: Basic - [Topic {number}]**\n\nWhich thing belongs to number {number}?\n\n{options}\n\
         **Answer: {letter}**\n\n**Explanation:**\nThe right thing of number {number} does.\n\n---\n\n"
    )
}

/// Adds the deck `Sauces` to the collection in this folder: two flip cards, of which the second one has
/// neither number nor topic.
pub fn add_flip_cards(folder: &Path) {
    let card = |stem: &str, answer: &str| Question::recall(stem.to_owned(), answer.to_owned());
    let mut sauces = card(
        "Name the five mother sauces of *French* cooking.",
        "1. Béchamel\n2. Velouté\n3. Espagnole\n4. Hollandaise\n5. Tomato\n\nAll others are made from these.",
    )
    .expect("a flip card");
    sauces.number = Some("3.1".to_owned());
    sauces.difficulty = Some("basic".to_owned());
    sauces.topic = "Mother sauces".to_owned();
    let emulsion = card(
        "What keeps mayonnaise from splitting while the oil is added?",
        "The lecithin of the yolk, an emulsifier; and patience.",
    );
    let mut store = Store::open(folder).expect("a collection");
    let name = DeckName { book: None, chapter: "3 Sauces".to_owned() };
    let schedulers = Schedulers::SM2;
    let import = store.import(&schedulers).expect("an import");
    let deck = import.add_deck(&name).expect("a deck");
    let mut adding = import.adding(deck, &name).expect("a deck");
    for (place, question) in (0..).zip([sauces, emulsion.expect("a flip card")]) {
        adding.card(place, 10 * place + 1, &question).expect("a card");
    }
    drop(adding);
    import.refresh(deck).expect("counts");
    import.commit().expect("committed");
}
