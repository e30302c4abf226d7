"""Kill the program at random moments, thousands of times, and look at what it leaves.

Each round works on a collection of its own and is killed (SIGKILL) several times while it studies line by
line, studies in a pseudo-terminal, undoes, imports, updates, merges a log, reschedules, backs up, restores and
takes that back, repairs, optimises, or brings a database of an older format up to date. After each kill:

- every answer that was acknowledged (`saved`, or the next question on the screen) is in the log, once, and
  at most one more than was acknowledged; what was there before is there unchanged;
- an import, a merge, a rescheduling, a migration, a restore or fitted parameters are there as a whole or not at
  all; each backup that has its name is whole, and so is what a restore has set aside;
- SQLite and `retain doctor` find the file sound, and the cache is what a replay of the log gives.

usage: check_kills.py RETAIN [--kills 300] [--seed N] [--jobs 2]
"""

import argparse
import concurrent.futures
import shutil
import sqlite3
import sys
import time

from collection import (
    MIGRATIONS,
    Home,
    Wrong,
    acknowledged,
    acts,
    chapter,
    history,
    old_database,
    seeded,
    sitting,
)
from screen import Screen

CARDS = 60
KILLS_A_HOME = 10


class Round:
    """A home and what is known to be in it."""

    def __init__(self, program, chance):
        self.chance = chance
        self.home = Home(program, CARDS)
        self.rows = []
        self.edition = 0

    def kill(self):
        """One random deed, killed at a random moment, and what must be true then."""
        deed = self.chance.choice(DEEDS)
        before = self.home.log()
        if before[: len(self.rows)] != self.rows:
            raise Wrong("rows of the log have changed")
        self.rows = before
        deed(self)
        after = self.home.log()
        if after[: len(before)] != before:
            raise Wrong(f"{deed.__name__}: rows of the log have changed")
        self.rows = after
        self.home.is_sound()
        return deed.__name__

    def runs(self, longest, *arguments, typed="", data=None, home=None):
        """Runs the program and kills it after at most so many seconds; gives what it wrote."""
        process = (home or self.home).start(*arguments, data=data)
        deadline = time.monotonic() + self.chance.uniform(0, longest)
        process.stdin.write(typed.encode())
        process.stdin.close()
        time.sleep(max(0, deadline - time.monotonic()))
        process.kill()
        out = process.stdout.read().decode()
        err = process.stderr.read().decode()
        process.wait()
        process.stdout.close()
        process.stderr.close()
        if "panicked" in err:
            raise Wrong(err)
        return out

    def new_rows(self):
        return self.home.log()[len(self.rows) :]


def study(round):
    out = round.runs(0.25, "study", "--plain", typed=sitting(CARDS, round.chance))
    added, told = round.new_rows(), acknowledged(out)
    if not len(told) <= acts(added) <= len(told) + 1:
        raise Wrong(f"{len(told)} acts were acknowledged and {acts(added)} are there")
    ids = [row[0] for row in added]
    for event in filter(None, told):
        if ids.count(event) != 1:
            raise Wrong(f"event {event} was acknowledged and is there {ids.count(event)} times")


def study_on_a_screen(round):
    """Each key is pressed at once when its screen is there, and kept on being pressed until it is heard."""
    screen = Screen(round.home.start, "study", size=(80, 24))
    told, asked, deadline = 0, None, time.monotonic() + round.chance.uniform(0.05, 1.2)
    while time.monotonic() < deadline and screen.read(0.02):
        now = screen.question()
        if now != asked:
            # The first one acknowledges nothing; each later one does the answer before it.
            told, asked = told + (asked is not None and now is not None), now or asked
        screen.press("3" if "1 Again" in screen.text() else " ")
    screen.kill()
    added = round.new_rows()
    if not told <= len(added) <= told + 1:
        raise Wrong(f"the screen acknowledged {told} answers and {len(added)} are there:\n{screen.text()}")


def import_again(round):
    changed_chapter(round, "import", round.home.path / "chapter.md")


def update(round):
    changed_chapter(round, "update")


def changed_chapter(round, *arguments):
    before = round.home.questions()
    round.edition += 1
    kept = [number for number in range(1, CARDS + 1) if round.chance.random() < 0.9]
    text = chapter(kept, f"edition{round.edition}")
    round.home.write("chapter.md", text)
    round.runs(0.06, *arguments)
    after = round.home.questions()
    whole = all(f"edition{round.edition} " in stem for _, stem, _ in after) and len(after) == len(kept)
    if after != before and not whole:
        raise Wrong("half of an import is there")


def first_import(round):
    """Into a folder that does not exist yet."""
    data = round.home.path / "new"
    round.runs(0.06, "import", round.home.path / "chapter.md", data=data)
    if (data / "retain.db").exists() and round.home.ask("PRAGMA user_version", data) == [(len(MIGRATIONS),)]:
        count = len(round.home.questions(data))
        # Not as many as the collection has: an import of this edition may have been killed, or a restore have come.
        if count not in (0, (round.home.path / "chapter.md").read_text().count("**Answer")):
            raise Wrong(f"{count} questions of a first import are there")
    round.home.run("import", round.home.path / "chapter.md", data=data)
    round.home.is_sound(data)
    shutil.rmtree(data)


def merge(round):
    """Another machine's history of the same chapter."""
    other = round.home.path / "other"
    round.home.run("import", round.home.path / "chapter.md", data=other)
    round.home.run("study", "--plain", data=other, typed=sitting(30))
    coming = round.home.path / "other.jsonl"
    round.home.run("log", "export", coming, data=other)
    round.runs(0.06, "log", "import", coming)
    if len(round.new_rows()) not in (0, 30):
        raise Wrong(f"{len(round.new_rows())} of 30 events were merged")
    shutil.rmtree(other)


def reschedule(round):
    scheduler = round.chance.choice(["sm2", "fsrs"])
    round.home.write(
        "config/config.toml", f'new_per_day = 5000\nreviews_per_day = 5000\nscheduler = "{scheduler}"\n'
    )
    round.home.run("due")
    round.runs(0.08, "reschedule", "--yes")
    if acts(round.new_rows()) > 1:
        raise Wrong("a rescheduling is more than one act")
    # Whoever opens it to write hands the cards over to the scheduler that the settings name.
    round.home.run("update")


def back_up(round):
    before = backups(round.home.data)
    out = round.runs(0.1, "backup")
    came = [copy for copy in backups(round.home.data) if copy not in before]
    if len(came) != 1 if "proven good" in out else len(came) > 1:
        raise Wrong(f"{len(came)} backups were made: {out}")
    if any(log_in(copy) != round.rows for copy in came):
        raise Wrong("a backup is not whole")


def restore(round):
    """Of a copy of the home, to an earlier day and back again."""
    home, data = round.home, round.home.path / "restored"
    shutil.copytree(home.data, data)
    known = set(backups(data))
    home.run("backup", data=data)
    [backup] = set(backups(data)) - known
    home.run("study", "--plain", data=data, typed=sitting(5))
    newer, older = home.log(data), log_in(backup)
    exchange(round, data, newer, older, "restore", backup, "--without-newer", "--yes")
    exchange(round, data, older, newer, "restore", "--undo", "--yes")
    shutil.rmtree(data)


def exchange(round, data, before, after, *arguments):
    """Puts a collection in the place of another one, which is kept."""
    home, known = round.home, set((data / "set-aside").glob("*.db"))
    out = round.runs(0.12, *arguments, data=data)
    if home.log(data) not in ([after] if "is kept in" in out else [before, after]):
        raise Wrong(f"half of a restore is there: {out}")
    if home.log(data) == before:
        home.run(*arguments, data=data)
    if home.log(data) != after:
        raise Wrong("a restore does not bring what it is to bring")
    if before not in map(log_in, set((data / "set-aside").glob("*.db")) - known):
        raise Wrong("what was there before a restore is not kept")
    home.is_sound(data)


def repair(round):
    """Of a copy of the home in which cards stand wrong."""
    home, data = round.home, round.home.path / "spoilt"
    shutil.copytree(home.data, data)
    home.ask("UPDATE card SET lapses = lapses + 1, due = due + 1 WHERE due IS NOT NULL", data)
    round.runs(0.15, "doctor", "--repair", data=data)
    home.run("doctor", "--repair", data=data)
    home.is_sound(data)
    if home.log(data) != round.rows:
        raise Wrong("a repair has changed the log")
    shutil.rmtree(data)


def optimize(round):
    home, data = round.home, round.home.path / "optimized"
    history(home.path / "history.jsonl")
    home.run("log", "import", home.path / "history.jsonl", data=data)
    kept = data / "fsrs-parameters.toml"
    out = round.runs(0.25, "optimize", "--yes", data=data)
    text = kept.read_text() if kept.exists() else None
    home.run("optimize", "--yes", data=data)
    if text not in ([kept.read_text()] if "Kept in" in out else [None, kept.read_text()]):
        raise Wrong(f"half of the parameters are kept: {text}")
    shutil.rmtree(data)


def backups(data):
    return sorted((data / "backups").glob("[0-9]*.db"))


def log_in(path):
    """The log of a file that has to be sound."""
    connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Wrong(f"{path.name} is not sound")
        return connection.execute("SELECT * FROM log ORDER BY id").fetchall()
    finally:
        connection.close()


def migrate(round):
    """A database as an older program left it, in a home of its own."""
    home, old = Home(round.home.program, cards=20), round.home.path / "old"
    home.run("study", "--plain", typed=sitting(40, round.chance))
    number = round.chance.randrange(1, len(MIGRATIONS))
    rows = old_database(home, old / "retain.db", number)
    round.runs(0.06, "study", "--plain", data=old, home=home)
    [(now,)] = home.ask("PRAGMA user_version", old)
    if not number <= now <= len(MIGRATIONS):
        raise Wrong(f"a database of format {number} became one of format {now}")
    copies = list((old / "backups").glob("before-format-*.db"))
    if now > number and not copies:
        raise Wrong("a database was migrated and no copy of it was kept")
    for copy in copies:
        copied = sqlite3.connect(copy)
        if copied.execute("SELECT id, card, at FROM log ORDER BY id").fetchall() != [row[:3] for row in rows]:
            raise Wrong("the copy before a migration is not whole")
        copied.close()
    home.run("study", "--plain", data=old)
    if home.log(old) != rows:
        raise Wrong("a migration has changed the log")
    home.is_sound(old)
    shutil.rmtree(old)


DEEDS = [study] * 6 + [study_on_a_screen] * 2 + [
    import_again, update, first_import, merge, reschedule, back_up, restore, repair, optimize, migrate,
]  # fmt: skip


def kills(program, seed, count):
    """So many kills of one home; how many of each deed."""
    chance, _ = seeded(seed)
    round = Round(program, chance)
    done = []
    try:
        for _ in range(count):
            done.append(round.kill())
    except Wrong as wrong:
        kept = f"/tmp/retain-kills-{seed}"
        shutil.copytree(round.home.path, kept, dirs_exist_ok=True)
        raise Wrong(f"seed {seed}, after {done}: {wrong}\nThe home is kept in {kept}") from wrong
    return done


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chance, seed = seeded(options.seed)
    homes = [KILLS_A_HOME] * (options.kills // KILLS_A_HOME)
    if options.kills % KILLS_A_HOME:
        homes.append(options.kills % KILLS_A_HOME)
    began, counts = time.monotonic(), {}
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        jobs = [pool.submit(kills, options.program, chance.randrange(2**32), count) for count in homes]
        try:
            for job in concurrent.futures.as_completed(jobs):
                for deed in job.result():
                    counts[deed] = counts.get(deed, 0) + 1
        except Wrong as wrong:
            pool.shutdown(cancel_futures=True)
            sys.exit(f"check_kills: {wrong}")
    told = ", ".join(f"{count} {deed}" for deed, count in sorted(counts.items()))
    print(f"{sum(counts.values())} kills, 0 acknowledged acts lost, changed or doubled ({told})")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
