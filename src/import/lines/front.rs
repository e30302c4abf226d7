//! Front matter: what generators of pages keep above a text in YAML, between two lines of `---`. Knows where
//! it ends and how a field of it is written; what the fields mean is for others.

/// The fields of a text that begins with front matter, and the text behind it.
pub(in crate::import) fn split(text: &str) -> Option<(&str, &str)> {
    let begun = text.strip_prefix("---")?;
    let (rest_of_rule, inside) = begun.split_once('\n')?;
    if !rest_of_rule.trim().is_empty() || !inside.starts_with(|first: char| first.is_alphabetic()) {
        return None;
    }
    let mut end = 0;
    for line in inside.split_inclusive('\n') {
        let behind = end + line.len();
        match line.trim_end() {
            "---" | "..." => {
                return Some((&inside[..end], &inside[behind..])).filter(|it| !it.1.trim().is_empty());
            }
            field if may_be_field(field) => end = behind,
            _ => return None,
        }
    }
    None
}

/// A line with a name and a colon, or one that belongs to such a line.
fn may_be_field(line: &str) -> bool {
    let named = |(name, value): (&str, &str)| {
        let is_word = |sign: char| sign.is_alphanumeric() || "_-".contains(sign);
        !name.is_empty() && name.chars().all(is_word) && (value.is_empty() || value.starts_with([' ', '\t']))
    };
    line.is_empty()
        || line.starts_with([' ', '\t', '#'])
        || line.starts_with("- ")
        || line.split_once(':').is_some_and(named)
}

/// The title that front matter gives.
pub(in crate::import) fn title(fields: &str) -> Option<&str> {
    let value = fields.lines().find_map(|line| line.strip_prefix("title:"))?.trim();
    let quoted = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    Some(quoted.unwrap_or(value).trim()).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_rules_and_from_yaml() {
        let table = [
            ("---\ntitle: x\n---\ntext", Some("text")),
            ("---\ntitle: x\ntags:\n- a\n  - b\n# c\n\ndate:\n...\n\ntext", Some("\ntext")),
            ("---\ntitle: x\nquestions:\n- question: y", None),
            ("---\ntitle: x\n---\n", None),
            ("---\n\nWhat is it?\n\n---\n", None),
            ("---\nWhat is it?\n---\ntext", None),
            ("---\nhttp://example.org\n---\ntext", None),
            ("--- title: x\n---\ntext", None),
            ("text\n---\ntitle: x\n---\n", None),
        ];
        for (text, expected) in table {
            assert_eq!(split(text).map(|(_, behind)| behind), expected, "{text}");
        }
    }

    #[test]
    fn a_title_may_be_quoted() {
        let table = [
            ("title: Bread: a start\n", Some("Bread: a start")),
            ("a: b\ntitle: \"Bread\"\n", Some("Bread")),
            ("title: 'Bread'", Some("Bread")),
            ("title:", None),
            ("subtitle: x", None),
        ];
        for (fields, expected) in table {
            assert_eq!(title(fields), expected, "{fields}");
        }
    }
}
