//! What importing a chapter again changes: who is known again, by what, and who keeps a schedule.

use std::collections::BTreeSet;

use proptest::prelude::*;
use retain::{
    domain::{
        deck::Entry,
        ids::{CardId, OptionId},
        question::{Choice, Question},
    },
    import::{
        HeldBack, ParsedQuestion,
        plan::{Kept, Plan, plan},
    },
};

/// A question by its number, its stem, and its options, the first of which is right.
fn question(number: &str, stem: &str, options: &[&str]) -> Question {
    let options =
        options.iter().zip(0_u16..).map(|(text, id)| Choice { id: OptionId(id), text: (*text).to_owned() });
    let mut question =
        Question::new(stem.to_owned(), options.collect(), vec![OptionId(0)]).expect("a question");
    question.number = (!number.is_empty()).then(|| number.to_owned());
    question
}

fn flip_card(number: &str, stem: &str, answer: &str) -> Question {
    let mut card = Question::recall(stem.to_owned(), answer.to_owned()).expect("a flip card");
    card.number = (!number.is_empty()).then(|| number.to_owned());
    card
}

/// A chapter in a line: `1 what | 2 why=because`, the second one a flip card. A question is about its
/// first word, and a word with its letters in another order is that word with a typo.
fn chapter(written: &str) -> Vec<ParsedQuestion> {
    let questions = written.split('|').map(str::trim).filter(|text| !text.is_empty());
    let parsed = questions.zip(0_u32..).map(|(text, place)| {
        let (number, word) = text.split_once(' ').expect("a number and a word");
        let (word, answer) = word.split_once('=').map_or((word, None), |(word, answer)| (word, Some(answer)));
        let mut letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        let about: String = letters.into_iter().collect();
        let stem = &format!("{word} {}", (1..8).map(|nth| format!("{about}{nth} ")).collect::<String>());
        let options = [format!("{about} yes"), format!("{about} no")];
        let number = number.trim_matches('-');
        let question = match answer {
            Some(answer) => flip_card(number, stem, answer),
            None => question(number, stem, &[&options[0], &options[1]]),
        };
        ParsedQuestion { question, line: 10 * place + 1, reason: None }
    });
    parsed.collect()
}

/// A deck that holds a chapter as cards 1, 2, 3 …, and behind them a retired one's.
fn deck(written: &str, retired: &str) -> Vec<Entry> {
    let live = chapter(written).into_iter().map(|parsed| (parsed, false));
    let left = chapter(retired).into_iter().map(|parsed| (parsed, true));
    let cards = live.chain(left).zip(1..).zip(0_u32..);
    cards
        .map(|(((parsed, retired), card), place)| {
            let ParsedQuestion { question, line, .. } = parsed;
            Entry { card: CardId(card), question, line, place, retired }
        })
        .collect()
}

fn first_word(stem: &str) -> &str {
    stem.split_whitespace().next().unwrap_or_default()
}

/// What a plan does, in a line: `added 2@1 edited 1@0! moved 3@2 unchanged 4`.
fn told(plan: &Plan) -> String {
    let kept = |word: &str, kept: &[Kept]| {
        let each = kept.iter().map(|kept| {
            format!("{word} {}@{}{}", kept.card.0, kept.place, if kept.answer_changed { "!" } else { "" })
        });
        each.collect::<Vec<String>>()
    };
    let mut told: Vec<String> = plan
        .added
        .iter()
        .map(|added| format!("added {}@{}", first_word(&added.question.stem), added.place))
        .collect();
    told.extend(kept("edited", &plan.edited));
    told.extend(kept("moved", &plan.moved));
    told.extend(kept("shifted", &plan.shifted));
    told.extend(kept("returned", &plan.returned));
    told.extend(plan.retired.iter().map(|card| format!("retired {}", card.0)));
    told.push(format!("unchanged {}", plan.unchanged));
    told.join(", ")
}

fn check(before: &str, retired: &str, now: &str, expected: &str) {
    let plan = plan(&deck(before, retired), chapter(now), &[], false);
    assert_eq!(told(&plan), expected, "{before} / {retired} -> {now}");
}

fn one(card: i64, question: Question) -> Entry {
    Entry { card: CardId(card), question, line: 1, place: 0, retired: false }
}

fn found(question: Question) -> ParsedQuestion {
    ParsedQuestion { question, line: 1, reason: None }
}

const LOCKS: &str = "Which of these locks may the same thread take twice without waiting for itself?";
const MENDED: &str = "Which of these locks can the same thread take twice without waiting for itself?";
const OTHER: &str = "What does the garbage collector look for when it has a generation to examine?";

#[test]
fn a_new_question_does_not_inherit_the_schedule_of_the_one_whose_number_it_got() {
    let existing = [one(1, question("1", LOCKS, &["a mutex", "a re-entrant lock"]))];
    let now = vec![
        found(question("1", OTHER, &["cycles", "old objects"])),
        found(question("2", MENDED, &["a mutex", "a re-entrant lock"])),
    ];
    let plan = plan(&existing, now, &[], false);
    assert_eq!(plan.added.iter().map(|added| added.place).collect::<Vec<_>>(), [0]);
    assert_eq!(plan.edited.iter().map(|kept| (kept.card, kept.place)).collect::<Vec<_>>(), [(CardId(1), 1)]);
}

#[test]
fn a_question_written_anew_under_its_old_number_is_a_new_one() {
    let existing = [one(1, question("5", LOCKS, &["a mutex", "a re-entrant lock"]))];
    let plan = plan(&existing, vec![found(question("5", OTHER, &["cycles", "old objects"]))], &[], false);
    assert_eq!((plan.added.len(), plan.retired), (1, vec![CardId(1)]));
}

#[test]
fn an_option_that_was_taken_out_leaves_its_identity_to_nobody() {
    let three = question("1", LOCKS, &["a mutex", "a re-entrant lock", "a latch"]);
    let two = question("1", LOCKS, &["a mutex", "a re-entrant lock"]).with_identities_of(&three);
    let again = question("1", LOCKS, &["a mutex", "a re-entrant lock", "a barrier"]).with_identities_of(&two);
    let identities: Vec<u16> = again.options().iter().map(|option| option.id.0).collect();
    assert_eq!(identities, [0, 1, 3]);
    assert_eq!(again.next_option(), OptionId(4));
}

#[test]
fn a_question_that_is_held_back_now_stays_as_it_is() {
    let existing = [one(1, question("1", LOCKS, &["a mutex", "a re-entrant lock"]))];
    let held_back = [HeldBack { number: Some("1".to_owned()), ..HeldBack::default() }];
    assert!(plan(&existing, Vec::new(), &held_back, false).is_empty());
}

#[test]
fn a_question_without_a_number_that_is_held_back_now_stays_as_it_is() {
    let existing = deck("- What is a mutex for? | - What is a barrier for?", "");
    let held_back = [HeldBack { said: "What is a mutex for?\nyes".to_owned(), ..HeldBack::default() }];
    let plan = plan(&existing, chapter("- What is a barrier for?"), &held_back, false);
    assert!(plan.retired.is_empty(), "{plan:?}");
}

#[test]
fn a_card_of_a_question_that_is_held_back_now_is_no_other_question() {
    let existing = deck("1 mutex", "");
    let asked = &existing[0].question;
    let options: String = asked.options().iter().map(|option| format!("\n{}", option.text)).collect();
    let said = format!("{}{options}", asked.stem);
    let held_back = [HeldBack { number: Some("1".to_owned()), said, ..HeldBack::default() }];
    assert_eq!(told(&plan(&existing, chapter("2 tumex"), &held_back, false)), "added tumex@0, unchanged 1");
    assert_eq!(told(&plan(&existing, chapter("2 tumex"), &[], false)), "edited 1@0, unchanged 0");
}

#[test]
fn what_is_missing_from_a_text_that_could_not_be_read_to_its_end_stays() {
    let plan = plan(&deck("1 what | 2 why | 3 who", ""), chapter("1 what"), &[], true);
    assert_eq!(told(&plan), "unchanged 3");
}

#[test]
fn a_number_tells_flip_cards_with_one_stem_apart() {
    check("1 define=alpha | 2 define=omega", "", "2 define=omegas", "edited 2@0, retired 1, unchanged 0");
    check(
        "- define=alpha | - define=omega",
        "",
        "- define=tau",
        "added define@0, retired 1, retired 2, unchanged 0",
    );
}

#[test]
fn the_indentation_of_code_can_be_all_the_difference_between_two_questions() {
    let code =
        |indented: &str, number| question(number, &format!("```\nif a:\n{indented}b()\n```"), &["x", "y"]);
    let existing = [one(1, code("    ", "1")), one(2, code("", "2"))];
    let plan = plan(&existing, vec![found(code("", "1")), found(code("    ", "2"))], &[], false);
    let kept: Vec<CardId> =
        plan.edited.iter().chain(&plan.moved).chain(&plan.shifted).map(|kept| kept.card).collect();
    assert_eq!((kept, plan.retired.len()), (vec![CardId(2), CardId(1)], 0));
}

#[test]
fn another_number_or_a_negation_in_a_right_answer_is_another_answer() {
    let table = [
        ("41", "42", true),
        ("a mutex", "a mutexx", false),
        ("Lyon", "Paris", true),
        ("It is changed in its place", "It is not changed in its place", true),
        ("It isn't changed in its place", "It is changed in its place", true),
    ];
    for (before, now, expected) in table {
        let flip = plan(
            &[one(1, flip_card("1", LOCKS, before))],
            vec![found(flip_card("1", LOCKS, now))],
            &[],
            false,
        );
        let options = |right| question("1", LOCKS, &[right, "another"]);
        let option = plan(&[one(1, options(before))], vec![found(options(now))], &[], false);
        for plan in [flip, option] {
            assert_eq!(plan.edited.first().map(|kept| kept.answer_changed), Some(expected), "{before} {now}");
        }
    }
}

#[test]
fn an_unchanged_chapter_is_an_empty_plan() {
    check("1 what | 2 why", "", "1 what | 2 why", "unchanged 2");
    check("1 what | 2 why", "3 who", "1 what | 2 why", "unchanged 2");
    assert!(plan(&deck("1 what | 2 why", "3 who"), chapter("1 what | 2 why"), &[], false).is_empty());
}

#[test]
fn a_mended_typo_keeps_its_card() {
    check("1 waht | 2 why", "", "1 what | 2 why", "edited 1@0, unchanged 1");
}

#[test]
fn a_renumbered_chapter_is_known_by_its_content() {
    check("1 what | 2 why", "", "1 new | 2 what | 3 why", "added new@0, moved 1@1, moved 2@2, unchanged 0");
    check("1 what | 2 why", "", "7 what | 8 why", "moved 1@0, moved 2@1, unchanged 0");
}

#[test]
fn a_question_that_left_is_retired_and_comes_back_as_the_same_card() {
    check("1 what | 2 why", "", "1 what", "retired 2, unchanged 1");
    check("1 what", "2 why", "1 what | 2 why", "returned 2@1, unchanged 1");
    check("1 what", "2 why", "1 what | 9 why", "returned 2@1, unchanged 1");
    check("1 what", "2 wyh", "1 what | 2 why", "returned 2@1, unchanged 1");
}

#[test]
fn numbers_that_repeat_are_paired_in_their_order() {
    check("1 what | 1 why", "", "1 what | 1 why", "unchanged 2");
    check("1 waht | 1 wyh", "", "1 what | 1 why", "edited 1@0, edited 2@1, unchanged 0");
    check("1 what | 1 why", "", "1 why", "shifted 2@0, retired 1, unchanged 0");
}

#[test]
fn among_equal_questions_the_number_decides_and_then_the_order() {
    check("1 same | 2 same", "", "2 same | 1 same", "moved 2@0, shifted 1@1, unchanged 0");
    check("1 same | 2 same", "", "3 same | 4 same", "moved 1@0, moved 2@1, unchanged 0");
    check("1 same", "1 same", "1 same", "unchanged 1");
}

#[test]
fn questions_without_a_number_are_known_by_their_content_alone() {
    check("- what | - why", "", "- why | - other", "added other@1, shifted 2@0, retired 1, unchanged 0");
}

#[test]
fn white_space_is_no_difference_to_what_is_asked() {
    let parsed = |stem: &str| question("1", stem, &["yes", "no"]);
    let existing =
        [Entry { card: CardId(1), question: parsed("What is it?"), line: 1, place: 0, retired: false }];
    let mut rewrapped = parsed("What is\nit?");
    rewrapped.number = Some("5".to_owned());
    let plan =
        plan(&existing, vec![ParsedQuestion { question: rewrapped, line: 1, reason: None }], &[], false);
    assert_eq!(told(&plan), "edited 1@0, unchanged 0");
}

#[test]
fn an_option_keeps_its_identity_and_another_right_option_is_told() {
    let before = question("1", "Which?", &["red", "green", "blue"]);
    let existing = [Entry { card: CardId(1), question: before, line: 1, place: 0, retired: false }];
    let table = [
        (["red", "green", "blu"], false, [0, 1, 2]),
        (["redd", "green", "blue"], false, [0, 1, 2]),
        (["green", "red", "blue"], true, [1, 0, 2]),
        (["violet", "green", "blue"], true, [0, 1, 2]),
    ];
    for (options, answer_changed, identities) in table {
        let parsed = ParsedQuestion { question: question("1", "Which?", &options), line: 1, reason: None };
        let plan = plan(&existing, vec![parsed], &[], false);
        let [edited] = plan.edited.as_slice() else { panic!("one edited question, not {plan:?}") };
        let carried: Vec<u16> = edited.after.options().iter().map(|option| option.id.0).collect();
        assert_eq!(
            (edited.answer_changed, carried.as_slice()),
            (answer_changed, identities.as_slice()),
            "{options:?}"
        );
    }
}

#[test]
fn a_flip_card_is_known_by_its_stem_and_its_answer() {
    check("1 what=this | 2 why=so", "", "1 what=this | 2 why=so", "unchanged 2");
    check("1 waht=this", "", "1 what=this", "edited 1@0, unchanged 0");
    check(
        "- what=this | - what=that",
        "",
        "- what=that | - what=this",
        "moved 2@0, shifted 1@1, unchanged 0",
    );
    check(
        "- what=this | - what=that",
        "",
        "- what=those | - what=this",
        "edited 2@0, shifted 1@1, unchanged 0",
    );
    check("- what=this", "", "- why=this", "added why@0, retired 1, unchanged 0");
}

/// Nothing but the stem is the same, and it is too short for resemblance to tell.
#[test]
fn another_answer_options_and_their_loss_leave_the_card_to_a_stem() {
    const STEM: &str = "Fort-Lamy today?";
    let flip = |answer| flip_card("", STEM, answer);
    let with_options = || question("", STEM, &["the capital of Chad", "a port of Gabon"]);
    let long = "the town where Chari and Logone meet, which has been N'Djamena since 1973";
    let table = [
        (flip("N'Djamena"), flip(long), "edited 1@0!, unchanged 0"),
        (flip("N'Djamena"), with_options(), "edited 1@0, unchanged 0"),
        (with_options(), flip(long), "edited 1@0, unchanged 0"),
    ];
    for (before, now, expected) in table {
        let plan = plan(&[one(1, before)], vec![found(now.clone())], &[], false);
        assert_eq!(told(&plan), expected, "{now:?}");
    }
}

#[test]
fn where_one_question_goes_elsewhere_the_others_have_stayed() {
    let before = "1 a | 2 b | 3 c | 4 d | 5 e";
    check(
        before,
        "",
        "0 new | 1 a | 2 b | 3 c | 4 d | 5 e",
        "added new@0, shifted 1@1, shifted 2@2, shifted 3@3, shifted 4@4, shifted 5@5, unchanged 0",
    );
    check(
        before,
        "",
        "5 e | 1 a | 2 b | 3 c | 4 d",
        "moved 5@0, shifted 1@1, shifted 2@2, shifted 3@3, shifted 4@4, unchanged 0",
    );
    check(before, "", "2 b | 3 c | 1 a | 4 d | 5 e", "moved 1@2, shifted 2@0, shifted 3@1, unchanged 2");
}

#[test]
fn a_question_that_is_given_options_or_loses_them_is_the_same_card() {
    check("- what | - what=this", "", "- what=this | - what", "moved 2@0, shifted 1@1, unchanged 0");
    let with_options = question("1", LOCKS, &["a mutex", "a re-entrant lock"]);
    let without = flip_card("1", LOCKS, "a mutex").with_identities_of(&with_options);
    let with_others = question("1", LOCKS, &["a latch", "a barrier"]).with_identities_of(&without);
    assert_eq!(with_others.keys(), [OptionId(2)], "an answer of before names no option of now");
}

#[test]
fn stems_alone_make_no_two_questions_with_options_the_same() {
    let existing = [one(1, question("", "Which?", &["red", "green", "blue"]))];
    let plan = plan(&existing, vec![found(question("", "Which?", &["kiwi", "plum", "pear"]))], &[], false);
    assert_eq!((plan.added.len(), plan.retired), (1, vec![CardId(1)]));
}

/// What the collection holds after a plan was carried out, new cards from 1000 on.
fn carried_out(existing: &[Entry], plan: &Plan) -> Vec<Entry> {
    let mut after = existing.to_vec();
    for kept in plan.edited.iter().chain(&plan.moved).chain(&plan.shifted).chain(&plan.returned) {
        let known = after.iter_mut().find(|known| known.card == kept.card).expect("a card of the deck");
        let (question, card) = (kept.after.clone(), kept.card);
        *known = Entry { card, question, line: kept.line, place: kept.place, retired: false };
    }
    for known in &mut after {
        known.retired |= plan.retired.contains(&known.card);
    }
    let added = plan.added.iter().zip(1000..).map(|(added, card)| {
        let (question, line, place) = (added.question.clone(), added.line, added.place);
        Entry { card: CardId(card), question, line, place, retired: false }
    });
    after.extend(added);
    after
}

fn any_chapter() -> impl Strategy<Value = String> {
    let question = ("[1-4-]", "[abc](=[xy])?").prop_map(|(number, text)| format!("{number} {text}"));
    prop::collection::vec(question, 0..7).prop_map(|questions| questions.join(" | "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_question_and_every_card_has_exactly_one_part(
        before in any_chapter(), retired in any_chapter(), now in any_chapter()
    ) {
        let (existing, parsed) = (deck(&before, &retired), chapter(&now));
        let plan = plan(&existing, parsed.clone(), &[], false);
        let kept: Vec<&Kept> = plan.edited.iter().chain(&plan.moved).chain(&plan.shifted).chain(&plan.returned).collect();
        prop_assert_eq!(plan.added.len() + kept.len() + plan.unchanged, parsed.len());

        let named: Vec<CardId> = kept.iter().map(|kept| kept.card).chain(plan.retired.iter().copied()).collect();
        let distinct: BTreeSet<CardId> = named.iter().copied().collect();
        prop_assert_eq!(distinct.len(), named.len());
        let live = existing.iter().filter(|known| !known.retired).count();
        prop_assert_eq!(named.len() - plan.returned.len() + plan.unchanged, live);

        let places: BTreeSet<u32> =
            kept.iter().map(|kept| kept.place).chain(plan.added.iter().map(|added| added.place)).collect();
        prop_assert_eq!(places.len(), plan.added.len() + kept.len());
        prop_assert!(places.iter().all(|place| (*place as usize) < parsed.len()));
    }

    #[test]
    fn a_chapter_that_was_imported_is_unchanged(
        before in any_chapter(), retired in any_chapter(), now in any_chapter()
    ) {
        let existing = deck(&before, &retired);
        let first = plan(&existing, chapter(&now), &[], false);
        let after = carried_out(&existing, &first);
        let again = plan(&after, chapter(&now), &[], false);
        prop_assert!(again.is_empty(), "{} and then {}", told(&first), told(&again));
        let mut live: Vec<&Entry> = after.iter().filter(|known| !known.retired).collect();
        live.sort_by_key(|known| known.place);
        let stems: Vec<&str> = live.iter().map(|known| known.question.stem.as_str()).collect();
        let expected = chapter(&now);
        prop_assert_eq!(stems, expected.iter().map(|parsed| parsed.question.stem.as_str()).collect::<Vec<_>>());
    }
}
