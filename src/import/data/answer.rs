//! Which options an answer means: a letter, several, a number, the text of an option. What could mean more
//! than one thing is said to be unclear, and is for the author to settle.

use super::{
    Name, Node, Scalar, Sort, Value,
    fields::{place, plain},
    options::{Given, truth},
};
use crate::{
    domain::question::MOST_OPTIONS,
    import::{answer::stated_by_letters, draft::Stated, lines::any_label},
};

/// Where a file's plain numbers count options from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Zero,
    One,
    /// Nothing in the file says so.
    Unknown,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// These options, by place; perhaps places that no option has.
    Options(Vec<u8>),
    /// These options, or those.
    Unclear(Vec<u8>, Vec<u8>),
    Unreadable(String),
}

impl Base {
    /// Where these answers, each with its options, count from. An answer of 0 counts from 0, one as great
    /// as the number of options counts from 1; whoever does both leaves it open.
    pub fn of<'n>(answers: impl Iterator<Item = (Vec<&'n Scalar<'n>>, Vec<Given>)>) -> Self {
        let (mut zero, mut one) = (false, false);
        for (answers, options) in answers.filter(|(_, options)| !has_labels(options)) {
            let numbers =
                answers.into_iter().filter(|answer| places_with_text(&answer.text, &options).is_empty());
            for number in numbers.flat_map(Scalar::wholes) {
                zero |= number == 0;
                one |= number == options.len();
            }
        }
        match (zero, one) {
            (true, false) => Self::Zero,
            (false, true) => Self::One,
            (true, true) | (false, false) => Self::Unknown,
        }
    }
}

/// The single values of an answer.
pub(super) fn scalars<'n>(node: &'n Node<'n>) -> Vec<&'n Scalar<'n>> {
    match &node.value {
        Value::Scalar(scalar) => vec![scalar],
        Value::List(items) => items.iter().filter_map(Node::scalar).collect(),
        Value::Nothing | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => Vec::new(),
    }
}

/// What an answer means by names: a letter, a text, or a number that counts from where the file counts; or a
/// map that says of each option whether it is right.
pub(super) fn named(node: &Node<'_>, options: &[Given], base: Base) -> Meaning {
    if let Value::Fields(pairs) = &node.value {
        return judged(pairs, options);
    }
    if is_mask(node, options) {
        return Meaning::Unreadable("0 and 1 for each option".to_owned());
    }
    joined(node, |scalar| of_scalar(scalar, options, base))
}

/// `[0, 1, 0]` of three options, which may say of each whether it is right.
fn is_mask(node: &Node<'_>, options: &[Given]) -> bool {
    let values = scalars(node);
    let all = values.iter().all(|value| matches!(value.text.trim(), "0" | "1"));
    all && values.len() == options.len()
        && options.len() > 1
        && options.iter().all(|option| !matches!(option.text.trim(), "0" | "1"))
}

/// `{"answer_a_correct": "false", "answer_b_correct": "true"}`
fn judged(pairs: &[(Name<'_>, Node<'_>)], options: &[Given]) -> Meaning {
    let mut right = Vec::new();
    for (name, node) in pairs {
        let name = plain(name);
        let Some(place) = option_named(name.strip_suffix("correct").unwrap_or(&name), options) else {
            return Meaning::Unreadable(name);
        };
        match node.scalar().and_then(truth) {
            Some(true) => right.push(place),
            Some(false) => {}
            None => return Meaning::Unreadable(name),
        }
    }
    Meaning::Options(sorted(right))
}

fn option_named(name: &str, options: &[Given]) -> Option<u8> {
    let called = |given: &Given| given.label.as_deref().is_some_and(|label| plain(label) == name);
    options.iter().position(called).map(byte).or_else(|| place(name))
}

/// What an answer means by numbers that count from a stated place.
pub(super) fn numbered(node: &Node<'_>, options: &[Given], first: usize) -> Meaning {
    joined(node, |scalar| {
        let place = scalar.whole().and_then(|number| number.checked_sub(first));
        match place {
            Some(place) => Meaning::Options(vec![byte(place)]),
            None => Meaning::Unreadable(format!("{} of {} options", scalar.text, options.len())),
        }
    })
}

/// What an answer means that names the wrong options by their texts.
pub(super) fn all_but(node: &Node<'_>, options: &[Given]) -> Meaning {
    let wrong = joined(node, |scalar| match places_with_text(&scalar.text, options).as_slice() {
        [] => Meaning::Unreadable(scalar.text.to_string()),
        places => Meaning::Options(places.concat()),
    });
    match wrong {
        Meaning::Options(wrong) => {
            Meaning::Options((0..byte(options.len())).filter(|place| !wrong.contains(place)).collect())
        }
        Meaning::Unclear(..) | Meaning::Unreadable(_) => wrong,
    }
}

fn joined(node: &Node<'_>, meaning: impl Fn(&Scalar<'_>) -> Meaning) -> Meaning {
    let whole_list = match &node.value {
        Value::List(items) => items.iter().all(|item| item.scalar().is_some()),
        Value::Scalar(_) => true,
        Value::Nothing | Value::Fields(_) | Value::Unread(_) | Value::Broken(_) => false,
    };
    if !whole_list {
        return Meaning::Unreadable("no text, number or list of them".to_owned());
    }
    let mut all = Vec::new();
    for scalar in scalars(node) {
        match meaning(scalar) {
            Meaning::Options(places) if places.iter().any(|place| all.contains(place)) => {
                return Meaning::Unreadable(format!("{} twice", scalar.text));
            }
            Meaning::Options(places) => all.extend(places),
            unclear @ (Meaning::Unclear(..) | Meaning::Unreadable(_)) => return unclear,
        }
    }
    Meaning::Options(sorted(all))
}

fn of_scalar(scalar: &Scalar<'_>, options: &[Given], base: Base) -> Meaning {
    let text = scalar.text.trim();
    let whole_meaning = settled(readings(scalar.sort, text, options, base));
    match whole_meaning {
        Some(meaning) => meaning,
        // Each part is compared with each option.
        None if (2..=MOST_OPTIONS).contains(&text.split(SEPARATORS).count()) => {
            let parts = text.split(SEPARATORS).map(str::trim);
            let mut all = Vec::new();
            for part in parts {
                match settled(readings(scalar.sort, part, options, base)) {
                    Some(Meaning::Options(places)) if places.iter().any(|place| all.contains(place)) => {
                        return Meaning::Unreadable(text.to_owned());
                    }
                    Some(Meaning::Options(places)) => all.extend(places),
                    Some(unclear) => return unclear,
                    None => return Meaning::Unreadable(text.to_owned()),
                }
            }
            Meaning::Options(sorted(all))
        }
        None => Meaning::Unreadable(text.to_owned()),
    }
}

/// One meaning out of all that are possible. Those that name an option count first.
fn settled((inside, outside): (Vec<Vec<u8>>, Vec<Vec<u8>>)) -> Option<Meaning> {
    match inside.as_slice() {
        [] => outside.into_iter().next().map(Meaning::Options),
        [only] => Some(Meaning::Options(only.clone())),
        [first, second, ..] => Some(Meaning::Unclear(first.clone(), second.clone())),
    }
}

/// All that a text may mean: what names options, and what names some that are not there.
fn readings(sort: Sort, text: &str, options: &[Given], base: Base) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let same_text = places_of_text(text, options);
    if !same_text.is_empty() && sort == Sort::Text {
        // A text that is an option's text is that; only a letter may be meant otherwise.
        return inside_and_outside(same_text.into_iter().chain(lettered(text, options)), options);
    }
    // A number where all others count options.
    let is_counted = sort == Sort::Number && base != Base::Unknown;
    let same_text = if is_counted { Vec::new() } else { same_text };
    let numbers = whole(text).filter(|_| !has_labels(options)).map_or_else(Vec::new, |number| {
        let (zero, one) = (Some(number), number.checked_sub(1));
        match base {
            Base::Zero => vec![zero],
            Base::One => vec![one],
            Base::Unknown => vec![zero, one],
        }
    });
    let numbers = numbers.into_iter().flatten().map(|place| vec![byte(place)]);
    inside_and_outside(same_text.into_iter().chain(lettered(text, options)).chain(numbers), options)
}

fn inside_and_outside(
    readings: impl Iterator<Item = Vec<u8>>,
    options: &[Given],
) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let mut distinct: Vec<Vec<u8>> = Vec::new();
    for reading in readings {
        if !distinct.contains(&reading) {
            distinct.push(reading);
        }
    }
    distinct.into_iter().partition(|places| places.iter().all(|place| usize::from(*place) < options.len()))
}

/// An option's own name, or else its letter.
fn lettered(text: &str, options: &[Given]) -> Option<Vec<u8>> {
    let called = |given: &Given| given.label.as_deref().is_some_and(|label| plain(label) == plain(text));
    match options.iter().position(called) {
        Some(place) => Some(vec![byte(place)]),
        None if text.len() > 1 && place(text).is_some() && places_with_text(text, options).is_empty() => {
            place(text).map(|place| vec![place])
        }
        None => match stated_by_letters(text, options) {
            Stated::Options(places) | Stated::Unclear(places, _) => Some(places),
            Stated::Unreadable(_) => None,
        },
    }
}

/// The options of this text, or else of what stands behind its letter: `B. green`.
fn places_of_text(text: &str, options: &[Given]) -> Vec<Vec<u8>> {
    let places = places_with_text(text, options);
    match any_label(text) {
        Some(label) if places.is_empty() => places_with_text(label.text, options),
        Some(_) | None => places,
    }
}

/// The options of this text, which should be one.
fn places_with_text(text: &str, options: &[Given]) -> Vec<Vec<u8>> {
    let text = text.trim();
    let exact = |given: &Given| given.text.trim() == text;
    let alike = |given: &Given| in_lower_case(given.text.trim()).eq(in_lower_case(text));
    let places = |same: &dyn Fn(&Given) -> bool| -> Vec<Vec<u8>> {
        (0..options.len()).filter(|place| same(&options[*place])).map(|place| vec![byte(place)]).collect()
    };
    let found = places(&exact);
    if found.is_empty() { places(&alike) } else { found }
}

/// Letter by letter, so that two long texts are compared only as far as they are alike.
fn in_lower_case(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn has_labels(options: &[Given]) -> bool {
    options.iter().any(|given| given.label.is_some())
}

impl Scalar<'_> {
    /// The numbers of a text that is nothing else: `2`, `2,4`.
    pub fn wholes(&self) -> Vec<usize> {
        self.text.split(SEPARATORS).map(whole).collect::<Option<_>>().unwrap_or_default()
    }

    /// What it is where it is a whole number.
    pub fn whole(&self) -> Option<usize> {
        whole(&self.text)
    }
}

/// What stands between several answers in one text.
const SEPARATORS: [char; 3] = [',', ';', '|'];

fn whole(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

fn byte(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}

fn sorted(mut places: Vec<u8>) -> Vec<u8> {
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(sort: Sort, answer: &str, options: &[&str], base: Base) -> String {
        let options: Vec<Given> = options.iter().map(|text| Given::new(0, text)).collect();
        let node = Node { at: 0, value: Value::Scalar(Scalar::new(answer, sort)) };
        match named(&node, &options, base) {
            Meaning::Options(places) => format!("{places:?}"),
            Meaning::Unclear(these, those) => format!("{these:?} or {those:?}"),
            Meaning::Unreadable(words) => format!("unreadable: {words}"),
        }
    }

    #[test]
    fn an_answer_is_a_letter_a_text_or_a_number_and_never_a_guess() {
        use Base::{One, Unknown, Zero};
        let colours = ["red", "green", "blue"];
        let table = [
            (Sort::Text, "B", &colours[..], Unknown, "[1]"),
            (Sort::Text, "a, c", &colours, Unknown, "[0, 2]"),
            (Sort::Text, "AC", &colours, Unknown, "[0, 2]"),
            (Sort::Text, "green", &colours, Unknown, "[1]"),
            (Sort::Text, "Green", &colours, Unknown, "[1]"),
            (Sort::Text, "red, blue", &colours, Unknown, "[0, 2]"),
            (Sort::Text, "F", &colours, Unknown, "[5]"),
            (Sort::Text, "(B) green", &colours, Unknown, "[1]"),
            (Sort::Text, "B. red", &colours, Unknown, "[0] or [1]"),
            (Sort::Text, "yellow", &colours, Unknown, "unreadable: yellow"),
            (Sort::Number, "0", &colours, Unknown, "[0]"),
            (Sort::Number, "3", &colours, Unknown, "[2]"),
            (Sort::Number, "1", &colours, Unknown, "[1] or [0]"),
            (Sort::Number, "1", &colours, Zero, "[1]"),
            (Sort::Number, "1", &colours, One, "[0]"),
            (Sort::Number, "9", &colours, One, "[8]"),
            (Sort::Cell, "1;3", &colours, One, "[0, 2]"),
            (Sort::Number, "2", &["1", "2", "3"], One, "[1]"),
            (Sort::Number, "2", &["1", "2", "3"], Zero, "[2]"),
            (Sort::Number, "2", &["1", "2", "3"], Unknown, "[1] or [2]"),
            (Sort::Cell, "2", &["2", "4"], One, "[0] or [1]"),
            (Sort::Text, "2", &["2", "4"], One, "[0]"),
            (Sort::Text, "B", &["B", "A"], Unknown, "[0] or [1]"),
            (Sort::Text, "A", &["A", "B"], Unknown, "[0]"),
            (Sort::Truth(true), "true", &["True", "False"], Unknown, "[0]"),
        ];
        for (sort, answer, options, base, expected) in table {
            assert_eq!(meaning(sort, answer, options, base), expected, "{answer} of {options:?}, {base:?}");
        }
    }
}
