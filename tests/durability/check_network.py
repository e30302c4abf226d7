"""Nobody is called: studying, importing, evaluating and looking open no socket.

Every call that has to do with the network is watched by strace, in all threads and children.

usage: check_network.py RETAIN
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from collection import Home, sitting
from screen import Screen

SOCKETS = re.compile(r"\b(socket|connect|bind|listen|accept4?)\(")


def main():
    if not shutil.which("strace"):
        sys.exit("check_network: strace is not installed")
    home = Home(sys.argv[1], cards=5)
    coming = home.path / "log.jsonl"
    # A new command belongs here, as one line: its words and what is typed.
    commands = [
        (["import", home.path / "chapter.md"], ""),
        (["study", "--plain"], sitting(5)),
        (["check", home.path / "chapter.md"], ""),
        (["update"], ""),
        (["export", "things"], ""),
        (["decks"], ""),
        (["due"], ""),
        (["log"], ""),
        (["log", "export", coming], ""),
        (["log", "import", coming], ""),
        (["evaluate"], ""),
        (["simulate", "--json"], ""),
        (["reschedule", "--yes"], ""),
        (["stats"], ""),
        (["search", "thing"], ""),
        (["report", home.path / "report.html"], ""),
        (["optimize"], ""),
        (["backup"], ""),
        (["backup", "list"], ""),
        (["doctor"], ""),
        (["doctor", "--repair"], ""),
        (["restore", "--yes"], ""),
        (["restore", "--undo", "--yes"], ""),
        (["replay", home.path / "chapter.md"], ""),
        (["completions", "bash"], ""),
        (["streak"], ""),
        (["config", "show"], ""),
        (["keys"], ""),
        (["man"], ""),
    ]
    opened = []
    with tempfile.TemporaryDirectory(prefix="retain-") as folder:
        trace = Path(folder) / "trace"
        tracer = ["strace", "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", trace]
        for words, typed in commands:
            home.tries(*words, typed=typed, before=tracer)
            opened += [f"{' '.join(map(str, words))}: {line}" for line in trace.read_text().splitlines()]
        screen = Screen(home.start, before=tracer)
        if not screen.wait_for(lambda it: "1 Things" in it.text()):
            sys.exit(f"check_network: the decks were not shown:\n{screen.text()}")
        screen.press("q")
        screen.ends(20)
        opened += [f"the interface: {line}" for line in trace.read_text().splitlines()]
    # A pair without an address, by which a thread of the interface is woken, reaches nobody.
    opened = [line for line in opened if SOCKETS.search(line)]
    if opened:
        sys.exit("check_network: a socket was opened\n" + "\n".join(opened))
    print(f"{len(commands) + 1} commands, no socket")


if __name__ == "__main__":
    main()
