//! What stands between the braces of GIFT, by the kind of question that it makes.

use super::{
    super::MOST_PARTS,
    marks::{find, split_once, unescaped},
    without_format,
};

/// The options of a question and its general feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    pub choices: Vec<Choice>,
    pub general: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub text: String,
    pub right: bool,
    pub feedback: String,
}

/// A kind of question that is not studied here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsupported {
    /// Each of its right answers is enough.
    Alternatives,
    Description,
    Endless,
    Essay,
    Matching,
    Numerical,
    ShortAnswer,
}

impl Unsupported {
    pub fn name(self) -> &'static str {
        match self {
            Self::Alternatives => "a question of which any one of several answers is right",
            Self::Description => "a description, not a question",
            Self::Endless => "a question of more than 1,000 options",
            Self::Essay => "an essay question",
            Self::Matching => "a matching question",
            Self::Numerical => "a numerical question",
            Self::ShortAnswer => "a short-answer question",
        }
    }
}

impl Answers {
    pub fn of(inside: &str) -> Result<Self, Unsupported> {
        let inside = inside.trim();
        let (inside, general) = split_once(inside, "####").unwrap_or((inside, ""));
        let (inside, general) = (inside.trim(), unescaped(general.trim()));
        if inside.is_empty() {
            return Err(Unsupported::Essay);
        }
        if inside.starts_with('#') {
            return Err(Unsupported::Numerical);
        }
        if let Some(choices) = truth(inside) {
            return Ok(Self { choices, general });
        }
        if find(inside, "~").is_none() {
            let matches = find(inside, "->").is_some();
            return Err(if matches { Unsupported::Matching } else { Unsupported::ShortAnswer });
        }
        let choices = choices(inside).ok_or(Unsupported::Endless)?;
        let right = choices.iter().filter(|choice| choice.right).count();
        if right > 1 && find(inside, "=").is_some() {
            return Err(Unsupported::Alternatives);
        }
        Ok(Self { choices, general })
    }

    /// Whether the options are only true and false.
    pub fn is_about_truth(&self) -> bool {
        self.choices.iter().map(|choice| choice.text.as_str()).eq(["True", "False"])
    }
}

/// `T`, or `FALSE#said of the wrong answer#said of the right one`.
fn truth(inside: &str) -> Option<Vec<Choice>> {
    let (word, said) = split_once(inside, "#").unwrap_or((inside, ""));
    let word = word.trim();
    let is = |words: [&str; 2]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    let truth = if is(["T", "TRUE"]) { true } else { is(["F", "FALSE"]).then_some(false)? };
    let (of_wrong, of_right) = split_once(said, "#").unwrap_or((said, ""));
    let choice = |text: &str, value: bool| Choice {
        text: text.to_owned(),
        right: value == truth,
        feedback: unescaped(if value == truth { of_right } else { of_wrong }.trim()),
    };
    Some(vec![choice("True", true), choice("False", false)])
}

/// `=right#said ~wrong ~%50%half`: an equals sign marks the right option; without one, options with a
/// positive weight are right together. None where there are too many.
fn choices(inside: &str) -> Option<Vec<Choice>> {
    let starts: Vec<usize> = marks(inside).take(MOST_PARTS + 1).collect();
    if starts.len() > MOST_PARTS {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([inside.len()]);
    let written: Vec<(&str, &str)> =
        starts.iter().zip(ends).map(|(from, to)| inside[*from..to].split_at(1)).collect();
    let marked = written.iter().any(|(mark, _)| *mark == "=");
    let choice = |(mark, text): (&str, &str)| {
        let (weight, text) = weighted(text.trim());
        let (text, feedback) = split_once(text, "#").unwrap_or((text, ""));
        Choice {
            text: unescaped(without_format(text.trim_start()).trim()),
            right: if marked { mark == "=" } else { weight > 0.0 },
            feedback: unescaped(feedback.trim()),
        }
    };
    Some(written.into_iter().map(choice).collect())
}

/// Where options begin.
fn marks(inside: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    inside.bytes().enumerate().filter_map(move |(at, byte)| {
        let is_mark = !escaped && matches!(byte, b'=' | b'~');
        escaped = !escaped && byte == b'\\';
        is_mark.then_some(at)
    })
}

/// The weight of an option in hundredths, and the text behind it.
fn weighted(text: &str) -> (f64, &str) {
    let weight = text.strip_prefix('%').and_then(|inner| inner.split_once('%'));
    let parsed = weight.and_then(|(weight, behind)| Some((weight.trim().parse().ok()?, behind.trim_start())));
    parsed.unwrap_or((0.0, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(inside: &str) -> String {
        match Answers::of(inside) {
            Err(kind) => kind.name().to_owned(),
            Ok(Answers { choices, general }) => {
                let told = choices.iter().map(|choice| {
                    let mark = if choice.right { '+' } else { '-' };
                    format!("{mark}{}({})", choice.text, choice.feedback)
                });
                format!("{} {general}", told.collect::<String>()).trim_end().to_owned()
            }
        }
    }

    #[test]
    fn braces_tell_the_kind_of_a_question() {
        let table = [
            ("=one ~two#no ~three", "+one()-two(no)-three()"),
            ("~two =one#yes####all", "-two()+one(yes) all"),
            ("~%50%a ~%50%b ~%-100%c", "+a()+b()-c()"),
            ("=a ~%50%b", "+a()-b()"),
            (r"=x \= 1 ~y \~ z", "+x = 1()-y ~ z()"),
            ("~a ~b", "-a()-b()"),
            ("T", "+True()-False()"),
            ("FALSE#so#right####why", "-True(so)+False(right) why"),
            ("", "an essay question"),
            ("####why", "an essay question"),
            ("#3:0.1", "a numerical question"),
            ("=a -> b =c -> d", "a matching question"),
            ("=one =two", "a short-answer question"),
            ("=one =two ~three", "a question of which any one of several answers is right"),
            ("=[html]one ~[moodle]two", "+one()-two()"),
            ("\n  = one\n  ~ two\n", "+one()-two()"),
        ];
        for (inside, expected) in table {
            assert_eq!(told(inside), expected, "{inside}");
        }
    }
}
