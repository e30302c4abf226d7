"""Many processes at once on one collection: writers exclude each other with a clear word, readers always work,
and nothing that was acknowledged is lost or doubled.

First one rule at a time: beside a sitting a second one, an import, an update, a merge, a repair and a restore are
told which process has the collection and change nothing, and everything that only looks, or copies, works. Then rounds of processes that
start together.

usage: check_races.py RETAIN [--rounds 100] [--seed N]
"""

import argparse
import sys
import time

from collection import PATIENCE, Home, Wrong, acknowledged, acts, chapter, seeded, sitting
from screen import Screen

# New commands belong here: what changes the collection, and what only looks at it.
WRITERS = [
    ["study", "--plain"],
    ["import", "CHAPTER"],
    ["update"],
    ["log", "import", "LOG"],
    ["reschedule", "--yes"],
    ["doctor", "--repair"],
    ["restore", "--yes"],
]
# It takes acknowledged answers back, as it is meant to, and only has to be refused beside a sitting.
UNDO_OF_A_RESTORE = ["restore", "--undo", "--yes"]
READERS = [
    ["due", "--json"],
    ["decks"],
    ["log", "--json"],
    ["export", "things"],
    ["stats", "--json"],
    ["search", "thing"],
    ["evaluate"],
    ["optimize"],
    ["reschedule", "--preview"],
    ["backup"],
    ["backup", "list"],
    ["doctor", "--json"],
]


class Table:
    """A home with what its processes need."""

    def __init__(self, program):
        self.home = Home(program, cards=60)
        self.log = self.home.path / "log.jsonl"
        self.chapter = self.home.path / "chapter.md"
        self.home.run("study", "--plain", typed=sitting(2))
        self.home.run("restore", "--yes")
        self.home.run("log", "export", self.log)

    def words(self, words):
        names = {"CHAPTER": self.chapter, "LOG": self.log}
        return [names.get(word, word) for word in words]


def beside_a_sitting(program):
    """Whatever the sitting is, on a screen or line by line."""
    table = Table(program)
    for kind in ("screen", "plain"):
        if kind == "screen":
            screen = Screen(table.home.start, "study")
            if not screen.wait_for(lambda it: it.question()):
                raise Wrong(f"no question came:\n{screen.text()}")
            holder = screen.process
        else:
            holder = table.home.start("study", "--plain")
            while "Answer: A to" not in holder.stdout.readline().decode():
                pass
        before = table.home.log(), table.home.questions()
        for words in WRITERS + [UNDO_OF_A_RESTORE, ["study"], []]:
            if words in ([], ["study"]):
                second = Screen(table.home.start, *words)
                code, told = second.ends(20), second.raw
            else:
                code, out, err = table.home.tries(*table.words(words))
                told = out + err
            if code != 1 or f"process {holder.pid}" not in told or "Close it first" not in told:
                raise Wrong(f"beside a sitting {words} ended with {code} and said {told}")
        for words in READERS:
            table.home.run(*words)
        if (table.home.log(), table.home.questions()) != before:
            raise Wrong("something has changed beside a sitting")
        if kind == "screen":
            screen.press("\x03")
            screen.ends(20)
        else:
            holder.communicate(b"quit\n", timeout=PATIENCE)
    return len(WRITERS) + len(READERS) + 3


def race(table, chance, nth):
    """Some processes that start together; what became of them."""
    before = table.home.log()
    table.home.write("chapter.md", chapter(range(1, 61), f"edition{nth}"))
    started = []
    for _ in range(chance.randrange(3, 7)):
        words = chance.choice(WRITERS + WRITERS[:1] * 8 + READERS)
        typed = sitting(chance.randrange(1, 8), chance) if words[0] == "study" else ""
        started.append((words, typed, table.home.start(*table.words(words))))
        time.sleep(chance.choice([0, 0, 0.01, 0.03]))
    told = refused = 0
    for words, typed, process in started:
        out, err = process.communicate(typed.encode(), timeout=PATIENCE)
        out, err = out.decode(), err.decode()
        if process.returncode and (words in READERS or "another retain" not in err):
            raise Wrong(f"{words} ended with {process.returncode}: {out}{err}")
        refused += process.returncode != 0
        if words[0] == "study":
            told += len(acknowledged(out))
    after = table.home.log()
    if after[: len(before)] != before:
        raise Wrong("rows of the log have changed")
    by_sittings = [row for row in after[len(before) :] if row[5] != "reschedule"]
    if acts(by_sittings) != told:
        raise Wrong(f"{told} acts were acknowledged and {acts(by_sittings)} are there")
    table.home.is_sound()
    return told, refused


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance, seed = seeded(options.seed)
    began, told, refused = time.monotonic(), 0, 0
    try:
        rules = beside_a_sitting(options.program)
        table = Table(options.program)
        for nth in range(options.rounds):
            if nth % 10 == 9:
                table = Table(options.program)
            more = race(table, chance, nth)
            told, refused = told + more[0], refused + more[1]
    except Wrong as wrong:
        sys.exit(f"check_races: seed {seed}: {wrong}")
    print(f"2 sittings with {rules} commands beside each; {options.rounds} races")
    print(f"{told} acts acknowledged, 0 lost or doubled; {refused} processes refused with a clear word")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
