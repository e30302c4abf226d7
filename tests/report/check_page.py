"""Look at the page of `retain report` in a browser: it must ask nobody for anything, and show something, wide and
narrow, light and dark, and on paper. The pictures stay in FOLDER, for whoever wants to see them.

usage: check_page.py RETAIN FOLDER
"""

import json
import os
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib
from datetime import date, datetime, timedelta, timezone

TODAY = date(2026, 11, 28)
DAYS, CHAPTERS, QUESTIONS = 420, 4, 40
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --run-all-compositor-stages-before-draw"
).split()
# The fewest different rows of pixels in a picture of the page; an empty page has one or two.
FEWEST_ROWS = 300


def chapter(number):
    text = [f"# Chapter {number}: Subject {number}\n\n## Questions\n\n---\n"]
    for nth in range(1, QUESTIONS + 1):
        difficulty = ("Basic", "Intermediate", "Advanced")[nth % 3]
        options = "".join(f"{letter}) thing {letter} of {nth}\n" for letter in "ABCD")
        text.append(
            f"**Q{number}.{nth}: {difficulty} - [Topic {number}.{nth % 5}]**\n\nWhich thing is {nth} of {number}?\n\n"
            f"{options}\n**Answer: {'ABCD'[nth % 4]}**\n\n**Explanation:**\nIt is.\n\n---\n"
        )
    return "\n".join(text)


def history(rng, cards):
    """Lines of an exported log: more is recalled as time goes by, and on some days nothing is studied."""
    lines = [{"format": "retain-log", "version": 1}]
    due = {uid: (date(2026, 11, 28) - timedelta(days=rng.randrange(20, DAYS)), 1) for uid in cards}
    day = TODAY - timedelta(days=DAYS)
    while day <= TODAY:
        clock = datetime.combine(day, datetime.min.time(), timezone(timedelta(hours=1)))
        clock += timedelta(hours=rng.choice((7, 8, 12, 19, 20, 21)))
        for uid, (on, interval) in due.items():
            if on > day or rng.random() < 0.15 or day.toordinal() % 11 == 0:
                continue
            key = cards[uid]
            known = rng.random() < 0.74 + 0.15 * min(interval, 60) / 60
            grade = rng.choices(("hard", "good", "easy"), (1, 7, 1))[0] if known else "again"
            chosen = key if known else (key + rng.choice((1, 1, 1, 2, 3))) % 4
            interval = min(round(interval * rng.uniform(1.7, 2.6)), 200) if known else 1
            took = rng.randrange(2_000, 18_000)
            clock += timedelta(milliseconds=took + 500)
            lines.append(
                {
                    "device": "made-up", "at": clock.isoformat(timespec="milliseconds"), "day": str(day), "rollover": 4,
                    "card": uid, "kind": grade, "outcome": "right" if known else "wrong", "chosen": [chosen],
                    "covered": False, "took_ms": took, "interval": interval, "scheduler": "sm2",
                }
            )
            due[uid] = (day + timedelta(days=interval), interval)
        day += timedelta(days=1)
    return lines


def report(binary, folder):
    """The page of a made-up person, and one chart."""
    environment = os.environ | {
        "RETAIN_DATA_DIR": os.path.join(folder, "data"),
        "RETAIN_CONFIG_DIR": os.path.join(folder, "config"),
        "RETAIN_NOW": f"{TODAY}T18:00:00+01:00",
    }

    def run(*arguments):
        subprocess.run([binary, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)

    os.makedirs(os.path.join(folder, "config"))
    with open(os.path.join(folder, "config", "config.toml"), "w", encoding="utf-8") as file:
        file.write('[deck."2 Subject 2"]\nscheduler = "fsrs"\n')
    chapters = [os.path.join(folder, f"{number}.md") for number in range(1, CHAPTERS + 1)]
    for number, path in enumerate(chapters, 1):
        with open(path, "w", encoding="utf-8") as file:
            file.write(chapter(number))
    run("import", *chapters)
    with sqlite3.connect(os.path.join(folder, "data", "retain.db")) as database:
        rows = database.execute("SELECT uid, number FROM card JOIN question ON question.card = card.id")
        cards = {f"{uid % 2**64:016x}": int(number.split(".")[1]) % 4 for uid, number in rows}
    log = os.path.join(folder, "log.jsonl")
    with open(log, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in history(random.Random(7), cards))
    run("log", "import", log)
    page, chart = os.path.join(folder, "report.html"), os.path.join(folder, "chart.svg")
    run("report", page)
    run("report", "--chart", "retention-by-week", chart)
    return page, chart


def check_text(path):
    """What could make a browser ask for something else is not in it."""
    with open(path, encoding="utf-8") as file:
        text = file.read().replace('xmlns="http://www.w3.org/2000/svg"', "")
    asking = re.search(r"//|url\(|@import|<script|<link|<img|<iframe|src=|href=\"[^#]", text)
    if asking:
        sys.exit(f"{path} asks for something: {text[asking.start() - 40 : asking.end() + 80]}")


def browse(folder, page, *arguments):
    """Opens the page in a browser that knows nothing, and gives back what the page asked for."""
    with tempfile.TemporaryDirectory() as profile:
        log = os.path.join(folder, "net.json")
        command = [BROWSER, *QUIET, f"--user-data-dir={profile}", f"--log-net-log={log}", *arguments, f"file://{page}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            sys.exit(f"{command}: {done.stderr}")
        with open(log, encoding="utf-8") as file:
            events = json.load(file)["events"]
    # What a browser asks for itself, such as the time, comes from no page.
    requests = [event["params"] for event in events if "initiator" in event.get("params", {})]
    return [params.get("url") for params in requests if params["initiator"] != "not an origin"]


def as_on_a_phone(page, folder):
    """The page in a frame of 390 pixels: a window of the browser is no narrower than 500."""
    path = os.path.join(folder, "phone.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<body style="margin: 0"><iframe src="file://{page}" width="390" height="2400" style="border: 0">')
    return path


def check_requests(asked):
    if asked:
        sys.exit(f"the page asked for {asked}")


def check_the_check(folder):
    """A page that does ask is found out."""
    path = os.path.join(folder, "asking.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write('<img src="http://127.0.0.1:9/picture.png">')
    if not browse(folder, path, f"--screenshot={folder}/asking.png"):
        sys.exit("the browser's log does not tell what a page asks for")


def differing_rows(path):
    """How many different rows a PNG has, as it stores them: those of an empty page are all the same."""
    with open(path, "rb") as file:
        data = file.read()
    width, depth, kind = struct.unpack(">I4xBB", data[16:26])
    packed, place = b"", 8
    while place < len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        packed += data[place + 8 : place + 8 + length] if name == b"IDAT" else b""
        place += length + 12
    rows, row = zlib.decompress(packed), 1 + width * depth // 8 * {2: 3, 6: 4}[kind]
    return len({rows[at : at + row] for at in range(0, len(rows), row)})


def main():
    binary, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if not BROWSER:
        sys.exit("no browser: apt-get install chromium")
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        check_the_check(work)
        page, chart = (shutil.copy(path, folder) for path in report(binary, work))
        for path in (page, chart):
            check_text(path)
        dark = "--blink-settings=preferredColorScheme=0"
        views = {
            "light": (page, "--window-size=1200,2400"),
            "dark": (page, "--window-size=1200,2400", dark),
            "phone": (as_on_a_phone(page, work), "--window-size=520,2400"),
        }
        for name, (seen, *arguments) in views.items():
            picture = os.path.join(folder, f"report-{name}.png")
            check_requests(browse(work, seen, *arguments, f"--screenshot={picture}"))
            if differing_rows(picture) < FEWEST_ROWS:
                sys.exit(f"{picture} is blank")
        paper = os.path.join(folder, "report.pdf")
        check_requests(browse(work, page, "--no-pdf-header-footer", f"--print-to-pdf={paper}"))
        if os.path.getsize(paper) < 20_000:
            sys.exit(f"{paper} is blank")
    print(f"report: seen wide, dark, narrow and on paper, nothing asked for; the pictures are in {sys.argv[2]}")


main()
