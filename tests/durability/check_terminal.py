"""The terminal is left as it was found, from every screen and whatever ends the program; and nothing but the
program itself tells the terminal what to do.

- From each screen the program is ended by q, Ctrl-C, and the signals TERM, HUP, INT and QUIT, and is put to
  sleep by Ctrl-Z and woken by fg: the other screen, the hidden cursor, the mouse, pasting and the terminal's
  own settings are as before, and after fg it is drawn again.
- While nothing happens nothing is drawn, and no core is used.
- The terminal is given every size from 300x100 to 1x1 while keys arrive: nothing panics.
- Decks, files, settings and arguments with escape sequences in their names and texts go through every command:
  no control character and no bidirectional override of theirs comes out.

usage: check_terminal.py RETAIN [--seconds 5] [--seed N]
"""

import argparse
import concurrent.futures
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

from collection import Home, Wrong, chapter, seeded, sitting
from screen import Screen

# Longer than the time in which a key is not heard after a step.
BREATH = 0.22
ALTERNATE, CURSOR, PASTE = 1049, 25, 2004
MOUSE = {1000, 1002, 1003, 1006, 1015}
# Each screen: whether there is a chapter, and how to come to it: what to press, and what is shown then.
SCREENS = {
    "welcome": (False, [("", "Python Memory Model")]),
    "decks": (True, [("", "1 Things")]),
    "mouse": (True, [("", "1 Things"), ("m", "1 Things")]),
    "question": (True, [("", "1 Things"), ("\r", "Q1.1 ")]),
    "answer": (True, [("", "1 Things"), ("\r", "Q1.1 "), (" ", "1 Again")]),
    "card": (True, [("", "1 Things"), ("\r", "Q1.1 "), ("i", "istory")]),
    "summary": (True, [("", "1 Things"), ("\r", "Q1.1 "), (" ", "1 Again"), ("3", "at first sight")]),
    "help": (True, [("", "1 Things"), ("?", "Select the next line")]),
    "statistics": (True, [("", "1 Things"), ("s", "2 Retention")]),
    "browser": (True, [("", "1 Things"), ("b", "as they came in")]),
    "search": (True, [("", "1 Things"), ("b", "as they came in"), ("/", "to the cards")]),
    "choice": (True, [("", "1 Things"), ("b", "as they came in"), ("d", "Keep them")]),
    "palette": (True, [("", "1 Things"), (":", "Actions")]),
    "import": (True, [("", "1 Things"), ("i", "ath")]),
    "report": (True, [("", "1 Things"), ("i", "ath"), ("HOME/chapter.md\r", "nothing changed")]),
}
# Where a q is written, Esc comes first.
FIELDS = ("import", "palette", "search")
ENDS = {"q": "qqqqq", "Ctrl-C": "\x03"} | {
    name: getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
}


def goes_to(screen, home, steps, name):
    for keys, shown in steps:
        time.sleep(BREATH if keys else 0)
        screen.press(keys.replace("HOME", str(home.path)))
        if not screen.wait_for(lambda it: shown.lower() in it.text().lower()):
            raise Wrong(f"{name}: “{shown}” was not shown:\n{screen.text()}")
    time.sleep(BREATH)


def is_restored(screen, before, name):
    screen.read(0.05)
    on = screen.modes & ({ALTERNATE, PASTE} | MOUSE)
    if on or CURSOR not in screen.modes:
        raise Wrong(
            f"{name}: modes {sorted(on)} are on, the cursor is {'shown' if CURSOR in screen.modes else 'hidden'}"
        )
    after = termios.tcgetattr(screen.master)
    if after != before:
        raise Wrong(f"{name}: the terminal's settings were {before} and are {after}")


def home_for(program, has_chapter):
    return Home(program, cards=1 if has_chapter else 0)


def ends_in_order(program, name):
    has_chapter, steps = SCREENS[name]
    for end, how in ENDS.items():
        home = home_for(program, has_chapter)
        screen = Screen(home.start)
        screen.modes.add(CURSOR)
        goes_to(screen, home, steps, name)
        screen.read(0.02)
        if not {ALTERNATE, PASTE} | (MOUSE if name == "mouse" else set()) <= screen.modes:
            raise Wrong(f"{name}: the screen was never taken: {screen.modes}")
        if isinstance(how, str):
            keys = "\x1b" + how if name in FIELDS and end == "q" else how
            for key in keys:
                screen.press(key)
                time.sleep(BREATH if len(keys) > 1 else 0)
                screen.read(0)
        else:
            screen.process.send_signal(how)
        if not screen.has_ended(20):
            raise Wrong(f"{name}: {end} does not end it:\n{screen.text()}")
        is_restored(screen, screen.before, f"{name}, {end}")
        os.close(screen.master)


def sleeps_and_wakes(program, name):
    """In a shell, since only what has somebody to wake it can be put to sleep."""
    has_chapter, steps = SCREENS[name]
    home = home_for(program, has_chapter)
    shell = Screen(
        lambda **pipes: subprocess.Popen(["sh", "-im"], env=home.environment() | {"PS1": "READY "}, **pipes)
    )
    shell.modes.add(CURSOR)
    shell.wait_for(lambda it: "READY" in it.text())
    before = termios.tcgetattr(shell.master)
    shell.press(f"{home.program}\n")
    goes_to(shell, home, steps, name)
    for _ in range(2):
        shown = shell.text()
        shell.cells.clear()
        shell.press("\x1a")
        if not shell.wait_for(lambda it: "Stopped" in it.text()):
            raise Wrong(f"{name}: Ctrl-Z does not put it to sleep:\n{shell.text()}")
        is_restored(shell, before, f"{name}, Ctrl-Z")
        shell.cells.clear()
        shell.press("fg\n")
        if not shell.wait_for(lambda it: ALTERNATE in it.modes and steps[-1][1].lower() in it.text().lower()):
            raise Wrong(f"{name}: fg does not draw again what was there:\n{shown}\n--\n{shell.text()}")
    shell.press("\x03")
    shell.wait_for(lambda it: ALTERNATE not in it.modes)
    is_restored(shell, before, f"{name}, after fg")
    shell.kill()


def rests(program, name):
    """While nothing happens nothing is drawn, and no core is used."""
    has_chapter, steps = SCREENS[name]
    home = home_for(program, has_chapter)
    screen = Screen(home.start)
    goes_to(screen, home, steps, name)
    screen.read(1)
    before, written = ticks(screen.process.pid), len(screen.raw)
    time.sleep(2)
    screen.read(0)
    # A hundredth of a second each.
    if (used := ticks(screen.process.pid) - before) > 4 or len(screen.raw) != written:
        raise Wrong(f"{name}: {used} ticks were used and {len(screen.raw) - written} bytes drawn for nothing")
    screen.kill()


def ticks(process):
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def survives_any_size(program, chance, seconds):
    home = Home(program, cards=30)
    keys = ["\r", " ", "1", "2", "3", "4", "a", "b", "j", "k", "?", ":", "i", "\t", "\x1b", "u", "n", "c", "f", "q", "g", "G", "\x04", "\x15", "\x0c", "x", "\x7f", "+", "w", "s", "b", "m", "\x1b[200~abc\r3q\x1b[201~", "\x1b[<0;5;5M", "\x1b[A", "é", "日"]  # fmt: skip
    sizes = [(300, 100), (1, 1), (80, 24), (40, 12), (39, 11), (2, 50), (200, 2), (120, 40), (110, 8)]
    deadline, starts, pressed = time.monotonic() + seconds, 0, 0
    while time.monotonic() < deadline:
        screen, starts = (
            Screen(home.start, *chance.choice([[], ["study"]]), size=chance.choice(sizes)),
            starts + 1,
        )
        while time.monotonic() < deadline and screen.process.poll() is None:
            pressed += 1
            size = (
                chance.choice(sizes)
                if chance.random() < 0.5
                else (chance.randint(1, 300), chance.randint(1, 100))
            )
            screen.resize(size)
            screen.press(chance.choice(keys))
            screen.read(chance.choice([0, 0.005, 0.03]))
        # The first one may be taken for the end of an import that is at work.
        for _ in range(20):
            screen.press("\x03")
            if screen.has_ended(1):
                break
        code = screen.ends(1)
        if code not in (0, 130) or "panicked" in screen.raw:
            raise Wrong(f"ended with {code}: {screen.raw[-2000:]}")
    return starts, pressed


EVIL = "\x1b[31m\x1b]0;owned\x07\x9b5m\u202e\u2066\x08\x7f"


def is_harmless(told, where):
    for character in told:
        if (
            (ord(character) < 32 and character not in "\n\t")
            or 127 <= ord(character) < 160
            or character in "\u202e\u2066"
        ):
            place = told.index(character)
            raise Wrong(f"{where} lets {character!r} out: {told[max(0, place - 80) : place + 40]!r}")


def lets_nothing_out(program):
    home = Home(program)
    text = (
        chapter(range(1, 4))
        .replace("Which thing", f"Which {EVIL} thing &#27;[2J &#x9b;5m")
        .replace("[Topic", f"[{EVIL}Topic")
    )
    text = text.replace("# Chapter 1: Things", f"# Chapter 1: Th{EVIL}ings").replace(
        "wrong thing", f"wrong {EVIL} thing"
    )
    broken = text.replace("**Answer: B**", f"**Answer: {EVIL}**") + f"\n**Q9.1: {EVIL} - [x]**\n\nA) {EVIL}\n"
    name = "Book\x1b[1m\u202e"
    evil, bad = home.write(f"{name}/evil\x1b[5m.md", text), home.write(f"{name}/bad\x1b[5m\u202e.md", broken)
    data = home.write("bad\x1b[2J.json", '{"title": "\x1b[31m", "questions": [{"stem": "\\u001b[31m"}]}')
    log = home.write("log\x1b[1m.jsonl", '{"format":"retain-log","version":1}\n{"device":"\\u001b[31m"}\n')
    nowhere = "/nowhere/\x1b[31m\u202e.md"
    count = 0
    commands = [
        ["import", evil], ["import", home.path / name], ["import", bad], ["import", data], ["import", nowhere],
        ["import", "--dry-run", evil], ["import", "--json", bad], ["update"], ["check", bad], ["check", evil],
        ["check", "--json", bad], ["check", "--explain", "Q1.1", evil], ["check", data], ["check", nowhere],
        ["decks"], ["decks", "--json"], ["due"], ["due", "--json"], ["due", EVIL], ["study", "--plain"],
        ["study", "--plain", EVIL], ["log"], ["log", "--json"], ["log", "--deck", EVIL], ["log", "import", log],
        ["log", "import", nowhere], ["log", "export", f"{nowhere}/x"], ["export", "ings", "--output", nowhere + "/"],
        ["export", EVIL], ["evaluate"], ["simulate", "--deck", EVIL],
        ["reschedule", "--preview"], ["reschedule", "--deck", EVIL], ["replay", nowhere], ["optimize", "--deck", EVIL],
        ["stats", EVIL], ["stats", "--json"], ["search", EVIL], ["search", f"deck:{EVIL}"], ["search", "--json", "thing"],
        ["report", "--deck", EVIL, f"{nowhere}/x"], ["report", nowhere], ["streak"], ["optimize"],
        ["backup"], ["backup", "list"], ["backup", "list", "--json"], ["backup", "--to", f"{nowhere}/x"],
        ["backup", "--to", evil], ["doctor"], ["doctor", "--json"], ["doctor", "--repair"], ["restore", nowhere, "--yes"],
        ["restore", evil, "--yes"], ["restore", EVIL], ["restore", "--yes"], ["restore", "--undo", "--yes"],
        ["config", "show"], ["config", "path"], ["keys"],
        ["--data-dir", nowhere, "decks"],
    ]  # fmt: skip
    for words in commands:
        told = home.tries(*words, typed=sitting(2) + f"{EVIL}\nflag\nundo\nredo\nbury\n")
        is_harmless("".join(told[1:]), words)
        count += 1
    # Names that somebody else gave to files beside the collection.
    backups = home.data / "backups"
    (backups / f"2026-11-01-090000-{name}.db").write_text(EVIL)
    (backups / f"{name}.db").write_bytes(home.database.read_bytes())
    for words in (["backup", "list"], ["doctor"], ["restore", f"{name}.db", "--yes"], ["restore", "--undo", "--yes"]):
        is_harmless("".join(home.tries(*words)[1:]), words)
        count += 1
    for number in range(3):
        settings = [f'new_per_day = "{EVIL}"\n', f'"{EVIL}" = 1\n', 'theme = "\\u001b[31m"\n'][number]
        home.write("config/config.toml", settings)
        for words in (["due"], ["config", "show"], ["study", "--plain"], ["doctor"], ["backup"], ["restore", "--yes"]):
            is_harmless("".join(home.tries(*words)[1:]), (words, settings))
            count += 1
    for variable in ("RETAIN_NOW", "RETAIN_SEED"):
        told = home.tries("due", environment={variable: EVIL})
        is_harmless("".join(told[1:]), variable)
        count += 1
    home.write("config/config.toml", "")
    screen = Screen(home.start, "study")
    screen.wait_for(lambda it: it.question())
    screen.press("\x03")
    screen.ends(20)
    for sign in ("\x1b[31m\x1b]", "\x1b]0;owned", "\x9b5m", "\u202e", "\u2066", "\x07", "\x08", "\x7f"):
        if sign in screen.raw:
            raise Wrong(f"the screen lets {sign!r} out")
    return count + 1


def explains_itself(program):
    """Where the program cannot work it says what is wrong and what to do."""
    home = Home(program, cards=1)
    table = [
        ([], {}, "retain study --plain"),
        (["study"], {}, "retain study --plain"),
        (["due"], {"RETAIN_DATA_DIR": "/proc/nowhere"}, None),
        (["import", home.path / "chapter.md"], {"RETAIN_DATA_DIR": "/proc/nowhere"}, "/proc/nowhere"),
        (["restore"], {"RETAIN_DATA_DIR": "/proc/nowhere"}, "neither a collection nor a backup"),
        (["backup", "--to", "/proc/nowhere"], {}, "/proc"),
    ]
    for words, variables, what_to_do in table:
        code, out, err = home.tries(*words, environment=variables)
        if what_to_do and (code != 1 or what_to_do not in err):
            raise Wrong(f"{words} with {variables} ended with {code} and said {out}{err}")
    screen = Screen(home.start, environment={"TERM": "dumb"})
    if screen.ends(20) != 1 or "retain study --plain" not in screen.raw:
        raise Wrong(f"on a dumb terminal: {screen.raw}")
    return len(table) + 1


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    chance, seed = seeded(options.seed)
    began = time.monotonic()
    try:
        texts = lets_nothing_out(options.program)
        words = explains_itself(options.program)
        starts, pressed = survives_any_size(options.program, chance, options.seconds)
        # They wait most of the time, and can do so together.
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            for look in (rests, ends_in_order, sleeps_and_wakes):
                list(pool.map(look, [options.program] * len(SCREENS), SCREENS))
    except Wrong as wrong:
        sys.exit(f"check_terminal: seed {seed}: {wrong}")
    print(
        f"{len(SCREENS)} screens left in {len(ENDS) + 1} ways each; {pressed} sizes and keys in {starts} runs"
    )
    print(f"{texts} hostile commands; {words} places where the program cannot work")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
