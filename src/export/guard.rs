//! Text that looks as it did and is written so that the importer takes none of its lines for more than
//! text: a letter as its character reference, a heading one level deeper, a longer fence around code.

use crate::{
    domain::question::{Choice, Question},
    import::{fence_closes, fence_opening, is_structure},
};

/// The question with all of its texts guarded.
pub(super) fn question(question: &Question) -> Question {
    let Some(mut guarded) = rebuilt(question, text) else { return question.clone() };
    guarded.difficulty =
        question.difficulty.as_deref().map(label).filter(|difficulty| !difficulty.is_empty());
    guarded.category = question.category.as_deref().map(label).filter(|category| !category.is_empty());
    guarded.topic = label(&question.topic);
    guarded
}

/// The question with something done to each of its texts, if it is one then.
pub(super) fn rebuilt(question: &Question, done: impl Fn(&str) -> String) -> Option<Question> {
    let option = |option: &Choice| Choice { id: option.id, text: done(&option.text) };
    let (stem, explanation) = (done(&question.stem), done(&question.explanation));
    let mut rebuilt = match question.is_recall() {
        true => Question::recall(stem, explanation.clone()),
        false => {
            Question::new(stem, question.options().iter().map(option).collect(), question.keys().to_vec())
        }
    }
    .ok()?;
    let Question { number, difficulty, category, topic, shuffling, .. } = question;
    rebuilt.number.clone_from(number);
    rebuilt.difficulty.clone_from(difficulty);
    rebuilt.category.clone_from(category);
    rebuilt.topic.clone_from(topic);
    rebuilt.explanation = explanation;
    rebuilt.shuffling = *shuffling;
    Some(rebuilt)
}

/// The brackets of a head are for the head.
fn label(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace('[', "(").replace(']', ")").replace("**", "*")
}

fn text(text: &str) -> String {
    // Few blanks before a text are those behind a label; more make code of it.
    let text = if is_indented(text) { text } else { text.trim_start_matches(' ') };
    let mut guarded: Vec<String> = Vec::new();
    let mut lines = text.trim_end().lines().skip_while(|line| line.trim().is_empty()).peekable();
    let mut behind_blank = true;
    while let Some(line) = lines.next() {
        if let Some((fence, _)) = fence_opening(line) {
            let code: Vec<&str> =
                std::iter::from_fn(|| lines.next_if(|line| !fence_closes(line, fence))).collect();
            lines.next();
            guarded.extend(fenced(line, char::from(fence.mark), fence.length, &code));
        } else if behind_blank && is_indented(line) {
            let more =
                std::iter::from_fn(|| lines.next_if(|line| is_indented(line) || line.trim().is_empty()));
            let begins = guarded.is_empty();
            guarded.extend(indented(std::iter::once(line).chain(more).collect(), begins));
        } else {
            guarded.push(guarded_line(line, text));
        }
        behind_blank = guarded.last().is_none_or(|last: &String| last.trim().is_empty());
    }
    guarded.join("\n")
}

fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

/// Code that is told by its indentation gets marks when one of its lines could be taken for more, or when a text begins
/// with it. What belongs to an item of a list stays as it is, because marks would end the list.
fn indented(mut lines: Vec<&str>, begins: bool) -> Vec<String> {
    let written = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    let blank = lines.split_off(written);
    let flush = |line: &&str| !line.starts_with("     ");
    let is_taken = begins || lines.iter().any(|line| is_structure(line));
    let guarded: Vec<String> = match is_taken && lines.iter().any(flush) {
        true => {
            let code: Vec<&str> = lines.iter().map(|line| without_indentation(line)).collect();
            fenced("", '`', 0, &code)
        }
        false => lines.into_iter().map(str::to_owned).collect(),
    };
    guarded.into_iter().chain(blank.into_iter().map(str::to_owned)).collect()
}

fn without_indentation(line: &str) -> &str {
    line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')).unwrap_or(line.trim_start())
}

/// A code block within marks that nothing inside it can close, and that may hold question heads.
fn fenced(opening: &str, mark: char, length: usize, code: &[&str]) -> Vec<String> {
    let longest = code.iter().map(|line| longest_run(line, mark)).max().unwrap_or_default();
    let marks = mark.to_string().repeat(length.max(longest + 1).max(4));
    let indentation = &opening[..opening.len() - opening.trim_start().len()];
    let info = opening.trim_start().trim_start_matches(mark);
    let mut lines = vec![format!("{indentation}{marks}{info}")];
    lines.extend(code.iter().map(|line| (*line).to_owned()));
    lines.push(format!("{indentation}{marks}"));
    lines
}

fn longest_run(line: &str, mark: char) -> usize {
    line.split(|sign| sign != mark).map(str::len).max().unwrap_or_default()
}

fn guarded_line(line: &str, whole: &str) -> String {
    let begun = line.trim_start();
    if begun.starts_with("<!--") && !whole.contains("-->") {
        return line.replacen('<', "&lt;", 1);
    }
    if !is_structure(line) {
        return line.to_owned();
    }
    let indentation = &line[..line.len() - begun.len()];
    let deeper = begun.trim_start_matches('#');
    if deeper.starts_with([' ', '\t'])
        && begun.len() - deeper.len() < 3
        && !is_structure(&format!("###{deeper}"))
    {
        return format!("{indentation}###{deeper}");
    }
    let meant = begun.char_indices().find(|(_, sign)| sign.is_alphanumeric());
    let Some((at, sign)) = meant.or_else(|| begun.char_indices().next()) else { return line.to_owned() };
    format!("{indentation}{}&#{};{}", &begun[..at], u32::from(sign), &begun[at + sign.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_text_is_written_as_text_that_looks_the_same() {
        let table = [
            ("plain", "plain"),
            ("A) one", "&#65;) one"),
            ("  - **B)** two", "- **&#66;)** two"),
            ("**Answer: B**", "**&#65;nswer: B**"),
            ("**Q1: Basic - [x]**", "**&#81;1: Basic - [x]**"),
            ("# Heading", "### Heading"),
            ("---", "&#45;--"),
            ("```\n**Q1: Basic - [x]**\n```", "````\n**Q1: Basic - [x]**\n````"),
            ("```sh\nopen", "````sh\nopen\n````"),
            ("~~~\n~~~~~ no\n~~~", "~~~~~~\n~~~~~ no\n~~~~~~"),
            ("x\n\n    A) code\n\n      more\n\ny", "x\n\n````\nA) code\n\n  more\n````\n\ny"),
            ("x\n\n    code", "x\n\n    code"),
            ("    code", "````\ncode\n````"),
            ("  one", "one"),
            ("<!-- open", "&lt;!-- open"),
            ("\n\nspaced\n\n", "spaced"),
        ];
        for (written, expected) in table {
            assert_eq!(text(written), expected, "{written}");
        }
    }
}
