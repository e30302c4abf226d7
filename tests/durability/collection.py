"""A collection that is ill-treated: how it is made, what is asked of it, and what must be true of it.

Knows the program from outside only: its arguments, its streams, and the documented SQLite file.
"""

import json
import os
import random
import re
import sqlite3
import subprocess
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

NOW = "2026-11-22T09:00:00+01:00"
PATIENCE = 60
MIGRATIONS = sorted((Path(__file__).parents[2] / "src/store/migrations").glob("[0-9]*.sql"))
APPLICATION_ID = 0x72657461

# The cache: all that a card's row says besides who it is.
CACHED = (
    "repetitions, ease, interval, due, answered, introduced, lapses, drills, hold, until, flagged, "
    "stability, difficulty"
)
QUESTIONS = (
    "SELECT number, stem, options FROM card JOIN question ON card = card.id WHERE NOT retired ORDER BY deck, place"
)


class Wrong(Exception):
    """Something that must never happen has happened."""


class Home:
    """A person's home in a folder of its own, with a chapter and settings without daily limits."""

    def __init__(self, program, cards=0):
        self.program = Path(program).resolve()
        self.folder = tempfile.TemporaryDirectory(prefix="retain-")
        self.path = Path(self.folder.name)
        self.data = self.path / "data"
        self.database = self.data / "retain.db"
        self.write("config/config.toml", "new_per_day = 5000\nreviews_per_day = 5000\n")
        if cards:
            self.run("import", self.write("chapter.md", chapter(range(1, cards + 1))))

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def environment(self, data=None, now=NOW):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | {
            "RETAIN_DATA_DIR": str(data or self.data),
            "RETAIN_CONFIG_DIR": str(self.path / "config"),
            "RETAIN_NOW": now,
            "RETAIN_SEED": "1",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }

    def start(self, *arguments, data=None, before=(), **more):
        """Starts the program with pipes; `before` is a command that runs it, such as a tracer."""
        command = [*map(str, before), str(self.program), *map(str, arguments)]
        environment = self.environment(data) | more.pop("environment", {})
        pipes = {name: subprocess.PIPE for name in ("stdin", "stdout", "stderr")} | more
        return subprocess.Popen(command, env=environment, **pipes)

    def tries(self, *arguments, data=None, typed="", **more):
        """Runs the program to its end and gives exit code, stdout and stderr."""
        process = self.start(*arguments, data=data, **more)
        try:
            out, err = process.communicate(typed.encode(), timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Wrong(f"{' '.join(map(str, arguments))} comes to no end") from None
        return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def run(self, *arguments, data=None, typed="", codes=(0,)):
        """Runs the program, which must succeed, and gives what it says."""
        code, out, err = self.tries(*arguments, data=data, typed=typed)
        if code not in codes:
            raise Wrong(f"{' '.join(map(str, arguments))} ended with {code}: {out}{err}")
        return out

    def ask(self, sql, data=None):
        """Rows of the database, asked past the program. A journal that was left is rolled back."""
        connection = sqlite3.connect((data or self.data) / "retain.db", isolation_level=None, timeout=10)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def log(self, data=None):
        return self.ask("SELECT * FROM log ORDER BY id", data)

    def questions(self, data=None):
        """What is asked now, in the chapter's order."""
        return self.ask(QUESTIONS, data)

    def cache(self, data=None):
        return self.ask(f"SELECT uid, deck, retired, {CACHED} FROM card ORDER BY uid", data)

    def is_sound(self, data=None, thoroughly=True):
        """Checks what must be true at any moment at which nobody writes."""
        if (verdicts := self.ask("PRAGMA integrity_check", data)) != [("ok",)]:
            raise Wrong(f"integrity_check says {verdicts}")
        if self.ask("PRAGMA foreign_key_check", data):
            raise Wrong("a foreign key leads nowhere")
        [(rows, last)] = self.ask("SELECT count(*), coalesce(max(id), 0) FROM log", data)
        if rows != last:
            raise Wrong(f"{rows} rows of the log end at {last}")
        if thoroughly:
            self.cache_is_replay(data)
            # It ends with another code when anything is damaged.
            self.run("doctor", data=data)

    def cache_is_replay(self, data=None):
        """Empties a copy of cache and log, and lets the program make the cache again from the events."""
        exported = self.run("log", "export", "-", data=data)
        with tempfile.TemporaryDirectory(prefix="retain-") as folder:
            copy = Path(folder)
            self.copy_with_log(copy, exported, data)
            counts = "SELECT id, cards, unseen FROM deck ORDER BY id"
            if self.cache(data) != self.cache(copy) or self.ask(counts, data) != self.ask(counts, copy):
                raise Wrong("the cache is not what a replay of the log gives")

    def copy_with_log(self, copy, exported, data=None):
        """Copies the collection into a folder, with the events of an exported log instead of its own."""
        source = sqlite3.connect((data or self.data) / "retain.db")
        target = sqlite3.connect(copy / "retain.db", isolation_level=None)
        source.backup(target)
        source.close()
        # What the collection remembers of its log: all that is counted in its own row.
        own = [row[1] for row in target.execute("PRAGMA table_info(collection)") if row[2] == "INTEGER"]
        ends = ", ".join(f"{name} = 0" for name in own if name != "id")
        emptied = ", ".join(f"{name.strip()} = NULL" for name in CACHED.split(",") if "flagged" not in name)
        kept = target.execute("SELECT sql FROM sqlite_schema WHERE name LIKE 'log_is_never_%'").fetchall()
        target.executescript(
            "DROP TRIGGER log_is_never_edited; DROP TRIGGER log_is_never_shortened; DELETE FROM log;"
            f"UPDATE collection SET {ends};"
            f"UPDATE card SET {emptied}, flagged = 0;"
            "UPDATE deck SET unseen = (SELECT count(*) FROM card WHERE deck = deck.id AND NOT retired);"
            + ";".join(trigger for (trigger,) in kept)
        )
        target.close()
        self.run("log", "import", "-", data=copy, typed=exported)


def chapter(numbers, word="thing"):
    """A chapter in Markdown with these questions."""
    head = "# Chapter 1: Things\n\n> **Topics Covered**: made up, for tests\n\n## Questions\n\n---\n\n"
    return head + "".join(question(number, word) for number in numbers)


def question(number, word):
    key = number % 4
    options = "\n".join(
        f"{letter}) {'right' if place == key else 'wrong'} {word} {place} of {number}"
        for place, letter in enumerate("ABCD")
    )
    return (
        f"**Q1.{number}: Basic - [Topic {number}]**\n\nWhich {word} belongs to number {number}?\n\n{options}\n\n"
        f"**Answer: {'ABCD'[key]}**\n\n**Explanation:**\nThat of number {number} does.\n\n---\n\n"
    )


def history(path, cards=60, days=(0, 1, 4, 15, 40, 80, 150, 260, 400)):
    """Writes the log of another machine, of questions that are not here: enough to fit parameters to."""
    begin, events = datetime.fromisoformat("2025-01-01T09:00:00+01:00"), []
    for card in range(cards):
        for nth, day in enumerate(days):
            at, is_known = begin + timedelta(days=day, minutes=card), (card * 7 + nth * 5) % 11 != 0
            events.append({
                "device": "0123456789abcdef", "at": at.isoformat(), "day": at.date().isoformat(), "rollover": 4,
                "card": f"{card + 1:016x}", "kind": "good" if is_known else "again", "chosen": [0],
                "outcome": "right" if is_known else "wrong", "covered": False, "took_ms": 4000, "interval": 3,
                "scheduler": "sm2",
            })  # fmt: skip
    lines = [{"format": "retain-log", "version": 1}, *sorted(events, key=lambda event: event["at"])]
    Path(path).write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def old_database(home, path, number):
    """Makes a database as the first `number` migrations left it, with the contents of a home's, and gives the rows
    that its log has in the newest format.

    The places of chosen options are left out, since no older checksum knows of them, and so is the index of words,
    which is a cache.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    exported = re.sub(r'"place":\d+,', "", home.run("log", "export", "-"))
    with tempfile.TemporaryDirectory(prefix="retain-") as folder:
        home.copy_with_log(Path(folder), exported)
        fill_old_database(path, number, Path(folder) / "retain.db")
        return home.log(Path(folder))


def fill_old_database(path, number, contents):
    old = sqlite3.connect(path, isolation_level=None)
    for migration in MIGRATIONS[:number]:
        old.executescript(migration.read_text())
    old.execute("ATTACH ? AS new", [str(contents)])
    tables = [row[1] for row in old.execute("PRAGMA main.table_list") if row[2] == "table" and row[1] != "word"]
    columns = {table: [row[1] for row in old.execute(f"PRAGMA main.table_info({table})")] for table in tables}
    columns.pop("sqlite_schema")
    old.execute("DELETE FROM main.collection")
    for table, names in columns.items():
        names = ", ".join(names)
        old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
    if "indexed_through" in columns["collection"]:
        old.execute("UPDATE main.collection SET indexed_through = 0")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(f"PRAGMA user_version = {number}")
    old.close()


def sitting(answers, chance=None):
    """What is typed for so many answers; with a random number generator, other acts in between too."""
    typed = []
    for _ in range(answers):
        act = chance.random() if chance else 1
        if act < 0.1:
            typed.append("undo")
        elif act < 0.15:
            typed.append("redo")
        elif act < 0.2:
            typed.append(chance.choice(["bury", "flag", "suspend"]))
        else:
            typed.append(chance.choice(["?", "a", "b"]) if chance else "?")
            typed.append(chance.choice("1234") if chance else "3")
    return "".join(f"{line}\n" for line in typed)


def acknowledged(out):
    """The acknowledgements among the whole lines that a sitting has written: for each the row of the log
    that it names, or None where it names none."""
    acts = []
    for line in out.split("\n")[:-1]:
        if line.startswith("saved "):
            acts.append(int(line.split()[1]))
        elif line.startswith(("Undone: ", "Done again: ")):
            acts.append(None)
    return acts


def acts(rows):
    """How many acts these rows of the log are; those that follow belong to the one before."""
    return sum(1 for row in rows if row[14] is None)


def said(text):
    """Lines of JSON as objects."""
    return [json.loads(line) for line in text.splitlines()]


def seeded(seed):
    """A generator of random numbers, and the seed that makes a run repeatable."""
    seed = random.randrange(2**32) if seed is None else seed
    return random.Random(seed), seed
