"""Structure checks shared by the chapter scripts in this folder.

    from structure import load, check_structure, code_blocks, plain, finish

load(path)            -> list of Question
check_structure(path) -> (list of failure strings, number of checks passed)
code_blocks(text)     -> list of (language, code), code without its last newline
plain(text)           -> text on one line without its inline-code backticks
finish(failures, n)   -> print the failures and the closing line, return the exit code

Run by itself it checks the structure of the chapters named on its command line.
"""

import re
import sys
from dataclasses import dataclass, field

LETTERS = "ABCD"
DIFFICULTIES = ("Basic", "Intermediate", "Advanced", "Expert")
# About 6 / 10 / 6 / 2: the least and the most of each that still fits.
MIX = {"Basic": (5, 7), "Intermediate": (9, 11), "Advanced": (5, 7), "Expert": (1, 3)}
QUESTIONS = 24
PER_LETTER = 6
MAX_EXTREME = 7
WORDS = (40, 110)
MIN_CODE_STEMS = 8
MIN_RICH_EXPLANATIONS = 5
MIN_TABLES = 1

CHAPTER = re.compile(r"^# Chapter (\d+): (\S.*)$")
HEADER = re.compile(r"^\*\*Q(\d+)\.(\d+): (\w+) - \[(\S.*)\]\*\*$")
OPTION = re.compile(r"^([A-Z])\) ?(.*)$")
ANSWER = re.compile(r"^\*\*Answer: ?(.*?)\*\*$")
EXPLANATION = "**Explanation:**"
FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")
LIST_ITEM = re.compile(r"^\s*([-*+]|\d+\.) \S")
TABLE_RULE = re.compile(r"^\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$")


@dataclass
class Question:
    number: int                 # 10 for Q1.10
    difficulty: str
    topic: str
    stem: str                   # Markdown between the heading and the options
    options: dict               # {"A": "first option", ...}, Markdown kept
    answer: str                 # "A".."D", or "" when there is not exactly one
    explanation: str            # Markdown after **Explanation:**
    chapter: int = 0            # 1 for Q1.10
    line: int = 0               # line of the heading in the file
    problems: list = field(default_factory=list)

    @property
    def id(self):
        return "Q%d.%d" % (self.chapter, self.number)

    def __getitem__(self, key):
        return getattr(self, key)


def _read(path):
    with open(path, encoding="utf-8") as handle:
        return handle.read()


def _mark(lines):
    """Pair each line with whether it is fenced code (the fence lines included)."""
    marked, fence = [], None
    for line in lines:
        found = FENCE.match(line)
        if fence is None and found:
            fence = found.group(1)
            marked.append((line, True))
        elif fence is not None:
            marked.append((line, True))
            if found and not found.group(2).strip() and found.group(1).startswith(fence):
                fence = None
        else:
            marked.append((line, False))
    return marked


def code_blocks(text):
    blocks, body, lang, fence = [], None, "", None
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence is None and found:
            fence, lang, body = found.group(1), found.group(2).strip(), []
        elif fence is not None and found and not found.group(2).strip() \
                and found.group(1).startswith(fence):
            blocks.append((lang, "\n".join(body)))
            fence = None
        elif fence is not None:
            body.append(line)
    return blocks


def plain(text):
    return " ".join(text.replace("`", "").split())


def _without_fences(text):
    return "\n".join(line for line, fenced in _mark(text.split("\n")) if not fenced)


def _prose(text):
    """Text without fenced code, and with each span of inline code made a neutral word."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "code", _without_fences(text), flags=re.S)


def _words(text):
    """Words of the prose; fenced code, list marks and table rules do not count."""
    return sum(1 for word in _without_fences(text).replace("|", " ").split()
               if re.search(r"\w", word) and not re.fullmatch(r"\d+\.", word))


def _question(block, start):
    """One question from its marked lines; block[0] is the heading."""
    head = HEADER.match(block[0][0])
    question = Question(int(head.group(2)), head.group(3), head.group(4).strip(), "", {}, "", "",
                        int(head.group(1)), start)
    stem, explanation, answers, where, letter = [], [], [], "stem", None
    for line, fenced in block[1:]:
        if not fenced:
            answer, option = ANSWER.match(line), OPTION.match(line)
            if answer and where != "explanation":
                answers.append(answer.group(1).strip())
                where = "answer"
                continue
            if line.strip() == EXPLANATION:
                if where != "answer":
                    question.problems.append("**Explanation:** does not follow the answer")
                where = "explanation"
                continue
            if option and where in ("stem", "options"):
                where, letter = "options", option.group(1)
                if letter in question.options:
                    question.problems.append("two options lettered " + letter)
                question.options[letter] = option.group(2)
                continue
            if ANSWER.match(line):
                answers.append(ANSWER.match(line).group(1).strip())
                continue
        if where == "stem":
            stem.append(line)
        elif where == "options":
            question.options[letter] += "\n" + line
        elif where == "explanation":
            explanation.append(line)
        elif line.strip():
            question.problems.append("text between the answer and the explanation: " + line)
    question.stem = "\n".join(stem).strip("\n")
    while explanation and explanation[-1].strip() in ("", "---"):
        if explanation.pop().strip() == "---":
            break
    else:
        question.problems.append("does not end in a line of ---")
    question.explanation = "\n".join(explanation).strip("\n")
    question.options = {key: text.strip() for key, text in question.options.items()}
    if len(answers) != 1:
        question.problems.append("%d answers instead of one" % len(answers))
    elif answers[0] not in question.options:
        question.problems.append("the answer %r is no letter of an option" % answers[0])
    else:
        question.answer = answers[0]
    return question


def load(path):
    marked = _mark(_read(path).split("\n"))
    starts = [i for i, (line, fenced) in enumerate(marked)
              if not fenced and (HEADER.match(line) or line.startswith("## Chapter Summary"))]
    questions = []
    for start, end in zip(starts, starts[1:] + [len(marked)]):
        if HEADER.match(marked[start][0]):
            questions.append(_question(marked[start:end], start + 1))
    return questions


# What must not appear in prose: the program shuffles the options.
ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final|former|latter|top|bottom)"
NOUN = r"(?:options?|answers?|choices?|alternatives?|distractors?)"
REFERENCES = [
    ("letter", re.compile(r"\b(?i:" + NOUN + r")\s+\(?[A-D]\b")),
    ("letter", re.compile(r"\((?:[A-D])\)|(?<![\w(])[A-D]\)")),
    ("letter", re.compile(r"\b[A-D](?:,\s*[A-D])*,?\s+(?:and|or|nor)\s+[A-D]\b(?![+#])")),
    ("letter", re.compile(r"(?<![\w'’.-])[BD](?![\w+#'’.-]*\w|[+#])")),
    ("letter", re.compile(r"(?<![\w'’.-])A(?=\s*[,.;:?!]|\s+(?:is|are|was|and|or|has|does)\b)")),
    ("position", re.compile(r"\b" + ORDINAL + r"\s+(?:\w+\s+)?" + NOUN + r"\b", re.I)),
    ("position", re.compile(r"\b" + NOUN + r"\s+(?:one|two|three|four|[1-4]|above|below)\b", re.I)),
    ("position", re.compile(r"\b(?:all|none|both|any|each|either|neither|one|two)\s+of\s+the\s+"
                            r"(?:above|below|others?|previous|preceding|" + NOUN + r")\b", re.I)),
    ("position", re.compile(r"\b(?:above|below|previous|preceding|next)\s+" + NOUN + r"\b", re.I)),
]


class _Checks:
    def __init__(self):
        self.failures, self.passed = [], 0

    def that(self, good, message):
        if good:
            self.passed += 1
        else:
            self.failures.append(message)
        return good


def _shortest_period(letters):
    return next(p for p in range(1, len(letters) + 1)
                if all(letters[i] == letters[i - p] for i in range(p, len(letters))))


def _check_frame(check, text, questions):
    lines = text.split("\n")
    marked = _mark(lines)
    check.that(text.endswith("\n") and not text.endswith("\n\n"), "file: not one newline at its end")
    check.that("\t" not in text and "\r" not in text, "file: tab or carriage return")
    spaced = [str(i) for i, line in enumerate(lines, 1) if line != line.rstrip()]
    check.that(not spaced, "file: trailing space on line " + ", ".join(spaced))

    frame = [line.strip() for line, fenced in marked if not fenced and line.strip()]
    title = CHAPTER.match(frame[0]) if frame else None
    if check.that(title, "file: does not begin with '# Chapter N: Title'"):
        wrong = [q.id for q in questions if q.chapter != int(title.group(1))]
        check.that(not wrong, "file: questions of another chapter: " + ", ".join(wrong))
    check.that(len(frame) > 1 and re.match(r"^> \*\*Topics Covered\*\*: \S+.*,.*\S$", frame[1]),
               "file: no '> **Topics Covered**: a, b, c' after the title")
    rest = frame[2:]
    while rest and rest[0].startswith("> "):
        rest = rest[1:]
    check.that(rest[:3] == ["---", "## Questions", "---"],
               "file: '---', '## Questions', '---' do not follow the topics")
    check.that(len(rest) > 3 and HEADER.match(rest[3]), "file: no question right after '## Questions'")

    almost = [str(i) for i, (line, fenced) in enumerate(marked, 1)
              if not fenced and re.match(r"^\W*Q\d+\.\d+", line) and not HEADER.match(line)]
    check.that(not almost, "file: malformed question heading on line " + ", ".join(almost))
    fence_open, untagged, opened = None, [], 0
    for i, line in enumerate(lines, 1):
        found = FENCE.match(line)
        if found and fence_open is None:
            fence_open, opened = found.group(1), i
            if not found.group(2).strip():
                untagged.append(str(i))
        elif found and not found.group(2).strip() and found.group(1).startswith(fence_open):
            fence_open = None
    check.that(fence_open is None, "file: fence opened on line %d is never closed" % opened)
    check.that(not untagged, "file: fence without a language on line " + ", ".join(untagged))


def _check_question(check, q, expected):
    check.that(q.number == expected, "%s: found where number %d belongs" % (q.id, expected))
    check.that(q.difficulty in DIFFICULTIES, "%s: unknown difficulty %r" % (q.id, q.difficulty))
    check.that(not q.problems, "%s: %s" % (q.id, "; ".join(q.problems)))
    check.that(list(q.options) == list(LETTERS),
               "%s: options are %s, not A B C D" % (q.id, " ".join(q.options) or "missing"))
    check.that(all(q.options.values()), "%s: an empty option" % q.id)
    bare = [plain(text).rstrip(".").lower() for text in q.options.values()]
    exact = [plain(text).rstrip(".") for text in q.options.values()]
    same_but_case = len(set(exact)) == len(exact) and "`" in "".join(q.options.values())
    check.that(len(set(bare)) == len(bare) or same_but_case, "%s: two options are the same" % q.id)
    check.that(q.answer in LETTERS and q.answer, "%s: no single right option" % q.id)
    check.that(q.stem.strip(), "%s: empty stem" % q.id)
    count = _words(q.explanation)
    check.that(WORDS[0] <= count <= WORDS[1],
               "%s: explanation of %d words, not %d to %d" % (q.id, count, *WORDS))
    ends = {text.rstrip("`").endswith(".") for text in q.options.values()}
    check.that(len(ends) == 1, "%s: some options end in a full stop and some do not" % q.id)
    for place, text in (("topic", q.topic), ("stem", q.stem), ("explanation", q.explanation),
                        *(("option " + k, v) for k, v in q.options.items())):
        prose = _prose(text)
        hits = {kind + " " + repr(m.group().strip())
                for kind, rule in REFERENCES for m in rule.finditer(prose)}
        check.that(not hits, "%s: %s refers to options by %s" % (q.id, place, ", ".join(sorted(hits))))


def _check_balance(check, questions):
    letters = [q.answer for q in questions]
    for letter in LETTERS:
        check.that(letters.count(letter) == PER_LETTER,
                   "answers: %s is right %d times, not %d" % (letter, letters.count(letter), PER_LETTER))
    runs = max((len(m.group()) for m in re.finditer(r"(.)\1*", "".join(letters))), default=0)
    check.that(runs <= 3, "answers: the same letter %d times in a row" % runs)
    if letters:
        period = _shortest_period(letters)
        check.that(period > len(letters) // 2, "answers: the letters repeat every %d" % period)
    steps = [(LETTERS.find(b) - LETTERS.find(a)) % 4 for a, b in zip(letters, letters[1:])]
    longest = run = 0
    for before, step in zip([None] + steps, steps):
        run = run + 1 if step == before else 1
        longest = max(longest, run)
    check.that(longest <= 5, "answers: the letters go round in order %d times running" % longest)

    for name, measure in (("raw", len), ("shown", lambda text: len(plain(text)))):
        longer, shorter = [], []
        for q in questions:
            if q.answer and len(q.options) > 1:
                right = measure(q.options[q.answer])
                wrong = [measure(text) for key, text in q.options.items() if key != q.answer]
                longer += [q.id] if right > max(wrong) else []
                shorter += [q.id] if right < min(wrong) else []
        for word, found in (("longest", longer), ("shortest", shorter)):
            check.that(len(found) <= MAX_EXTREME,
                       "lengths (%s): right option strictly %s in %d questions, at most %d allowed: %s"
                       % (name, word, len(found), MAX_EXTREME, ", ".join(found)))

    for difficulty, (least, most) in MIX.items():
        count = sum(q.difficulty == difficulty for q in questions)
        check.that(least <= count <= most,
                   "mix: %d %s, not %d to %d" % (count, difficulty, least, most))
    stems = [" ".join(q.stem.split()) for q in questions]
    check.that(len(set(stems)) == len(stems), "stems: two questions have the same stem")
    topics = [q.topic.lower() for q in questions]
    check.that(len(set(topics)) == len(topics), "topics: two questions have the same short topic")

    coded = sum(bool(code_blocks(q.stem)) for q in questions)
    check.that(coded >= MIN_CODE_STEMS, "stems: %d with fenced code, fewer than %d" % (coded, MIN_CODE_STEMS))
    rich = sum(bool(code_blocks(q.explanation)) or any(
        LIST_ITEM.match(line) for line in _without_fences(q.explanation).split("\n")) for q in questions)
    check.that(rich >= MIN_RICH_EXPLANATIONS,
               "explanations: %d with code or a list, fewer than %d" % (rich, MIN_RICH_EXPLANATIONS))
    tables = sum(any(TABLE_RULE.match(line) for line in _without_fences(q.explanation).split("\n"))
                 for q in questions)
    check.that(tables >= MIN_TABLES, "explanations: none with a table")


def _check_summary(check, text, questions):
    head, mark, summary = text.partition("\n## Chapter Summary\n")
    if not check.that(mark, "summary: no '## Chapter Summary'"):
        return
    check.that(head.rstrip().endswith("\n---"), "summary: no --- before it")
    total = re.search(r"^\*\*Total MCQs: (\d+)\*\*$", summary, re.M)
    check.that(total and int(total.group(1)) == len(questions),
               "summary: total is %s, the chapter has %d" % (total and total.group(1), len(questions)))
    check.that("| Difficulty | Count | Percentage |" in summary, "summary: no heading of the table")
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+)% \|$", summary, re.M)
    check.that(tuple(row[0] for row in rows) == DIFFICULTIES,
               "summary: rows are %s" % ", ".join(row[0] for row in rows))
    for name, count, percent in rows:
        have = sum(q.difficulty == name for q in questions)
        share = int(100 * have / max(len(questions), 1) + 0.5)
        check.that((int(count), int(percent)) == (have, share),
                   "summary: %s is %s and %s%%, not %d and %d%%" % (name, count, percent, have, share))
    _, mark, topics = summary.partition("\n**Key Topics Covered:**\n")
    items = [line for line in topics.split("\n") if line.startswith("- ")]
    check.that(mark and len(items) >= 3, "summary: no list under **Key Topics Covered:**")


def check_structure(path):
    check = _Checks()
    text, questions = _read(path), load(path)
    _check_frame(check, text, questions)
    check.that(len(questions) == QUESTIONS, "file: %d questions, not %d" % (len(questions), QUESTIONS))
    for expected, question in enumerate(questions, 1):
        _check_question(check, question, expected)
    _check_balance(check, questions)
    _check_summary(check, text, questions)
    return check.failures, check.passed


class Check:
    """What was found out about one question: `that` and `same` count or note, `result` and `only` compare options."""

    def __init__(self, q):
        self.q, self.failures, self.passed = q, [], 0

    def that(self, good, message):
        if good:
            self.passed += 1
        else:
            self.failures.append("%s: %s" % (self.q.id, message))

    def same(self, observed, claimed, what):
        self.that(observed == claimed, "%s: observed %r, the text says %r" % (what, observed, claimed))

    def result(self, observed, read):
        """The right option, as read, is what was observed; no wrong option is."""
        for letter, text in self.q.options.items():
            said = read(text)
            if letter == self.q.answer:
                self.that(said == observed, "right option says %r, observed %r" % (said, observed))
            else:
                self.that(said != observed, "wrong option %s is what was observed: %r" % (letter, said))

    def only(self, works):
        """`works` holds for the right option and for no wrong one."""
        for letter, text in self.q.options.items():
            good = works(text)
            if letter == self.q.answer:
                self.that(good, "right option %s does not do what is asked" % letter)
            else:
                self.that(not good, "wrong option %s does what is asked" % letter)


def finish(failures, passed):
    for failure in failures:
        print(failure)
    print("%d passed, %d failed" % (passed, len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: structure.py CHAPTER.md...")
    all_failures, all_passed = [], 0
    for name in sys.argv[1:]:
        bad, good = check_structure(name)
        all_failures += [name + ": " + line for line in bad]
        all_passed += good
    sys.exit(finish(all_failures, all_passed))
