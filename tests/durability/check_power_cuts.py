"""Cut the power at every moment, on paper: record the program's writes and syncs, and open what a cut would
have left after each of them.

After every call that changes a file the disk is cut in several ways: nothing that was not synced is there; all
of it is; some of it is, at random, torn at sectors of 512 bytes, names of files apart from their contents. In
each state:

- every answer that was acknowledged before is in the log as it was recorded, once, and nothing else is but
  what was on its way;
- an import, a merge, a rescheduling, a migration, a restore, a repair and fitted parameters are there as a whole or
  not at all, and if they were reported, as a whole; copies of the database that have their name are sound, and
  those that were reported, or there before, are there;
- SQLite finds the file sound, and in a sample the program itself opens it, and goes on with it.

usage: check_power_cuts.py RETAIN [--states 2000] [--seed N]
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from collection import (
    MIGRATIONS,
    Home,
    Wrong,
    acknowledged,
    chapter,
    history,
    old_database,
    said,
    seeded,
    sitting,
)
from recording import Disk, lay_out, record

# One state in so many is opened by the program too.
SAMPLE = 15
# The ways to cut; HALF is the one in which chance decides everything.
WAYS, HALF = 5, 3


class Scenario:
    """Something that is done once, and recorded: what there was before, each call, and what there is after."""

    def __init__(self, home, name, *arguments, typed=""):
        self.home, self.name = home, name
        self.is_one_act = "study" not in arguments
        self.disk = Disk(home.path)
        self.before, self.files_before = content(home.data), files(home.data)
        self.calls = record(home, home.path, *arguments, typed=typed)
        self.after, self.files_after = content(home.data), files(home.data)
        last = len(self.calls)
        self.moments = [n for n, call in enumerate(self.calls, 1) if call.what != "say" or n == last]

    def said_by(self, moment):
        return b"".join(call.data for call in self.calls[:moment] if call.what == "say").decode()

    def is_reported_by(self, moment):
        """Whether the last word was said: before it come questions and progress."""
        return all(call.what != "say" for call in self.calls[moment:]) and self.said_by(moment) != ""


def files(folder):
    """What else there is of worth, by name: copies of the collection, and fitted parameters with their text."""
    copies = {str(path.relative_to(folder)): "" for path in folder.glob("*/[0-9b]*.db")}
    return copies | {path.name: path.read_text() for path in folder.glob("fsrs-parameters.toml")}


def content(folder):
    """What a collection holds: its format, its log, and its questions."""
    path = folder / "retain.db"
    if not path.exists() or not path.stat().st_size:
        return 0, [], []
    connection = sqlite3.connect(path)
    try:
        [(verdict,)] = connection.execute("PRAGMA integrity_check").fetchall()
        if verdict != "ok":
            raise Wrong(f"integrity_check says {verdict}")
        [(number,)] = connection.execute("PRAGMA user_version").fetchall()
        if not number:
            return 0, [], []
        columns = ", ".join(name for name in LOG if number >= SINCE.get(name, 1))
        log = connection.execute(f"SELECT {columns} FROM log ORDER BY id").fetchall()
        questions = connection.execute(
            "SELECT card, number, stem, options, retired, repetitions, due, ease FROM card "
            "JOIN question ON card = card.id ORDER BY card"
        )
        return number, log, questions.fetchall()
    except sqlite3.DatabaseError as error:
        raise Wrong(f"SQLite says {error}") from error
    finally:
        connection.close()


LOG = (
    "id card at behind day kind chosen correct covered took_ms interval target circumstance chain follows "
    "place"
).split()
# Columns that are younger than the first format, with the format that brought them.
SINCE = {"follows": 3, "place": 7}


def scenarios(program):
    """All that is recorded. A new command that writes belongs here, as one line."""
    home = Home(program)
    home.write("chapter.md", chapter(range(1, 31)))
    yield Scenario(home, "first import", "import", home.path / "chapter.md")
    yield Scenario(home, "study", "study", "--plain", typed=sitting(12))
    yield Scenario(home, "undo", "study", "--plain", typed="undo\nundo\nredo\nbury\nflag\n?\n4\nundo\n?\n1\n")
    home.write("chapter.md", chapter(range(3, 36), "object"))
    yield Scenario(home, "update", "update")
    other = Home(program, cards=30)
    other.run("study", "--plain", typed=sitting(20))
    coming = home.path / "other.jsonl"
    other.run("log", "export", coming)
    yield Scenario(home, "merge", "log", "import", coming)
    home.write("config/config.toml", 'new_per_day = 5000\nreviews_per_day = 5000\nscheduler = "fsrs"\n')
    yield Scenario(home, "handing over", "study", "--plain")
    yield Scenario(home, "rescheduling", "reschedule", "--yes")
    for number in range(1, len(MIGRATIONS)):
        old = Home(program)
        old_database(other, old.database, number)
        yield Scenario(old, f"migration from {number}", "study", "--plain", typed="")
    yield Scenario(home, "more study", "study", "--plain", typed=sitting(12))
    yield Scenario(home, "backup", "backup")
    backup = sorted((home.data / "backups").glob("*-asked.db"))[-1]
    home.run("study", "--plain", typed=sitting(3))
    yield Scenario(home, "restore", "restore", backup, "--without-newer", "--yes")
    yield Scenario(home, "undone restore", "restore", "--undo", "--yes")
    home.ask("UPDATE card SET lapses = lapses + 1, due = due + 1 WHERE due IS NOT NULL")
    yield Scenario(home, "repair", "doctor", "--repair")
    history(home.path / "history.jsonl")
    home.run("log", "import", home.path / "history.jsonl")
    yield Scenario(home, "fitting parameters", "optimize", "--yes")


class Cuts:
    """All cuts of a scenario."""

    def __init__(self, scenario, chance):
        self.scenario, self.chance = scenario, chance
        self.states = self.opened = 0

    def run(self, share):
        """As many cuts at each moment as the share of all states allows, in the most telling ways first."""
        moments = self.scenario.moments
        disk, done = self.scenario.disk, 0
        for number, call in enumerate(self.scenario.calls, 1):
            disk.apply(call)
            if number not in moments:
                continue
            # Spread evenly where there are fewer cuts than moments.
            done += 1
            wanted = share * done // len(moments) - share * (done - 1) // len(moments)
            for way in self.chance.sample(range(WAYS), min(wanted, WAYS)) + [HALF] * (wanted - WAYS):
                self.cut(number, way)

    def cut(self, moment, way):
        half = lambda: self.chance.random() < 0.5  # noqa: E731
        always, never = (lambda: True), (lambda: False)
        names, writes, tear = [
            (never, never, always),
            (always, always, always),
            (always, half, always),
            (half, half, half),
            (always, never, always),
        ][way]
        left = self.scenario.disk.after_cut(names, writes, tear)
        self.states += 1
        with tempfile.TemporaryDirectory(prefix="retain-") as folder:
            try:
                lay_out(left, self.scenario.home.path, Path(folder))
                self.check(Path(folder) / "data", moment)
            except Wrong as wrong:
                kept = Path(f"/tmp/retain-power-cut-{self.scenario.name.replace(' ', '-')}-{moment}-{way}")
                shutil.copytree(folder, kept, dirs_exist_ok=True)
                call = self.scenario.calls[moment - 1]
                raise Wrong(
                    f"{self.scenario.name}, cut after call {moment} ({call.what} {Path(call.path).name}), "
                    f"way {way}: {wrong}\nThe state is kept in {kept}"
                ) from wrong

    def check(self, target, moment):
        told = self.scenario.said_by(moment)
        before, after = self.scenario.before, self.scenario.after
        number, log, questions = content(target)
        sound_copies(target)
        if number < before[0]:
            raise Wrong(f"format {before[0]} became {number}")
        reported = self.scenario.is_reported_by(moment)
        self.check_files(files(target), reported)
        self.check_log(log, told, reported)
        changed = sorted(map(repr, questions)) != sorted(map(repr, before[2]))
        if self.scenario.is_one_act and changed and questions != after[2]:
            raise Wrong("half of it is there")
        if self.scenario.is_one_act and reported and questions != after[2]:
            raise Wrong("it was reported and is not there")
        if self.states % SAMPLE == 0:
            self.opened += 1
            self.open(target, len(log))

    def open(self, target, events):
        home = self.scenario.home
        # Makes what is not there yet, and brings up to date what is older.
        home.run("study", "--plain", data=target, typed="?\n3\n")
        if len(said(home.run("log", "--json", data=target))) < events:
            raise Wrong("the program shows less than is there")
        home.is_sound(target, thoroughly=False)

    def check_files(self, there, reported):
        before, after = self.scenario.files_before, self.scenario.files_after
        # The backup of the day is made beside a sitting, which does not wait for it.
        due = {name for name in after if name in before or (reported and self.scenario.is_one_act)}
        if missing := due - set(there):
            raise Wrong(f"{missing} is not there")
        if halves := [name for name, text in there.items() if text and text not in (before.get(name), after.get(name))]:
            raise Wrong(f"{halves} are there by halves")

    def check_log(self, log, told, reported):
        before, after = self.scenario.before[1], self.scenario.after[1]
        width = len(log[0]) if log else 0
        before, after = ([row[:width] for row in rows] for rows in (before, after))
        if self.scenario.is_one_act:
            if log not in ([after] if reported else [before, after]):
                raise Wrong(f"{len(before)} events became {len(log)}, and {len(after)} would be right")
            return
        if after[: len(log)] != log:
            raise Wrong("the log is not as it was recorded")
        came = log[len(before) :]
        if len(log) < len(before):
            raise Wrong("the log is shorter than it was")
        answers = acknowledged(told)
        there = sum(1 for row in came if row[14] is None)
        if not len(answers) <= there <= len(answers) + 1:
            raise Wrong(f"{len(answers)} acts were acknowledged and {there} are there")


def sound_copies(target):
    for copy in (target / "backups").glob("*.db"):
        connection = sqlite3.connect(copy)
        [(verdict,)] = connection.execute("PRAGMA integrity_check").fetchall()
        rows = connection.execute("SELECT count(*) FROM log").fetchall()
        connection.close()
        if verdict != "ok" or not rows:
            raise Wrong(f"{copy.name} has its name and is not whole: {verdict}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--states", type=int, default=2000)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance, seed = seeded(options.seed)
    began = time.monotonic()
    recorded = list(scenarios(options.program))
    moments = sum(len(scenario.moments) for scenario in recorded)
    states = opened = 0
    try:
        for scenario in recorded:
            cuts = Cuts(scenario, chance)
            cuts.run(-(-options.states * len(scenario.moments) // moments))
            states, opened = states + cuts.states, opened + cuts.opened
    except Wrong as wrong:
        sys.exit(f"check_power_cuts: seed {seed}, {wrong}")
    print(
        f"{states} states after {moments} calls, {opened} opened by the program: 0 acknowledged answers lost"
    )
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
