//! Options that speak of all the others, and so belong behind them: `All of the above`, `None of these`,
//! `Both are correct`, `Neither`, and their sisters in other languages.

use std::sync::LazyLock;

use crate::import::{labels::Beginnings, prose::Prose, words::WordList};

/// Whether an option speaks of all the others.
pub(in crate::import) fn is_closing(option: &Prose<'_>) -> bool {
    may_close(option)
        && (is_closing_in_english(option) || is_phrase(option, |language| [language.all, language.none]))
}

/// A quick look at the first two letters: most options are put aside by them.
fn may_close(option: &Prose<'_>) -> bool {
    const BEGINNINGS: Beginnings = {
        let (mut beginnings, mut language) =
            (Beginnings::none().and_each(QUANTIFIERS.words()).and_each(&["more"]), 0);
        while language < LANGUAGES.len() {
            let Language { all, none } = &LANGUAGES[language];
            beginnings = beginnings.and_each(all).and_each(none);
            language += 1;
        }
        beginnings
    };
    let text = option.begun();
    let first = text.bytes().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    first.is_some_and(|first| !text.as_bytes()[first].is_ascii() || BEGINNINGS.of(&text[first..]) != 0)
}

/// Whether an option says that all the others are right.
pub(super) fn says_all(option: &Prose<'_>) -> bool {
    let in_english = option.is(0, "all") && is_closing_in_english(option);
    in_english || is_phrase(option, |language| [language.all, &[]])
}

fn is_closing_in_english(option: &Prose<'_>) -> bool {
    let count = option.tokens.len();
    let mut words = (0..count).filter(|at| is_outside_signs(option, *at));
    let Some(first) = words.next() else { return false };
    let more_than_one =
        option.is(first, "more") && option.is(first + 1, "than") && option.is(first + 2, "one");
    if !more_than_one && !QUANTIFIERS.has(option.word(first)) {
        return false;
    }
    let remark = (1..count).find(|at| option.is(*at, "(")).unwrap_or(count);
    let mut tail = words.skip(if more_than_one { 2 } else { 0 }).take_while(|at| *at < remark).peekable();
    // A bare "None" or "All" reads well anywhere, and may be a value; "Both" and "Neither" need two before them.
    let speaks_of_others = tail.peek().is_some() || option.is_any(first, &["both", "neither"]);
    first < remark && speaks_of_others && tail.all(|at| is_said_of_options(option.word(at)))
}

/// Whether a word may be said of the other options: `above`, `others`, `correct`.
pub(super) fn is_said_of_options(word: &str) -> bool {
    TAIL.has(word)
}

fn is_outside_signs(prose: &Prose<'_>, place: usize) -> bool {
    !matches!(prose.sign(place), Some('.' | ',' | '!' | '\n' | ';'))
}

#[rustfmt::skip]
const QUANTIFIERS: WordList = WordList::of(&[
    "all", "any", "none", "no", "nothing", "neither", "both", "either", "each", "everything", "some", "several", "two", "most",
]);

#[rustfmt::skip]
const TAIL: WordList = WordList::of(&[
    "of", "other", "others", "option", "options", "the", "these", "those", "them", "true", "three", "above",
    "answer", "answers", "are", "apply", "applies", "below", "either", "equally", "choices", "correct", "statements",
    "is", "false", "four", "right", "wrong", "valid", "listed", "mentioned", "given",
]);

/// Whether an option is one of these phrases in any language, with or without what stands in parentheses.
fn is_phrase(option: &Prose<'_>, phrases: impl Fn(&Language) -> [&'static [&'static str]; 2]) -> bool {
    let Some(beginning) = beginning(option.begun()) else { return false };
    let text = option.words(0, option.tokens.len());
    if text.len() > LONGEST {
        return false;
    }
    let begins_alike = |phrase: &&&str| phrase.chars().zip(beginning).all(|(letter, other)| letter == other);
    let mut alike = LANGUAGES.iter().flat_map(phrases).flatten().filter(begins_alike);
    let before_remark = text.split(['(', '（']).next().unwrap_or(text);
    let said = [text, before_remark].map(bare);
    alike.any(|phrase| said.iter().any(|said| said == phrase))
}

/// The first three letters of a text in lower case, where a phrase begins with them: most options need no further
/// look.
fn beginning(text: &str) -> Option<[char; 3]> {
    static LETTERS: LazyLock<Vec<[char; 3]>> = LazyLock::new(|| {
        let phrases = LANGUAGES.iter().flat_map(|language| [language.all, language.none]).flatten();
        let mut letters: Vec<_> = phrases.filter_map(|phrase| first_letters(phrase)).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    });
    first_letters(text).filter(|letters| LETTERS.binary_search(letters).is_ok())
}

fn first_letters(text: &str) -> Option<[char; 3]> {
    let mut letters = text.chars().skip_while(|sign| !sign.is_alphabetic());
    let mut next = || letters.next()?.to_lowercase().next();
    Some([next()?, next()?, next()?])
}

/// What is longer, in bytes, is more than a phrase and a remark.
const LONGEST: usize = 120;

/// The words in lower case, without signs around them.
fn bare(text: &str) -> String {
    let plain = text.to_lowercase().replace(|sign: char| "()（）*_.,!。，！".contains(sign), " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What closes a list of options in a language, in lower case.
struct Language {
    /// All of the others are right.
    all: &'static [&'static str],
    /// None of the others is, or not all of them.
    none: &'static [&'static str],
}

#[rustfmt::skip]
const LANGUAGES: [Language; 8] = [
    // Chinese
    Language {
        all: &[
            "以上都是", "以上皆是", "以上全是", "以上均是", "以上全部", "以上所有", "以上都对", "以上都對", "以上全对",
            "以上全對", "以上都正确", "以上都正確", "以上均正确", "以上均正確", "以上选项都正确", "以上說法都正確", "以上说法都正确",
        ],
        none: &[
            "以上都不是", "以上皆非", "以上皆不是", "以上均不是", "以上都不对", "以上都不對", "以上全错", "以上全錯",
            "以上都错", "以上都錯", "以上都不正确", "以上都不正確", "以上均不正确", "以上均不正確",
        ],
    },
    // Japanese
    Language {
        all: &["上記すべて", "上記の全て", "上記全て", "上記のすべて", "以上すべて", "以上のすべて", "すべて正しい", "全て正しい"],
        none: &["上記のいずれでもない", "上記のどれでもない", "いずれでもない", "どれでもない", "該当なし"],
    },
    // Spanish
    Language {
        all: &[
            "todas las anteriores", "todos los anteriores", "todo lo anterior", "todas las opciones anteriores",
            "todas las respuestas anteriores", "todas son correctas", "todas las respuestas son correctas",
        ],
        none: &[
            "ninguna de las anteriores", "ninguno de los anteriores", "nada de lo anterior",
            "ninguna de las opciones anteriores", "ninguna de las respuestas anteriores", "ninguna es correcta",
        ],
    },
    // Portuguese
    Language {
        all: &["todas as anteriores", "todas as alternativas anteriores", "todas as opções anteriores"],
        none: &["nenhuma das anteriores", "nenhuma das alternativas anteriores", "nenhuma das opções anteriores"],
    },
    // Italian
    Language {
        all: &["tutte le precedenti", "tutte le risposte precedenti", "tutte le risposte sono corrette"],
        none: &["nessuna delle precedenti", "nessuna delle risposte precedenti"],
    },
    // French
    Language {
        all: &[
            "toutes les réponses", "toutes les réponses ci-dessus", "toutes ces réponses",
            "toutes les réponses précédentes", "toutes les réponses sont correctes", "tout ce qui précède",
        ],
        none: &[
            "aucune de ces réponses", "aucune des réponses", "aucune des réponses ci-dessus",
            "aucune des réponses précédentes", "aucune de ces propositions", "rien de tout cela",
        ],
    },
    // German
    Language {
        all: &[
            "alle oben genannten", "alle genannten", "alle der genannten", "alle der oben genannten",
            "alles oben genannte", "alle antworten", "alle antworten sind richtig", "alle sind richtig",
        ],
        none: &[
            "keine der genannten", "keine der oben genannten", "keines der genannten", "keiner der genannten",
            "keine der antworten", "keine davon", "nichts davon", "keine der antworten ist richtig",
        ],
    },
    // Russian
    Language {
        all: &["все вышеперечисленное", "всё вышеперечисленное", "все перечисленное", "всё перечисленное"],
        none: &["ничего из вышеперечисленного", "ничего из перечисленного", "ни один из вариантов"],
    },
];
