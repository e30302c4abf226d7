//! Markdown to lines, as readers of chapters would see it.

use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use proptest::prelude::*;
use retain::typeset::{Document, Highlighter, Line, Role, columns};

fn plain(lines: &[Line]) -> Vec<String> {
    lines.iter().map(Line::plain).collect()
}

/// Lays out `markdown` at `width` and compares the text, one line of `expected` per line.
fn check(width: u16, markdown: &str, expected: &[&str]) {
    let lines = Document::parse(markdown).lines(width, &Highlighter::none());
    assert_eq!(plain(&lines), expected, "{markdown}");
}

fn check_inline(text: &str, expected: &str) {
    assert_eq!(Document::inline(text).one_line().plain(), expected, "{text}");
}

/// The role of the first span that holds this text.
fn role_of(lines: &[Line], text: &str) -> Role {
    let mut spans = lines.iter().flat_map(|line| &line.spans);
    spans.find(|span| span.text.contains(text)).unwrap_or_else(|| panic!("{text} in {lines:?}")).role
}

mod prose {
    use super::*;

    #[test]
    fn a_line_that_its_author_filled_flows_into_the_next() {
        let full = "a line that its author's editor has broken only because it was full";
        check(200, &format!("{full}\nand which goes on"), &[&format!("{full} and which goes on")]);
    }

    #[test]
    fn words_wrap_at_spaces_and_long_ones_are_broken() {
        check(10, "one two three four", &["one two", "three four"]);
        check(6, "an incomprehensible word", &["an", "incomp", "rehens", "ible", "word"]);
    }

    #[test]
    fn a_line_break_of_the_author_stays() {
        check(40, "`x = yield y`\nWhich happens first?", &["x = yield y", "Which happens first?"]);
        check(40, "a  \nb\\\nc<br>d", &["a", "b", "c", "d"]);
    }

    #[test]
    fn wide_and_combining_characters_take_their_columns() {
        check(5, "中文字很长", &["中文", "字很", "长"]);
        check(6, "中文。字", &["中文。", "字"]);
        check(4, "e\u{301}e\u{301} e\u{301}e\u{301}", &["e\u{301}e\u{301}", "e\u{301}e\u{301}"]);
        check(4, "👩\u{200d}💻👍👍", &["👩\u{200d}💻👍", "👍"]);
    }

    #[test]
    fn emphasis_becomes_a_role() {
        let lines = Document::parse("a **b** *c* ***d*** `e` ~~f~~").lines(80, &Highlighter::none());
        assert_eq!(plain(&lines), ["a b c d e f"]);
        let roles = ["b", "c", "d", "e", "f"].map(|text| role_of(&lines, text));
        use Role::{Emphasis, InlineCode, Strikethrough, Strong, StrongEmphasis};
        assert_eq!(roles, [Strong, Emphasis, StrongEmphasis, InlineCode, Strikethrough]);
    }

    #[test]
    fn names_and_products_are_shown_as_written() {
        for text in [
            "__slots__ and __init__() of obj.__class__.__name__",
            "Combining *args and **kwargs",
            "2*3*4 is n*m*(k), 2**3**2 a power, snake_case_name a name",
        ] {
            check(80, text, &[text]);
        }
        check(80, "**uses __new__ here** and `__del__`", &["uses __new__ here and __del__"]);
        check(80, "1)**Fast** and 中文**强调**中文", &["1)Fast and 中文强调中文"]);
    }

    #[test]
    fn links_say_where_they_lead_unless_their_text_does() {
        check(80, "[docs](https://a.org)", &["docs (https://a.org)"]);
        check(80, "<https://a.org> [b@c.de](mailto:b@c.de)", &["https://a.org b@c.de"]);
        check(80, "![a cat](cat.png) ![](dog.png)", &["a cat dog.png"]);
    }

    #[test]
    fn html_means_what_it_means_in_a_sentence() {
        check(80, "x<sup>2</sup>, a<sub>n+1</sub>, x<sup>n</sup>", &["x², a_(n+1), x^n"]);
        check(80, "<kbd>Ctrl</kbd>+<b>C</b> <!-- no -->&lt;&eacute;", &["Ctrl+C <é"]);
        check(80, "<a href='https://a.org'>a</a> <span class=x>b</span>", &["a (https://a.org) b"]);
        check(
            80,
            "<div align=\"center\">\n<p>one</p><p>two &amp; three</p>\n</div>",
            &["one", "two & three"],
        );
    }

    #[test]
    fn angle_brackets_that_are_no_pair_of_tags_stay() {
        for text in
            ["What does <div> do?", "List<String> or vector<int>", "a < b and c > d", "<br>", "[a]: b"]
        {
            check(80, text, &[text]);
        }
        check(80, "<!-- a comment alone -->", &[]);
    }

    #[test]
    fn an_escape_made_of_an_entity_is_shown() {
        check(80, "a&#27;[31m&#x202e;b `\u{1b}c`", &["a␛[31m⟨U+202E⟩b ␛c"]);
        check(80, "```\n\u{1b}]0;x\u{7}\n```", &["␛]0;x␇"]);
        check(80, "[a](<b\u{1b}&#10;>)", &["a (b␛␤)"]);
    }
}

mod blocks {
    use super::*;

    #[test]
    fn lists_hang_nest_and_keep_their_numbers() {
        check(
            16,
            "9. one two three four\n10. b\n    - c\n    - [x] d",
            &[" 9. one two", "    three four", "10. b", "    •   c", "    [x] d"],
        );
    }

    #[test]
    fn loose_lists_and_paragraphs_are_set_apart() {
        check(20, "- a\n\n- b\n\n# Title\ntext", &["• a", "", "• b", "", "Title", "text"]);
    }

    #[test]
    fn quotes_have_a_bar_on_every_line() {
        check(14, "> one two three\n> - a", &["│ one two", "│ three", "│ ", "│ • a"]);
    }

    #[test]
    fn indentation_yields_to_text_where_it_is_narrow() {
        check(6, "> - one two", &["•", "one", "two"]);
    }

    #[test]
    fn tables_are_boxes_with_aligned_columns() {
        check(
            40,
            "| Name | n |\n|:--|--:|\n| `a` | 1 |\n| 中文 | 200 |",
            &[
                "┌──────┬─────┐",
                "│ Name │   n │",
                "├──────┼─────┤",
                "│ a    │   1 │",
                "│ 中文 │ 200 │",
                "└──────┴─────┘",
            ],
        );
    }

    #[test]
    fn cells_wrap_where_the_table_is_too_wide() {
        check(
            22,
            "| a | meaning |\n|---|---|\n| b | one two three four |",
            &[
                "┌───┬────────────────┐",
                "│ a │ meaning        │",
                "├───┼────────────────┤",
                "│ b │ one two three  │",
                "│   │ four           │",
                "└───┴────────────────┘",
            ],
        );
    }

    #[test]
    fn a_table_without_room_becomes_fields() {
        check(
            16,
            "| Name | Meaning |\n|---|---|\n| alphabetical | in order |\n| b | |\n| c | d |",
            &["Name:", "alphabetical", "Meaning: in", "order", "", "Name: b", "", "Name: c", "Meaning: d"],
        );
    }

    #[test]
    fn a_rule_is_as_wide_as_the_page() {
        check(4, "a\n\n---\n\nb", &["a", "", "────", "", "b"]);
    }
}

mod code {
    use super::*;

    #[test]
    fn indentation_and_tabs_stay() {
        check(
            40,
            "```python\ndef f():\n\treturn 1\n  \ta\n\n    b\n```",
            &["def f():", "    return 1", "    a", "", "    b"],
        );
    }

    #[test]
    fn long_lines_go_on_below_with_a_mark() {
        check(20, "```\n  call(first, second, third)\n```", &["  call(first, ", "  ↳ second, third)"]);
        check(12, "```\nabcdefghijklmnopqrstuvwx\n```", &["abcdefghijkl", "↳ mnopqrstuv", "↳ wx"]);
    }

    #[test]
    fn a_fence_without_an_end_shows_its_code() {
        check(40, "a\n```python\nx = 1\n**y**", &["a", "", "x = 1", "**y**"]);
    }

    #[test]
    fn markdown_within_code_is_code() {
        check(40, "~~~\n# A\n- b\n*c* &amp;\n~~~", &["# A", "- b", "*c* &amp;"]);
    }
}

mod options {
    use super::*;

    #[test]
    fn what_begins_a_block_elsewhere_is_text() {
        for text in [
            "- 5",
            "+ 1",
            "* 2",
            "1. first",
            "2) x",
            "# comment",
            "> 3",
            "---",
            "a | b",
            "[x]: int",
            "<div>",
            "=",
            "```",
        ] {
            check_inline(text, text);
        }
        check_inline("1. `a` and **b**", "1. a and b");
        check_inline("_a_ __init__ `True, False`", "a __init__ True, False");
    }

    #[test]
    fn its_lines_and_their_indentation_stay() {
        let lines = Document::option("if x:\n    - 1\n# two").lines(40, &Highlighter::none());
        assert_eq!(plain(&lines), ["if x:", "    - 1", "# two"]);
    }

    #[test]
    fn a_fence_makes_it_a_document() {
        let lines = Document::option("1. Run\n```\nx\n```\n- after").lines(40, &Highlighter::none());
        assert_eq!(plain(&lines), ["1. Run", "", "x", "", "• after"]);
    }
}

mod highlighting {
    use super::*;

    const FENCE: &str =
        "```python\n@wraps\nclass A(Base):\n    def f(self, n=10):\n        return not \"x\\n\" # why\n```";

    #[test]
    fn python_has_its_roles() {
        let lines = Document::parse(FENCE).lines(80, &Highlighter::now());
        for (text, role) in [
            ("class", Role::Keyword),
            ("A", Role::Type),
            ("Base", Role::Type),
            ("def", Role::Keyword),
            ("10", Role::Number),
            ("return", Role::Keyword),
            ("not", Role::Keyword),
            ("\"x", Role::String),
            ("\\n", Role::Constant),
            ("# why", Role::Comment),
            ("wraps", Role::Attribute),
        ] {
            assert_eq!(role_of(&lines, text), role, "{text}");
        }
    }

    #[test]
    fn code_of_no_known_language_is_plain() {
        for language in ["", "text", "no-such-language"] {
            assert!(Highlighter::now().highlight(language, "x = 1\n").is_none(), "{language}");
        }
    }

    #[test]
    fn colours_change_no_text() {
        let code = Document::parse(FENCE);
        let coloured = code.lines(12, &Highlighter::now());
        assert_eq!(plain(&coloured), plain(&code.lines(12, &Highlighter::none())));
    }

    #[test]
    fn code_is_plain_until_the_thread_has_read_it() {
        let (ready, got_ready) = mpsc::channel();
        let highlighter = Highlighter::start(move || ready.send(()).expect("the test waits"));
        assert!(highlighter.highlight("json", "[1]").is_none());
        got_ready.recv_timeout(Duration::from_secs(60)).expect("a notice");
        let highlighted = highlighter.highlight("json", "[1]").expect("known by now");
        let parts: Vec<_> = highlighted.parts("[1]").collect();
        assert_eq!(parts, [("[", Role::Punctuation), ("1", Role::Number), ("]", Role::Punctuation)]);
    }

    #[test]
    fn a_page_of_many_blocks_is_read_once_and_then_there_is_silence() {
        let (ready, got_ready) = mpsc::channel();
        let highlighter = Highlighter::start(move || ready.send(()).expect("the test waits"));
        let fence = |nth: usize| format!("```json\n[{nth}]\n```\n\n");
        let page = Document::parse(&(0..200).map(fence).collect::<String>());
        let draw = || {
            highlighter.begin_page();
            page.lines(80, &highlighter)
        };
        draw();
        for _ in 0..200 {
            got_ready.recv_timeout(Duration::from_secs(20)).expect("the next block gets ready");
            draw();
        }
        assert!(draw() == page.lines(80, &Highlighter::now()), "not all of it has colours");
        assert!(got_ready.recv_timeout(Duration::from_millis(200)).is_err(), "it is read again");
    }

    #[test]
    fn code_that_is_too_long_is_plain() {
        let now = Highlighter::now();
        let too_long = ["1\n".repeat(501), "1".repeat(2001), format!("{}\n", "1".repeat(999)).repeat(30)];
        for code in too_long {
            assert!(now.highlight("json", &code).is_none(), "{} bytes", code.len());
        }
    }
}

mod limits {
    use super::*;

    #[test]
    fn deep_nesting_loses_no_text() {
        let deep = |marker: &str| marker.repeat(5000) + "end";
        for markdown in
            [deep("> "), deep("- "), deep(">- "), deep("*"), deep("["), deep("<b>"), deep("<p>\n")]
        {
            let lines = Document::parse(&markdown).lines(40, &Highlighter::none());
            let text: String = plain(&lines).concat();
            assert!(text.contains("end"), "{}", &markdown[..10]);
        }
    }

    #[test]
    fn a_table_of_very_many_columns_is_laid_out() {
        let header = "|a".repeat(2000) + "|\n" + &"|-".repeat(2000) + "|\n";
        let lines = Document::parse(&(header + &"|b\n".repeat(2000))).lines(80, &Highlighter::none());
        assert!(plain(&lines).contains(&"a: b".to_owned()));
    }

    #[test]
    fn a_text_of_megabytes_is_shown_as_written() {
        let lines = Document::parse(&"**a** ".repeat(100_000)).lines(80, &Highlighter::none());
        assert!(lines[0].plain().starts_with("**a** **a**"));
    }
}

/// Pieces of Markdown, and of what people paste, in any order.
fn any_markdown() -> impl Strategy<Value = String> {
    let pieces = [
        "word ",
        "a",
        " ",
        "  ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "# ",
        "- ",
        "- [x] ",
        "1. ",
        "99. ",
        "> ",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```\n",
        "```py\n",
        "~~~\n",
        "~~",
        "|",
        "\n|-|-|\n",
        "| a | b |\n",
        "---\n",
        "[a](b)",
        "[",
        "](",
        "<br>",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<sup>",
        "</sup>",
        "<!--",
        "-->",
        "&amp;",
        "&#27;",
        "&#x202e;",
        "&zwj;",
        "中",
        "文字",
        "。",
        "👩\u{200d}💻",
        "🇩🇪",
        "☺",
        "\u{fe0f}",
        "e\u{301}",
        "\u{301}",
        "\u{1b}",
        "\u{200b}",
        "\u{1680}",
        "한",
        "ᄀ",
        "ᅡ",
        "क्ष",
        "لا",
        "__init__",
        "2*3",
        "\r\n",
        "\\",
        "🏽",
        "1\u{fe0f}\u{20e3}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..40)
        .prop_map(|pieces| pieces.concat())
}

fn all_readings(text: &str) -> [Document; 3] {
    [Document::parse(text), Document::inline(text), Document::option(text)]
}

fn one_wide_character(line: &Line) -> bool {
    use unicode_segmentation::UnicodeSegmentation;
    line.plain().graphemes(true).filter(|grapheme| columns(grapheme) > 0).count() <= 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_line_is_wider_than_the_page(text in any_markdown(), width in prop_oneof![0u16..12, 1u16..200]) {
        for document in all_readings(&text) {
            for line in document.lines(width, &Highlighter::none()) {
                let fits = line.width() <= usize::from(width.max(1)) || one_wide_character(&line);
                prop_assert!(fits, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn no_control_character_is_left(text in any_markdown(), width in 1u16..60) {
        for document in all_readings(&text) {
            let shown = plain(&document.lines(width, &Highlighter::none())).concat() + &document.one_line().plain();
            prop_assert!(!shown.contains(char::is_control), "{shown:?}");
            let hides = |c| matches!(c, '\u{202e}' | '\u{200b}');
            prop_assert!(!shown.contains(hides), "{shown:?}");
        }
    }

    #[test]
    fn code_loses_nothing_but_spaces(
        code in "x([ \t]{0,5}[a-z(\\[中é👍\"#]{0,12}){0,12}(\n[ \t]{0,6}[a-z ]{0,60}){0,5}",
        width in 1u16..60,
    ) {
        let lines = Document::parse(&format!("~~~\n{code}\n~~~")).lines(width, &Highlighter::none());
        let spans = lines.iter().flat_map(|line| &line.spans);
        let shown = spans.filter(|span| span.role != Role::Continuation).map(|span| span.text.as_str());
        let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(ink(&shown.collect::<String>()), ink(&code));
    }

    #[test]
    fn words_are_all_there_in_order(words in proptest::collection::vec("[a-z]{1,30}", 1..30), width in 1u16..60) {
        let lines = Document::parse(&words.join(" ")).lines(width, &Highlighter::none());
        prop_assert_eq!(plain(&lines).concat().replace(' ', ""), words.concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn colours_never_change_code(code in "[a-z(){}'\"#\n .:=0-9\\\\]{0,80}") {
        static PYTHON: LazyLock<Highlighter> = LazyLock::new(Highlighter::now);
        let highlighted = PYTHON.highlight("python", &code).expect("Python is known");
        let parts: String = highlighted.parts(&code).map(|(part, _)| part).collect();
        prop_assert_eq!(parts, code);
    }
}
