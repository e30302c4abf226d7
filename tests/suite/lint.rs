//! Questions that can be answered without being known, and what is said of them.

use retain::import::{
    Kind, Problem, Severity,
    lint::{Read, lint},
    parse,
};

/// A chapter of questions: a stem, the options, and the letter of the right one.
fn chapter(questions: &[(String, Vec<String>, char)]) -> String {
    let question = |(number, (stem, options, key)): (usize, &(String, Vec<String>, char))| {
        let options: String =
            ('A'..).zip(options).map(|(letter, option)| format!("{letter}) {option}\n")).collect();
        format!(
            "**Q1.{number}: Basic - [Topic]**\n\n{stem}\n\n{options}\n**Answer: {key}**\n\n\
             **Explanation:**\nSo.\n\n---\n\n"
        )
    };
    "# Chapter 1: Things\n\n".to_owned() + &(1..).zip(questions).map(question).collect::<String>()
}

fn lints_of(texts: &[&str]) -> Vec<Vec<Problem>> {
    let parsed: Vec<_> = texts.iter().map(|text| parse(text, "things.md")).collect();
    let names = ["one.md", "two.md", "three.md"];
    let read = texts.iter().zip(&parsed).zip(names);
    lint(&read.map(|((text, parsed), name)| Read { name, text, parsed }).collect::<Vec<_>>())
}

fn kinds(text: &str) -> Vec<Kind> {
    lints_of(&[text])[0].iter().map(|problem| problem.kind).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// So many questions about nothing, with these right letters in turn.
fn habitual(count: usize, keys: &str, options: impl Fn(usize, char) -> Vec<String>) -> String {
    let mut keys = keys.chars().cycle();
    let nouns = ["apple", "river", "stone", "cloud", "field", "tiger", "lemon", "plane", "table", "winter"];
    let stem = |at: usize| format!("{} {} {at}?", nouns[at % 10], nouns[at / 10 % 10].to_uppercase());
    let questions: Vec<_> = (0..count)
        .map(|at| {
            let key = keys.next().expect("keys go round");
            (stem(at), options(at, key), key)
        })
        .collect();
    chapter(&questions)
}

/// Options of one length.
fn plain(at: usize, _: char) -> Vec<String> {
    ["to", "of", "by", "in"].iter().map(|word| format!("{word} {at:03} {}", at * 7919 % 997)).collect()
}

#[test]
fn a_favoured_letter_is_told_once_for_a_chapter() {
    let table = [
        (50, "B", true),
        (50, "BBBA", true),
        (12, "C", true),
        (8, "C", true),
        (7, "C", false),
        (50, "ABCD", false),
        (16, "ABBC", false),
        (48, "ABBC", true),
        (100, "ABBBCDBA", true),
    ];
    for (count, keys, told) in table {
        let found = kinds(&habitual(count, keys, plain));
        let expected = if told { vec![Kind::FavouredLetter] } else { Vec::new() };
        assert_eq!(found, expected, "{count} questions with {keys}");
    }
}

#[test]
fn the_numbers_stand_in_the_message() {
    let lints = lints_of(&[&habitual(40, "BBBA", plain)]).remove(0);
    assert_eq!(lints[0].message, "B is right in 30 of 40 questions; by chance it would be about 10");
    assert_eq!((lints[0].severity, lints[0].line), (Severity::Lint, 1));
    assert_eq!(lints[0].source.text, "# Chapter 1: Things");
}

#[test]
fn a_right_option_that_is_always_the_longest_is_told() {
    let longer_every = |every: usize| {
        move |at: usize, key: char| {
            let mut options = plain(at, key);
            if at.is_multiple_of(every) {
                options[key as usize - 'A' as usize].push_str(" and more");
            }
            options
        }
    };
    assert_eq!(kinds(&habitual(40, "ABCD", longer_every(1))), [Kind::LongestIsRight]);
    assert_eq!(kinds(&habitual(40, "ABCD", longer_every(4))), []);
    assert_eq!(kinds(&habitual(7, "ABCD", longer_every(1))), []);
}

#[test]
fn marks_of_emphasis_and_code_make_no_option_longer() {
    let marked = |at: usize, key: char| {
        let mut options = plain(at, key);
        let right = &mut options[key as usize - 'A' as usize];
        *right = format!("**{right}**");
        options
    };
    assert!(!kinds(&habitual(40, "ABCD", marked)).contains(&Kind::LongestIsRight));
}

#[test]
fn all_of_the_above_is_told_when_it_is_always_right() {
    let with_all = |at: usize, key: char| {
        let mut options = plain(at, key);
        options[3] = "All of the above".to_owned();
        options[usize::from(at.is_multiple_of(2))].push_str(" and a good deal more");
        options
    };
    assert!(kinds(&habitual(5, "D", with_all)).contains(&Kind::AllOfTheAbove));
    assert!(!kinds(&habitual(4, "D", with_all)).contains(&Kind::AllOfTheAbove));
    assert!(!kinds(&habitual(40, "ABCD", with_all)).contains(&Kind::AllOfTheAbove));
}

#[test]
fn grammar_that_fits_the_right_option_alone_is_told() {
    let table: [(&str, &[&str], char, bool); 10] = [
        ("A thing that eats is an", &["tree", "stone", "animal", "cloud"], 'C', true),
        ("A thing that eats is an …", &["tree", "stone", "ant", "cloud"], 'C', true),
        ("A unit of work is a", &["unit", "hour", "eon", "inch"], 'A', true),
        ("A language of queries is an", &["SQL one", "LISP one", "Pascal", "Basic"], 'A', false),
        ("A language of queries is an", &["SQL one", "Basic", "Pascal", "Rust"], 'A', true),
        ("A thing that eats is an", &["oak", "stone", "animal", "cloud"], 'C', false),
        ("A thing that eats is an", &["tree", "`a`", "animal", "cloud"], 'C', false),
        ("Those that eat are:", &["stone", "tigers", "cloud", "glass"], 'B', true),
        ("Those that eat are:", &["stones", "tigers", "clouds", "glass"], 'B', false),
        ("What eats?", &["stone", "animal", "cloud", "tree"], 'B', false),
    ];
    for (stem, options, key, told) in table {
        let found = kinds(&chapter(&[(stem.to_owned(), owned(options), key)]));
        assert_eq!(found.contains(&Kind::GrammarGivesAway), told, "{stem} {options:?}");
    }
}

#[test]
fn a_mark_that_the_right_option_alone_carries_is_told() {
    let table: [(&[&str], bool); 7] = [
        (&["flour", "yeast ✅", "salt"], true),
        (&["flour", "✓ yeast", "salt"], true),
        (&["flour", "yeast (Correct)", "salt"], true),
        (&["flour", "**yeast**", "salt"], true),
        (&["flour ✅", "yeast ✅", "salt ✅"], false),
        (&["flour ✅", "yeast", "salt"], false),
        (&["flour", "**yeast** is **it**", "salt"], false),
    ];
    for (options, told) in table {
        let found = kinds(&chapter(&[("Which rises?".to_owned(), owned(options), 'B')]));
        assert_eq!(found.contains(&Kind::RightOptionMarked), told, "{options:?}");
    }
}

#[test]
fn a_telling_word_in_the_stem_and_in_the_right_option_alone_is_told() {
    let table: [(&str, &[&str], bool); 6] = [
        ("What does a serializer do?", &["It sleeps", "It serializers things", "It eats"], true),
        ("What does a serializer do?", &["A serializer sleeps", "A serializer writes", "It eats"], false),
        (
            "Does a serializer terminate?",
            &["It may terminate", "A serializer may, at once", "No terminate"],
            false,
        ),
        ("What does `serializer` do?", &["It sleeps", "The serializer writes", "It eats"], false),
        ("What does a mutex do?", &["It sleeps", "A mutex locks", "It eats"], false),
        ("What does a serializer do?", &["It sleeps", "It serves"], false),
    ];
    for (stem, options, told) in table {
        let found = kinds(&chapter(&[(stem.to_owned(), owned(options), 'B')]));
        assert_eq!(found.contains(&Kind::StemQuoted), told, "{stem} {options:?}");
    }
}

#[test]
fn what_gives_itself_away_is_pointed_at() {
    let text =
        chapter(&[("A thing that eats is an".to_owned(), owned(&["tree", "stone", "animal", "cloud"]), 'C')]);
    let lint = lints_of(&[&text]).remove(0).remove(0);
    let line = text.lines().nth(lint.line as usize - 1);
    assert_eq!((line, lint.column, lint.length), (Some("C) animal"), 4, 6));
    assert_eq!(lint.question.as_deref(), Some("1.1"));
}

#[test]
fn questions_that_ask_the_same_are_told_within_a_chapter_and_between_chapters() {
    let asks = |stem: &str, last: &str| {
        (stem.to_owned(), owned(&["a list of names", "a set of numbers", "a tuple of both", last]), 'A')
    };
    let others = |text: String| text + &habitual(30, "ABCD", plain).replace("**Q1.", "**Q2.");
    let stem = "Which value does the method return when the dictionary holds no such key?";
    let first = others(chapter(&[asks(stem, "nothing at all"), asks("Which of them never sorts?", "one")]));
    let mended = "Which value does that method return when the dictionary holds no such key?";
    let second = chapter(&[asks(mended, "nothing at all"), asks("What is a queue good for, then?", "two")]);
    let same = |lints: &[Problem]| -> Vec<String> {
        let twins = lints.iter().filter(|problem| problem.kind == Kind::NearDuplicate);
        twins.map(|problem| problem.message.clone()).collect()
    };
    let lints = lints_of(&[&first, &second]);
    assert_eq!(same(&lints[0]), [] as [&str; 0]);
    let told = same(&lints[1]);
    assert!(told.len() == 1 && told[0].starts_with("Q1.1 asks what Q1.1 in one.md:3 asks, "), "{told:?}");
    let lints = lints_of(&[&(first.clone() + &second)]);
    let told = same(&lints[0]);
    assert!(told.iter().any(|told| told.starts_with("Q1.1 asks what Q1.1 in line 3 asks, ")), "{told:?}");
    let related = lints[0].iter().find_map(|problem| problem.related.as_ref()).expect("a second place");
    assert_eq!(related.source.text, "**Q1.1: Basic - [Topic]**");
}

#[test]
fn one_question_with_other_wrong_options_is_the_same_question() {
    let stem = "What is the GIL?";
    let asks = |wrong: [&str; 2], right: &str| {
        chapter(&[(stem.to_owned(), owned(&[right, wrong[0], wrong[1]]), 'A')])
    };
    let first = asks(["a file lock of the system", "a garbage collector"], "a mutex");
    let kinds_of = |second: &str| {
        let lints = lints_of(&[&first, second]).remove(1);
        lints.iter().map(|lint| lint.kind).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds_of(&asks(["a file lock of the system", "a scheduler"], "a mutex")),
        [Kind::NearDuplicate]
    );
    assert_eq!(kinds_of(&asks(["a file lock of the system", "a scheduler"], "a feature")), []);
    let open = |statements: [&str; 2]| {
        chapter(&[(
            "Which of these is true?".to_owned(),
            owned(&[statements[0], statements[1], "None of these"]),
            'C',
        )])
    };
    let lints = lints_of(&[
        &open(["Mutexes spin forever", "Heaps are sorted"]),
        &open(["Tries hold keys", "Sets keep order"]),
    ]);
    assert_eq!(lints[1].len(), 0, "{:?}", lints[1]);
}

#[test]
fn a_copy_of_a_chapter_is_found_however_common_its_words_are() {
    let text = habitual(30, "ABCD", |_, _| owned(&["yes", "no", "both", "none"]));
    let lints = lints_of(&[&text, &text]);
    let twins = lints[1].iter().filter(|problem| problem.kind == Kind::NearDuplicate);
    assert_eq!(twins.filter(|problem| problem.message.contains("100% alike")).count(), 30);
}
