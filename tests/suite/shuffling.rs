//! Which questions may be shuffled, by many examples: an option that is cited by its letter or its place
//! must stay where it is, and a letter that only looks like one must not stop anything.

use retain::{
    domain::question::Shuffling,
    import::shuffling::{Place, Reason, decide},
};

const NUMBERS: [&str; 4] = ["one", "two", "three", "four"];

fn of_option(last: &str) -> (Shuffling, String) {
    decided("Which is it?", &["one", "two", "three", last], "Because.")
}

fn of_explanation(explanation: &str) -> (Shuffling, String) {
    decided("Which is it?", &NUMBERS, explanation)
}

fn decided(stem: &str, options: &[&str], explanation: &str) -> (Shuffling, String) {
    let (shuffling, reason) = decide(stem, options, explanation);
    (shuffling, reason.map(|reason| reason.words).unwrap_or_default())
}

#[test]
fn an_option_about_all_the_others_stays_last() {
    let closing = [
        "All of the above",
        "None of the above.",
        "*All of the above*",
        "None of these",
        "All of these",
        "Neither of the above",
        "Both of the above",
        "All the above",
        "None of the other options",
        "All options are correct",
        "Both are correct",
        "Neither",
        "More than one of the above",
        "Everything above",
        "Each of these",
        "All three of them",
        "No correct answer",
        "Nothing of the above",
        "None of the above (it is a syntax error)",
        "以上都是",
        "**以上都不是。**",
        "以上皆是",
        "以上都不是（语法错误）",
        "上記すべて",
        "Todas las anteriores",
        "NINGUNA DE LAS ANTERIORES.",
        "Alle oben genannten",
        "Keine der genannten",
        "Toutes les réponses (ci-dessus)",
        "Toutes les réponses ci-dessus",
        "Aucune de ces réponses",
    ];
    for option in closing {
        assert_eq!(of_option(option).0, Shuffling::PinnedLast(1), "{option}");
    }
    let two = decide("Which?", &["x", "y", "Both", "Neither"], "");
    assert_eq!(two.0, Shuffling::PinnedLast(2));
}

#[test]
fn an_option_about_all_the_others_that_is_not_last_keeps_the_order() {
    let (shuffling, reason) = decide("Which?", &["x", "None of the above", "y"], "");
    let below = decide("Which?", &["All of the below", "x", "y"], "").0;
    assert_eq!(below, Shuffling::Locked);
    let expected = Reason { words: "None of the above".to_owned(), place: Place::Option(1), before: 0 };
    assert_eq!((shuffling, reason), (Shuffling::Locked, Some(expected)));
}

#[test]
fn an_option_that_cites_others_keeps_the_order() {
    let citing = [
        ("Both A and C", "Both A and C"),
        ("A and B", "A and B"),
        ("Neither A nor B", "Neither A nor B"),
        ("B or C", "B or C"),
        ("options A–C", "options A–C"),
        ("Only A", "Only A"),
        ("A only", "A only"),
        ("Same as B", "as B"),
        ("All of the above except C", "except C"),
        ("The first option, but faster", "first option"),
        ("The same as above", "as above"),
        ("1 and 2", "1 and 2"),
        ("Both 1 and 3", "Both 1 and 3"),
        ("Both 1 and 3 are correct", "Both 1 and 3 are correct"),
        ("2 only", "2 only"),
        ("Options 1 and 2", "Options 1"),
        ("选项A和B", "选项A和B"),
        ("A&C", "A"),
        ("A+B", "A"),
        ("Both a & b", "b"),
        ("Either of the first two", "Either of the first two"),
    ];
    for (option, words) in citing {
        assert_eq!(of_option(option), (Shuffling::Locked, words.to_owned()), "{option}");
    }
}

#[test]
fn an_explanation_that_cites_options_keeps_the_order() {
    let citing = [
        ("Option A would be 16.", "Option A would"),
        ("C/D are wrong because of it.", "C"),
        ("As for C, it never happens.", "for C, it"),
        ("C (three) is odd.", "C"),
        ("Rule out C.", "out C"),
        ("So it must be C.", "be C"),
        ("✗ C – odd", "C – odd"),
        ("Letter C is wrong.", "Letter C is"),
        ("Here \"B\" is not right.", "B"),
        ("The 2nd option is a trap.", "2nd option"),
        ("Both former options fail.", "former options"),
        ("The top option is odd.", "top option"),
        ("The middle one is right.", "The middle one is right"),
        ("The one above is wrong.", "The one above is wrong"),
        ("The 3rd is wrong.", "The 3rd is wrong"),
        ("#3 is wrong.", "3 is wrong"),
        ("_B_ is odd.", "B_ is"),
        ("A/B: odd", "A"),
        ("Both fail (A/B).", "A"),
        ("Option `A` is odd.", "Option `A`"),
        ("Option-A is odd.", "A is"),
        ("All options but the third are odd.", "options but the third"),
        ("Take A versus C.", "Take A versus"),
        ("Compare A with C.", "Compare A with"),
        ("This makes A wrong.", "makes A wrong"),
        ("A looks right at first sight.", "A looks"),
        ("It is even. Hence C.", "Hence C"),
        ("It is even → C", "C"),
        ("Option A double-counts.", "Option A double"),
        ("It is 4. B is false: it is odd.", "B is"),
        ("Many calls (A) are common.", "(A)"),
        ("Options A and C are symmetric.", "Options A and C"),
        ("Choices B, C miss it.", "Choices B, C"),
        ("The first option is a trap.", "first option"),
        ("The last two answers are odd.", "last two answers"),
        ("The answer above is a trap.", "answer above"),
        ("The correct answer is C.", "answer is C"),
        ("Use `zip` for behaviour B.", "behaviour B"),
        ("It doubles, C changes the base.", "C changes"),
        ("A is too small.", "A is"),
        ("选项B错误", "选项B错误"),
        ("选项C错误", "选项C错误"),
        ("正确答案是C。", "正确答案是C"),
        ("答案是B", "答案是B"),
        ("A不对，因为太小。", "A不对"),
        ("La opción A es falsa.", "opción A es"),
        ("Antwort C ist falsch.", "Antwort C ist"),
        ("The last one is wrong.", "The last one is wrong"),
        ("So the first would be correct.", "the first would be correct"),
        ("The former is false.", "The former is false"),
        ("Both are odd, and the latter is not right.", "the latter is not right"),
        ("Only the latter holds.", "the latter"),
        ("Options 1 and 3 are wrong.", "Options 1"),
        ("Choice two has it.", "Choice two"),
        ("That is option 2.", "option 2"),
        ("Option number 2 it is.", "Option number 2"),
        ("1 and 3 are wrong.", "3 are wrong"),
        ("This is option 2 of the command.", "option 2"),
        ("C) is wrong: it is three.", "C"),
        ("It is even.\n\n- C) too many", "C"),
        ("**C.** Wrong", "C"),
        ("**C)** is wrong", "C"),
        ("[C] is wrong.", "C"),
        ("It is “C”) by rule; C) is odd.", "C"),
        ("A/C/D are wrong.", "A"),
        ("The others (A/C/D) are odd.", "A"),
        ("Lists and trees (A-C) are odd.", "A"),
        ("A-D are all there.", "A"),
        ("A applies to lists.", "A applies"),
        ("A requires sorting.", "A requires"),
        ("Students choose A when they forget it.", "choose A when"),
        ("A must be sorted.", "A must"),
        ("Many fall for option \"C\".", "C"),
        ("\"A\" describes lists.", "A"),
        ("Also C is wrong.", "Also C is"),
        ("C → tree.", "C"),
        ("- C - a tree", "C"),
        ("The answer should be C.", "be C"),
        ("Answer = C.", "C"),
        ("A is wrong. State A never ends.", "A is"),
        ("The A option is wrong.", "The A option"),
        ("A/B/D may repeat.", "A"),
        ("Some might pick \"B\", but it ends.", "B"),
        ("Note that B raises it.", "that B raises"),
        ("For C: three.", "For C"),
        ("故选C。", "故选C"),
        ("The final option is a distractor.", "final option"),
    ];
    for (explanation, words) in citing {
        assert_eq!(of_explanation(explanation), (Shuffling::Locked, words.to_owned()), "{explanation}");
    }
}

#[test]
fn letters_that_are_no_references_leave_the_order_free() {
    let texts = [
        "A thread may wait.",
        "A `dict` keeps its order.",
        "Lock A comes before Lock B.",
        "If thread A holds it, thread B waits until A lets go.",
        "Vitamin C is in it.",
        "Processes A, B and C share memory.",
        "Class A inherits from class B.",
        "Plan B failed.",
        "It is written in C.",
        "C functions do not count references.",
        "C++ and C# have it.",
        "It takes O(n), and T(A) more.",
        "It matches [A-D] and 'B'.",
        "`A` and `B` are names.",
        "```\nB = 1\nprint(B)\n```\nB is printed.",
        "The union A∪B is larger.",
        "E and F are beyond the options.",
        "Both are fine, and all of these work.",
        "See above.",
        "Big O hides constants.",
        "It takes the last element of the list.",
        "The former president said so.",
        "In the latter case it waits.",
        "A list has an order and a set has none: the latter is smaller.",
        "If the first is true, the second is not looked at.",
        "The last one wins.",
        "The server answers one request.",
        "There are 2 options, and 5 answers.",
        "So option 7 it is.",
        "So 2.5 is correct.",
        "It is C语言.",
        "Unlike C, it has no pointers.",
        "A \"yes\" may be wrong.",
        "A /26 network leaves six bits.",
        "A $O(1)$ lookup is expected.",
        "A bytes object is immutable.",
        "C is a compiled language, Python is interpreted.",
        "There is a cycle such as A → B → C → A.",
        "Only the letters A, B and C are allowed.",
        "An A record holds an address, and the A record is old.",
        "The B tree is wide.",
        "Algorithm A is faster than algorithm B.",
        "Grades A-D pass, and A/B/C/E is a list.",
        "The final answer is 7.",
        "In (a thing of) C. Elegans, and all that is (by hand) written in C).",
        "Run an A/B test.",
        "It prints \"B\" twice.",
        "Redis is a top choice for caches.",
        "For C extensions it is released.",
    ];
    for text in texts {
        assert_eq!(of_explanation(text), (Shuffling::Free, String::new()), "{text}");
    }
    let options =
        ["All threads", "None", "Both threads wait", "C", "All of these objects", "Some of them move"];
    for option in options {
        assert_eq!(of_option(option), (Shuffling::Free, String::new()), "{option}");
    }
}

#[test]
fn numbers_are_values_where_all_options_are_numbers_or_speak_of_them() {
    let values: [&[&str]; 4] = [
        &["1", "2", "1 and 2", "3"],
        &["1 and 2", "2 and 3", "1 and 3", "none"],
        &["1 only", "2 only", "Both 1 and 2", "Neither 1 nor 2"],
        &["`1`", "`2`", "`1` or `2`", "`0`"],
    ];
    for options in values {
        assert_ne!(decided("Which?", options, "").0, Shuffling::Locked, "{options:?}");
    }
    assert_eq!(decided("Which?", &["x: 3", "y"], "Here 2 is right.").0, Shuffling::Free);
    assert_eq!(decided("What is 1 + 1?", &["2", "3"], "2 is right.").0, Shuffling::Free);
}

#[test]
fn letters_that_the_stem_names_belong_to_the_stem() {
    let named = [
        ("Given sets A and B, which is larger?", "A is larger"),
        ("Service A calls service B. What keeps A from failing?", "A fails fast"),
        ("```python\n# A: slow\n# B: fast\n```\nWhich?", "B is faster"),
        ("What does `class B(A)` do?", "B inherits from A"),
        ("Points A, B and C are on a line. Which is between?", "Both A and C"),
    ];
    for (stem, option) in named {
        assert_eq!(decided(stem, &["one", option], "B it is.").0, Shuffling::Free, "{stem}");
    }
    assert_eq!(decided("What Does A Mutex Do?", &NUMBERS, "A is wrong.").0, Shuffling::Locked);
    assert_eq!(decided("A stack grows. Which?", &["one", "A and B"], "").0, Shuffling::Locked);
    assert_eq!(decided("Which of options A and B?", &NUMBERS, "").1, "options A");
}

#[test]
fn small_letters_are_references_where_nothing_else_can_be_meant() {
    let citing = [
        "Option b is right.",
        "The answer is c.",
        "The pair (b) is ordered.",
        "Both a and b hold.",
        "Neither a nor d does.",
        "Here c is wrong.",
        "So d would be incorrect.",
    ];
    for explanation in citing {
        assert_eq!(of_explanation(explanation).0, Shuffling::Locked, "{explanation}");
    }
    let free = [
        "It is a list and a set.",
        "With x = b it ends.",
        "The b-tree is wide, and f(b) is small.",
        "Then `a` and `b` swap; b is false afterwards.",
        "As in e.g. a hash.",
        "Of z and x the first is larger.",
    ];
    for explanation in free {
        assert_eq!(of_explanation(explanation).0, Shuffling::Free, "{explanation}");
    }
    assert_eq!(of_option("a and b").0, Shuffling::Locked);
    assert_eq!(of_option("Both (a) and (b)").0, Shuffling::Locked);
    let stem = "For which integers a and b does it hold? (a) 1 (b) 2";
    assert_eq!(decided(stem, &["a and b", "one", "two"], "Since b is right, so is (b).").0, Shuffling::Free);
}

#[test]
fn the_author_has_the_last_word() {
    let fixed = decide("Which? <!-- retain: fixed-order -->", &NUMBERS, "");
    let expected = Reason { words: "fixed-order".to_owned(), place: Place::Directive, before: 0 };
    assert_eq!(fixed, (Shuffling::Locked, Some(expected)));
    assert_eq!(of_explanation("B is wrong. <!-- retain: shuffle -->").0, Shuffling::Free);
    assert_eq!(of_explanation("`<!-- retain: fixed-order -->`").0, Shuffling::Free);
}

#[test]
fn options_of_ordinals_mean_other_options() {
    for option in
        ["The first two", "Both first and second", "Only the first and the third.", "The previous two"]
    {
        assert_eq!(of_option(option).0, Shuffling::Locked, "{option}");
    }
    for option in ["First", "The last", "Only the second", "The first two bytes", "Second place"] {
        assert_eq!(of_option(option).0, Shuffling::Free, "{option}");
    }
    let places = ["First and second", "First and third", "First and last", "None"];
    assert_eq!(decided("Which are swapped?", &places, "").0, Shuffling::Free);
}

#[test]
fn letters_are_told_from_articles_by_what_follows() {
    let cited = [
        "C cannot be.",
        "A violates the contract.",
        "Option a is wrong.",
        "Choice a.",
        "b) is right.",
        "- b) grass\n- c) moss",
        "C never holds.",
        "B therefore fails.",
    ];
    for explanation in cited {
        assert_eq!(of_explanation(explanation).0, Shuffling::Locked, "{explanation}");
    }
    for explanation in
        ["Option a mutex needs.", "f(a, b) is called.", "An answer a day.", "C code never waits."]
    {
        assert_eq!(of_explanation(explanation).0, Shuffling::Free, "{explanation}");
    }
}
