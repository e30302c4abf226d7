//! Problems as the best compilers draw them: the place, the line itself, what is meant underlined, and
//! what to do. Everything from a deck is harmless before it is drawn, and the marks still stand under
//! what they mean.

use std::{borrow::Cow, path::Path};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Color, text};
use crate::{
    app::Explanation,
    domain::question::Shuffling,
    import::{Excerpt, Explained, Place, Problem, Severity, shuffling::Place as Part},
    typeset::harmless,
};

/// Draws on one stream, as wide and as colourful as it can take.
pub(super) struct Pen {
    renderer: Renderer,
    width: usize,
}

impl Pen {
    /// For standard output.
    pub fn new(color: Color) -> Self {
        let (colours, width) = (color.on_output(), usize::from(text::width()));
        Self::with(colours, width)
    }

    fn with(colours: bool, width: usize) -> Self {
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(width), width }
    }

    /// A problem of a file, in lines.
    pub fn problem(&self, path: &Path, problem: &Problem) -> String {
        let Problem { line, column, length, kind, .. } = *problem;
        let title = level(problem.severity).primary_title(told(problem)).id(kind.word());
        let path = shown_path(path);
        let place = Place { line, column, length };
        let mark = AnnotationKind::Primary;
        let mut group =
            drawn(title.elements([origin(&path, place)]), mark, place, &problem.source, contrast(problem));
        if let Some(related) = &problem.related {
            let place = Place { line: related.line, column: related.column, length: related.length };
            group = group.element(origin(&path, place));
            let label = Some(harmless(&related.label));
            group = drawn(group, AnnotationKind::Context, place, &related.source, label);
        }
        self.finished(group, problem.hint)
    }

    /// How a question is shuffled, in lines.
    pub fn explained(&self, path: &Path, explained: &Explained) -> String {
        let (word, told) = decision(explained);
        let title = Level::NOTE.with_name(word).primary_title(told);
        let group = title.elements([origin(&shown_path(path), explained.place)]);
        let (mark, label) = (AnnotationKind::Primary, reason(explained).map(Cow::Borrowed));
        let group = drawn(group, mark, explained.place, &explained.source, label);
        self.finished(group, advice(explained))
    }

    fn finished(&self, group: Group<'_>, hint: &str) -> String {
        /// What the drawing puts before the first word of a hint.
        const INDENTED: usize = 14;
        let width = self.width.saturating_sub(INDENTED).max(20);
        let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        let hint = textwrap::fill(&harmless(hint), options);
        let help = (!hint.is_empty()).then(|| Level::HELP.message(hint));
        let drawn = self.renderer.render(&[group.elements(help)]);
        drawn.lines().filter(|line| !is_bare_marker(line)).collect::<Vec<_>>().join("\n")
    }
}

/// The place is drawn by itself, since a column of a cut line is another one in the file. Then the library
/// marks the line as one of a further file, without a name; nothing else it draws looks like that.
fn is_bare_marker(line: &str) -> bool {
    let mut in_style = false;
    let seen = line.chars().filter(|character| {
        let style = in_style || *character == '\u{1b}';
        in_style = style && *character != 'm';
        !style
    });
    seen.filter(|character| !character.is_whitespace()).eq(":::".chars())
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::HeldBack => Level::ERROR.with_name("held back"),
        Severity::Warning => Level::WARNING,
        Severity::Lint => Level::INFO.with_name("lint"),
        Severity::Note => Level::NOTE,
    }
}

/// The message, with the question that it belongs to.
fn told(problem: &Problem) -> String {
    let message = text::one_line(&problem.message);
    let Some(number) = &problem.question else { return message.into_owned() };
    let named = ["Q", "question "].iter().any(|word| problem.message.contains(&format!("{word}{number} ")));
    if named { message.into_owned() } else { format!("Q{}: {message}", text::one_line(number)) }
}

/// What was expected and what was found. A lint is about more than its line, and says both anyway.
fn contrast(problem: &Problem) -> Option<Cow<'static, str>> {
    if problem.severity == Severity::Lint {
        return None;
    }
    let expected = text::one_line(problem.expected.as_deref()?);
    let contrast = match &problem.found {
        Some(found) => format!("expected {expected}, found {}", text::one_line(found)),
        None => format!("expected {expected}"),
    };
    Some(contrast.into())
}

fn origin(path: &str, place: Place) -> Origin<'static> {
    Origin::path(path.to_owned()).line(place.line as usize).char_column(place.column as usize)
}

/// A path as it is shown: from here on, where it is below.
pub(super) fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok());
    text::one_line(&below.unwrap_or(path).to_string_lossy()).into_owned()
}

/// The line at a place with its part underlined. Each piece is made harmless by itself, so that the marks
/// move with what is replaced before them.
fn drawn<'a>(
    group: Group<'a>,
    mark: AnnotationKind,
    place: Place,
    source: &Excerpt,
    label: Option<Cow<'a, str>>,
) -> Group<'a> {
    let piece = |from: usize, length: usize| -> String {
        harmless(&source.text.chars().skip(from).take(length).collect::<String>()).into_owned()
    };
    let (from, length) = (place.column.saturating_sub(source.from) as usize, place.length as usize);
    let cut = if source.from > 1 { "…" } else { "" };
    let mut line = cut.to_owned() + &piece(0, from);
    let begin = line.len();
    line.push_str(&piece(from, length));
    let end = line.len();
    line.push_str(&piece(from + length, usize::MAX));
    if source.goes_on {
        line.push('…');
    }
    let annotation: Annotation<'a> = mark.span(begin..end).label(label);
    group.element(Snippet::source(line).line_start(place.line as usize).annotation(annotation))
}

fn decision(explained: &Explained) -> (&'static str, String) {
    let name = text::one_line(&explained.name);
    match explained.shuffling {
        Some(Shuffling::Free) => ("free", format!("the options of {name} are shown in any order")),
        Some(Shuffling::PinnedLast(1)) => {
            ("pinned", format!("the last option of {name} stays last, and the others in any order"))
        }
        Some(Shuffling::PinnedLast(last)) => {
            ("pinned", format!("the last {last} options of {name} stay last, and the others in any order"))
        }
        Some(Shuffling::Locked) => ("locked", format!("the options of {name} keep their order")),
        None => ("held back", format!("{name} is not shown before it is mended")),
    }
}

fn reason(explained: &Explained) -> Option<&'static str> {
    let (_, part) = explained.words.as_ref()?;
    Some(match part {
        Part::Stem => "these words of the stem say where an option stands",
        Part::Option(_) if matches!(explained.shuffling, Some(Shuffling::PinnedLast(_))) => {
            "this option speaks of all the others"
        }
        Part::Option(_) => "these words of an option say where another one stands",
        Part::Explanation => "these words of the explanation say where an option stands",
        Part::Directive => "the author decides",
    })
}

fn advice(explained: &Explained) -> &'static str {
    let directed = matches!(explained.words, Some((_, Part::Directive)));
    match explained.shuffling {
        Some(_) if directed => "",
        Some(Shuffling::Free) => {
            "Nothing in it says where an option stands. <!-- retain: fixed-order --> in the question keeps its order."
        }
        Some(Shuffling::PinnedLast(_) | Shuffling::Locked) => {
            "Say it in other words to have it shuffled, or write <!-- retain: shuffle --> in the question."
        }
        None => "retain check says why, without --explain.",
    }
}

/// All that is known of one file's questions, drawn.
pub(super) fn explanation(pen: &Pen, file: &Explanation) -> Vec<String> {
    file.explained.iter().map(|explained| pen.explained(&file.path, explained)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::parse;

    /// The drawings of all problems of a chapter.
    fn drawn(text: &str) -> String {
        let pen = Pen::with(false, 80);
        let problems = parse(text, "chapter.md").problems;
        problems.iter().map(|problem| pen.problem(Path::new("chapter.md"), problem) + "\n\n").collect()
    }

    /// A question whose answer, which cannot be read, stands between these texts.
    fn with_answer(before: &str, answer: &str, behind: &str) -> String {
        format!(
            "# T\n\n**Q1: Basic - [x]**\n\nWhich?\n\nA) one\nB) two\n\n{before}**Answer: {answer}**{behind}\n\n\
             **Explanation:**\nSo.\n"
        )
    }

    #[test]
    fn a_problem_is_drawn_with_its_place_its_line_and_what_to_do() {
        let expected = "\
held back[unreadable-answer]: the answer of question 1 cannot be read
  --> chapter.md:10:11
   |
10 | **Answer: maybe**
   |           ^^^^^ expected letters of options, found maybe
   |
   = help: Give the letter of an option alone, or several: A, C.

";
        assert_eq!(drawn(&with_answer("", "maybe", "")), expected);
    }

    #[test]
    fn a_second_place_is_drawn_too() {
        let drawn = drawn(&with_answer("", "A", "").replace("B) two", "B) one"));
        let expected = "\
held back[identical-options]: Q1: options A and B have the same text
 --> chapter.md:8:1
  |
8 | B) one
  | ^^^^^^
 ::: chapter.md:7:1
  |
7 | A) one
  | ------ the first of them
  |
  = help: Change or delete one of the two.

";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn marks_stand_under_what_they_mean_behind_tabs_and_wide_characters() {
        let table = [
            (
                with_answer("\t", "maybe", ""),
                "10 |     **Answer: maybe**",
                "   |               ^^^^^ expected letters",
            ),
            (
                with_answer("", "B", "").replace("So.", "答案: 五. Wait, let me see."),
                "13 | 答案: 五. Wait, let me see.",
                "   |           ^^^^",
            ),
        ];
        for (text, line, marks) in table {
            let drawn = drawn(&text);
            let mut lines = drawn.lines().skip_while(|drawn| *drawn != line);
            assert_eq!(lines.next(), Some(line), "{drawn}");
            assert!(lines.next().is_some_and(|below| below.starts_with(marks)), "{drawn}");
        }
    }

    #[test]
    fn an_escape_sequence_is_shown_and_moves_the_marks_with_it() {
        let drawn = drawn(&with_answer("", "\u{1b}[31m\u{202e}maybe", ""));
        assert!(drawn.contains("10 | **Answer: ␛[31m⟨U+202E⟩maybe**"), "{drawn}");
        assert!(drawn.contains("   |           ^^^^^^^^^^^^^^^^^^ expected letters"), "{drawn}");
        assert!(!drawn.contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn a_very_long_line_is_cut_around_what_is_meant() {
        let long = "so it is. ".repeat(100_000);
        let text = with_answer("", "B", "").replace("So.", &format!("{long}Answer: A. {long}"));
        let drawn = drawn(&text);
        assert!(drawn.len() < 1000 && drawn.contains("chapter.md:13:1000001"), "{drawn}");
        let lines: Vec<&str> = drawn.lines().collect();
        let line = lines.iter().position(|line| line.contains("Answer: A")).expect("the line");
        assert_eq!(lines[line].find("Answer"), lines[line + 1].find('^'), "{drawn}");
    }

    #[test]
    fn colours_are_there_only_when_they_are_wanted() {
        let problem = &parse(&with_answer("", "maybe", ""), "chapter.md").problems[0];
        let path = Path::new("chapter.md");
        assert!(Pen::with(true, 80).problem(path, problem).contains("\u{1b}["));
        assert!(!Pen::with(true, 80).problem(path, problem).contains(":::"));
        assert!(!Pen::with(false, 80).problem(path, problem).contains('\u{1b}'));
    }
}
