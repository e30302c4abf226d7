"""Let each call on the collection's files fail in turn, and look at what the program says and what it keeps.

A read, a write, a sync, an open, a lock taken or given back, a truncation or a removal fails once, or from then
on until the person was told; with EIO, ENOSPC, EROFS, EINTR, or by doing only half. Renaming is made to fail by
strace, since it is done past the C library. Each time:

- no signal ends the program and nothing panics;
- what was acknowledged is in the log, once, and nothing else is: an answer that was not shown as saved is
  not there, also when it is given again once the fault is gone;
- what failed is told in words, and the sitting goes on;
- an import, a merge, a migration, a restore, a repair is whole or absent, and so is a backup, beside the earlier
  ones; SQLite finds the file sound; the next run works.

What a system call says for ever, SQLite and Rust's library ask for ever: then the program can be ended.

usage: check_faults.py RETAIN [--every 1] [--offset 0] [--only NAME] [--jobs 2]

--every 7 lets only every seventh call fail, from the offset on; CI does that, 1 is for by hand.
"""

import argparse
import concurrent.futures
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from collection import PATIENCE, QUESTIONS, Home, Wrong, acts, chapter, history, old_database, sitting
from screen import Screen

# A command that only looks belongs here.
LOOKS = [
    ["due"],
    ["log", "--json"],
    ["stats"],
    ["search", "thing"],
    ["export", "things"],
    ["doctor"],
    ["backup", "list"],
]
KINDS = ["EIO", "ENOSPC", "EROFS", "EINTR", "short"]
ANSWERS = 3
HERE = Path(__file__).parent
RENAMES = "rename,renameat,renameat2"
# What the program says of something that failed, on a screen and elsewhere.
NOTICE = re.compile(r"could not|cannot|Nothing was stored|another program|error", re.I)


class Trial:
    """One run with one fault, on a home of its own."""

    def __init__(self, template, library, at, kind, lasting):
        self.folder = tempfile.TemporaryDirectory(prefix="retain-")
        self.home = template.copy(Path(self.folder.name))
        self.at, self.kind, self.lasting = at, kind, lasting
        self.told, self.flag = self.home.path / "told", self.home.path / "faulty"
        self.flag.touch()
        self.variables = {
            "LD_PRELOAD": str(library),
            "FAULT_FOLDER": str(self.home.data),
            "FAULT_AT": str(at),
            "FAULT_KIND": kind,
            "FAULT_TOLD": str(self.told),
        } | ({"FAULT_WHILE": str(self.flag)} if lasting else {})

    def mend(self):
        """The fault is gone."""
        self.flag.unlink(missing_ok=True)

    def calls(self):
        return self.told.read_text().splitlines() if self.told.exists() else []

    def run(self, *arguments, typed=""):
        code, out, err = self.home.tries(*arguments, typed=typed, environment=self.variables)
        self.ended_by_itself(code, out + err)
        return code, out, err

    def ended_by_itself(self, code, told):
        if code < 0 or code >= 128:
            raise Wrong(f"ended with {code}: {told[-2000:]}")
        if "panicked" in told:
            raise Wrong(told)
        if code and not NOTICE.search(told):
            raise Wrong(f"ended with {code} and said only: {told[-2000:]}")

    def has_exactly(self, rows_before, acknowledgements, told):
        """What is in the log is what was acknowledged."""
        log = self.home.log()
        if log[: len(rows_before)] != rows_before:
            raise Wrong("rows of the log have changed")
        there = acts(log[len(rows_before) :])
        if there != acknowledgements:
            raise Wrong(f"{acknowledgements} acts were acknowledged and {there} are there:\n{told[-3000:]}")

    def works_again(self):
        self.home.is_sound(thoroughly=False)
        self.home.run("study", "--plain", typed="?\n3\n")
        self.home.cache_is_replay()


class Template(Home):
    """A home that is made once and copied for each trial."""

    def copy(self, folder):
        home = Template.__new__(Template)
        home.program, home.path, home.folder = self.program, folder / "home", self.folder
        shutil.copytree(self.path, home.path)
        home.data = home.path / "data"
        home.database = home.data / "retain.db"
        return home


def study(trial):
    """Line by line, and everything is typed again for as long as it is asked for."""
    before = trial.home.log()
    process = trial.home.start("study", "--plain", environment=trial.variables, stderr=subprocess.STDOUT)
    # Whoever waits for ever ends by a signal, which is told.
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    out, saved = [], 0
    while line := process.stdout.readline().decode():
        out.append(line)
        typed = None
        if line.startswith("saved "):
            saved += 1
        elif line.startswith("Answer: A to "):
            typed = "?" if saved < ANSWERS else "quit"
        elif line.startswith(("Grade: ", "Nothing was saved; give the grade")):
            typed = "3"
        elif line.startswith("Enter tries again"):
            typed = ""
        elif NOTICE.search(line):
            trial.mend()
        # A program that has ended hears nothing.
        if typed is not None and process.poll() is None:
            try:
                process.stdin.write(f"{typed}\n".encode())
                process.stdin.flush()
            except BrokenPipeError:
                pass
    process.stdin.close()
    process.stdout.close()
    watchdog.cancel()
    told = "".join(out)
    trial.ended_by_itself(process.wait(), told)
    trial.has_exactly(before, saved, told)
    has_begun = "Answer: A to " in told
    if has_begun and saved < ANSWERS:
        raise Wrong(f"the sitting did not go on after {saved} answers:\n{told[-3000:]}")
    trial.works_again()


def study_on_a_screen(trial):
    before = trial.home.log()
    screen = Screen(trial.home.start, "study", environment=trial.variables)
    if not screen.wait_for(lambda it: it.question() or NOTICE.search(it.text())):
        if screen.process.poll() is None:
            raise Wrong(f"no question came:\n{screen.text()}")
    begun, saved, asked, deadline = screen.question(), 0, screen.question(), time.monotonic() + PATIENCE
    while begun and saved < ANSWERS and time.monotonic() < deadline and screen.read(0.05):
        text, now = screen.text(), screen.question()
        if NOTICE.search(text):
            trial.mend()
        if now and now != asked:
            saved, asked = saved + 1, now
        if saved < ANSWERS:
            # Where no question could be read the sitting goes on with another one.
            screen.press("3" if "1 Again" in text else " " if now else "n")
    if begun and saved < ANSWERS:
        raise Wrong(f"the sitting did not go on after {saved} answers:\n{screen.text()}")
    trial.mend()
    if not begun and not screen.has_ended(0.5):
        # The decks are asked for once more, or the next question where the first could not be read.
        screen.press("\r")
        screen.press("n")
        if not screen.wait_for(lambda it: it.question() or "1 Things" in it.text()):
            raise Wrong(f"it cannot be tried again:\n{screen.text()}")
    screen.press("\x03")
    # The keys that were too much may have answered the question that is shown.
    revealed = "1 Again" in screen.text()
    code = screen.ends(PATIENCE)
    if code not in (0, 1, 130) or "panicked" in screen.raw:
        raise Wrong(f"ended with {code}:\n{screen.text()}")
    if not begun and not NOTICE.search(screen.raw):
        raise Wrong(f"nothing was asked and nothing said:\n{screen.raw[-2000:]}")
    there = acts(trial.home.log()[len(before) :])
    if not saved <= there <= saved + revealed:
        raise Wrong(f"the screen acknowledged {saved} answers and {there} are there:\n{screen.text()}")
    trial.works_again()


def change(*arguments):
    """Something that changes the collection as a whole or not at all."""

    def tried(trial):
        words = [str(argument).replace("HOME", str(trial.home.path)) for argument in arguments]
        before = content(trial.home)
        code, out, err = trial.run(*words)
        trial.mend()
        after = content(trial.home)
        trial.home.run(*words)
        whole = content(trial.home)
        # Where the very last step fails the change may be there, and trying again finds nothing to do.
        if after not in ([before, whole] if code else [whole]):
            raise Wrong(f"it ended with {code} and is there by halves:\n{out}{err}")
        trial.works_again()

    return tried


def content(home):
    """The log and the questions; none where there is no database yet, or one without tables."""
    if not home.database.exists() or not home.ask("SELECT 1 FROM sqlite_schema WHERE name = 'question'"):
        return [], []
    return home.ask(EVENTS), home.questions()


def held(path):
    """The same of another file."""
    connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Wrong(f"{path.name} is not sound")
        return connection.execute(EVENTS).fetchall(), connection.execute(QUESTIONS).fetchall()
    finally:
        connection.close()


EVENTS = "SELECT id, card, at, kind, interval FROM log ORDER BY id"


def backup(*arguments):
    """A copy that is there as a whole or not at all, beside all earlier ones."""

    def tried(trial):
        words = [str(argument).replace("HOME", str(trial.home.path)) for argument in arguments]
        before, copies = content(trial.home), backups(trial.home)
        code, out, err = trial.run(*words)
        trial.mend()
        came = [copy for copy in backups(trial.home) if copy not in copies]
        if not set(copies) <= set(backups(trial.home)) or len(came) > 1 or (not code and not came):
            raise Wrong(f"{copies} became {backups(trial.home)}: {out}{err}")
        for copy in came:
            if held(copy) != before:
                raise Wrong(f"{copy.name} is not whole")
            copy.unlink()
        trial.home.run(*words)
        trial.works_again()

    return tried


def backups(home):
    return sorted(path for path in home.data.rglob("[0-9]*.db") if path.parent.name != "set-aside")


def restore(*arguments):
    """A collection in the place of another one, which is kept."""

    def tried(trial):
        words = [name if (name := str(argument)) != "OLDEST" else str(backups(trial.home)[0]) for argument in arguments]
        before, asides = content(trial.home), set(trial.home.data.glob("set-aside/*.db"))
        code, out, err = trial.run(*words)
        trial.mend()
        after = content(trial.home)
        if after == before and code:
            trial.home.run(*words)
        if content(trial.home) == before:
            raise Wrong(f"it ended with {code} and changed nothing: {out}{err}")
        kept = [held(aside) for aside in set(trial.home.data.glob("set-aside/*.db")) - asides]
        if before not in kept:
            raise Wrong(f"it ended with {code}, and what was there is not kept: {out}{err}")
        trial.works_again()

    return tried


def repair(trial):
    """Cards that stand wrong stand as they did, or right."""
    trial.run("doctor", "--repair")
    trial.mend()
    trial.home.run("doctor", "--repair")
    trial.home.run("doctor")
    trial.works_again()


def optimize(trial):
    """Parameters that are kept as a whole or not at all."""
    kept = trial.home.data / "fsrs-parameters.toml"
    code, out, err = trial.run("optimize", "--yes")
    trial.mend()
    text = kept.read_text() if kept.exists() else None
    trial.home.run("optimize", "--yes")
    if text not in ([None, kept.read_text()] if code else [kept.read_text()]):
        raise Wrong(f"it ended with {code} and kept {text}: {out}{err}")
    trial.works_again()


def stuck(trial):
    """A call that says for ever that it was interrupted: the program can be ended, as if it were killed."""
    before = trial.home.log()
    screen = Screen(trial.home.start, "study", environment=trial.variables)
    screen.wait_for(lambda it: it.question(), seconds=1)
    screen.press(" ")
    screen.wait_for(lambda it: "1 Again" in it.text(), seconds=1)
    screen.press("3")
    screen.has_ended(1)
    screen.process.terminate()
    # Before it has taken the screen it has nothing to put back, and the signal itself ends it.
    if screen.ends(2) not in (0, 1, 143, -signal.SIGTERM):
        raise Wrong(f"it cannot be ended:\n{screen.text()}")
    trial.mend()
    if not acts(trial.home.log()[len(before) :]) <= 1:
        raise Wrong("one answer became several")
    trial.works_again()


def rename(*arguments):
    """Something that gives a file its name only when it is whole; the one fault is that it cannot be named."""

    def tried(trial):
        words = [str(argument).replace("HOME", str(trial.home.path)) for argument in arguments]
        before, names = content(trial.home), sorted(trial.home.path.rglob("*.*"))
        inject = f"inject={RENAMES}:error={trial.kind}"
        tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={RENAMES}", "-e", inject]
        code, out, err = trial.home.tries(*words, before=tracer)
        trial.ended_by_itself(code, out + err)
        if not code or content(trial.home) != before:
            raise Wrong(f"a file could not be named, and it ended with {code}: {out}{err}")
        if left := [
            path for path in trial.home.path.rglob("*.*") if path not in names and path.suffix != ".lock"
        ]:
            raise Wrong(f"files are left behind: {left}")
        trial.home.run(*words)
        trial.works_again()

    return tried


def look(*arguments):
    """Something that only reads."""

    def tried(trial):
        before = content(trial.home)
        trial.run(*arguments)
        trial.mend()
        if content(trial.home) != before:
            raise Wrong("looking has changed something")
        trial.works_again()

    return tried


def scenarios(program):
    """(name, home, what is tried). A new command belongs here, as one line."""
    home = Template(program, cards=12)
    home.run("study", "--plain", typed=sitting(3))
    yield "study", home, study
    yield "screen", home, study_on_a_screen
    other = Home(program, cards=12)
    other.run("study", "--plain", typed=sitting(8))
    other.run("log", "export", home.path / "other.jsonl")
    home.write("chapter.md", chapter(range(2, 15), "object"))
    yield "import", home, change("import", "HOME/chapter.md")
    yield "merge", home, change("log", "import", "HOME/other.jsonl")
    fresh = Template(program)
    fresh.write("chapter.md", chapter(range(1, 8)))
    yield "first import", fresh, change("import", "HOME/chapter.md")
    old = Template(program)
    old_database(other, old.database, 2)
    yield "migration", old, change("study", "--plain")
    fsrs = Template(program, cards=12)
    fsrs.run("study", "--plain", typed=sitting(8))
    fsrs.write("config/config.toml", 'scheduler = "fsrs"\n')
    fsrs.run("study", "--plain")
    yield "rescheduling", fsrs, change("reschedule", "--yes")
    yield "renaming a copy", old, rename("study", "--plain")
    yield "renaming a log", home, rename("log", "export", "HOME/exported.jsonl")
    saved = Template(program, cards=12)
    saved.run("study", "--plain", typed=sitting(3))
    saved.run("backup")
    saved.run("study", "--plain", typed=sitting(3))
    yield "backup", saved, backup("backup")
    yield "copy", saved, backup("backup", "--to", "HOME/data/2026.db")
    yield "restore", saved, restore("restore", "OLDEST", "--without-newer", "--yes")
    restored = saved.copy(Path(saved.folder.name) / "restored")
    restored.run("restore", backups(restored)[0], "--without-newer", "--yes")
    yield "undone restore", restored, restore("restore", "--undo", "--yes")
    spoilt = saved.copy(Path(saved.folder.name) / "spoilt")
    spoilt.ask("UPDATE card SET ease = 400, due = due + 1 WHERE due IS NOT NULL")
    yield "repair", spoilt, repair
    fitted = Template(program, cards=3)
    history(fitted.path / "history.jsonl")
    fitted.run("log", "import", fitted.path / "history.jsonl")
    yield "optimize", fitted, optimize
    yield "stuck", home, stuck
    for words in LOOKS:
        yield " ".join(words), home, look(*words)


def trials(name, template, tried, library, every, offset):
    """All trials of a scenario: each call, in turn with each kind, once and lasting."""
    if name.startswith("renaming"):
        for kind in KINDS[:3]:
            yield name, template, tried, library, 1, kind, False
        return
    if name == "stuck":
        for at in range(1 + offset, 400, every * 3):
            yield name, template, tried, library, at, "EINTR", True
        return
    counting = Trial(template, library, 0, "EIO", lasting=False)
    tried(counting)
    # What the check itself does afterwards is done without the library.
    calls = [line.split()[1] for line in counting.calls()]
    if name == "study" and every > 1:
        # What fails from the last write of a change on is the hardest to come back from.
        for at in (at for at, call in enumerate(calls) if call == "fsync"):
            yield name, template, tried, library, at, KINDS[0], True
    for at in range(1 + offset % every, len(calls) + 1, every):
        for nth, kind in enumerate(KINDS):
            if every > 1 and nth != (at // every) % len(KINDS):
                continue
            # A call that is interrupted for ever is no fault but an endless loop.
            for lasting in (False, True)[: 1 if kind == "EINTR" else 2]:
                yield name, template, tried, library, at, kind, lasting


def attempt(job):
    name, template, tried, library, at, kind, lasting = job
    trial = Trial(template, library, at, kind, lasting)
    try:
        tried(trial)
    except Wrong as wrong:
        calls = trial.calls()
        call = calls[at - 1] if len(calls) >= at else "?"
        return f"{name}: {kind} at call {call}{' and on' if lasting else ''}: {wrong}"
    except Exception as error:  # noqa: BLE001
        return f"{name}: {kind} at call {at}{' and on' if lasting else ''}: {type(error).__name__} {error}"
    return None


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--only", help="one scenario, by its name")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    began, wrongs, counts = time.monotonic(), [], {}
    with tempfile.TemporaryDirectory(prefix="retain-") as folder:
        library = Path(folder) / "faults.so"
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "faults.c", "-ldl"], check=True
        )
        jobs = []
        for scenario in scenarios(options.program):
            if options.only in (None, scenario[0]):
                jobs += trials(*scenario, library, options.every, options.offset)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for job, wrong in zip(jobs, pool.map(attempt, jobs)):
                counts[job[0]] = counts.get(job[0], 0) + 1
                if wrong:
                    wrongs.append(wrong)
                    print(wrong, file=sys.stderr)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(
        f"{sum(counts.values())} faults ({told}), {len(wrongs)} that went wrong, {time.monotonic() - began:.0f} s"
    )
    sys.exit(bool(wrongs))


if __name__ == "__main__":
    main()
