//! Reads code with the grammars that bat ships. All of them take 3.5 MiB while unused; one in use
//! adds 5 to 15 MiB as a rule (Python 14, Bash 15, SQL 8, but C++ 19 and JavaScript 30), so those of
//! one language only are in memory at a time. Loading them anew takes a few milliseconds.

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use super::Highlighted;
use super::scopes::Meanings;

/// Reads one block of code after the other.
#[derive(Default)]
pub(super) struct Reader {
    loaded: Option<Loaded>,
    meanings: Meanings,
}

struct Loaded {
    language: String,
    grammars: SyntaxSet,
}

impl Reader {
    /// The roles in this code, or nothing when the language is not known.
    pub fn read(&mut self, language: &str, code: &str) -> Option<Highlighted> {
        let name = grammar_name(language)?;
        let grammars = Loaded::of(&mut self.loaded, &name);
        let grammar = grammars.find_syntax_by_token(&name)?;
        Some(read(code, grammar, grammars, &self.meanings))
    }
}

impl Loaded {
    fn of<'a>(loaded: &'a mut Option<Self>, language: &str) -> &'a SyntaxSet {
        if loaded.as_ref().is_none_or(|loaded| loaded.language != language) {
            // The old ones go before the new ones come.
            *loaded = None;
        }
        let load = || Self { language: language.to_owned(), grammars: two_face::syntax::extra_newlines() };
        &loaded.get_or_insert_with(load).grammars
    }
}

fn read(code: &str, grammar: &SyntaxReference, grammars: &SyntaxSet, meanings: &Meanings) -> Highlighted {
    let mut highlighted = Highlighted::default();
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    for line in code.split_inclusive('\n') {
        let mut done = 0;
        // A grammar that fails on a line leaves that line to the role around it.
        for (at, change) in state.parse_line(line, grammars).unwrap_or_default() {
            let Some(text) = line.get(done..at) else { continue };
            highlighted.push(text.len(), meanings.role(&scopes, text));
            done = at;
            let _ = scopes.apply(&change);
        }
        let text = &line[done..];
        highlighted.push(text.len(), meanings.role(&scopes, text));
    }
    highlighted
}

/// The name by which the grammars know a language, from the word behind a fence.
fn grammar_name(language: &str) -> Option<String> {
    let language = language.to_ascii_lowercase();
    let name = match language.as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" | "output" | "none" => return None,
        "python3" | "python2" | "py3" | "pycon" | "ipython" => "py",
        "shell" | "shellscript" | "console" | "shell-session" | "terminal" | "ksh" => "bash",
        "mysql" | "sqlite" | "sqlite3" | "postgresql" | "postgres" | "psql" | "plsql" | "tsql" => "sql",
        "golang" => "go",
        "csharp" => "cs",
        "objc" | "objectivec" => "m",
        "docker" => "dockerfile",
        "jsonc" | "json5" => "json",
        "assembly" | "nasm" => "asm",
        // The grammar of TypeScript alone takes 75 MiB; that of JavaScript reads it well enough.
        "node" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "typescript" => "js",
        _ => &language,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_go_by_the_names_that_authors_write() {
        let grammars = two_face::syntax::extra_newlines();
        for (names, grammar) in [
            ("python py python3 Python pycon", "Python"),
            ("rust rs", "Rust"),
            ("c++ cpp", "C++"),
            ("c", "C"),
            ("c# cs csharp", "C#"),
            ("js javascript jsx ts typescript tsx", "JavaScript"),
            ("sh bash shell console zsh", "Bourne Again Shell (bash)"),
            ("sql postgres", "SQL"),
            ("yaml yml", "YAML"),
            ("json jsonc", "JSON"),
            ("go golang", "Go"),
            ("docker Dockerfile", "Dockerfile"),
            ("java", "Java"),
            ("html", "HTML"),
            ("toml", "TOML"),
            ("diff", "Diff"),
        ] {
            for name in names.split(' ') {
                let found = grammar_name(name).and_then(|name| grammars.find_syntax_by_token(&name));
                assert_eq!(found.map(|found| found.name.as_str()), Some(grammar), "{name}");
            }
        }
    }
}
