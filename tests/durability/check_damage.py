"""Damage a collection at random, thousands of times, and look at what the program says of it and saves.

A bit flips, the end is cut off, or two pages change places. Each time:

- nothing crashes, panics or hangs, whatever is done with the file;
- `retain doctor` calls it fine only if every row is as it was; else it says what to do and names the backup;
- the log that is shown tells nothing that was not recorded;
- `retain restore` brings a sound collection with every event of the backup and none that was not recorded; what was
  there is kept byte by byte, and comes back with `--undo`.

usage: check_damage.py RETAIN [--damages 2000] [--seed N] [--jobs 2]
"""

import argparse
import collections
import concurrent.futures
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from collection import Home, Wrong, said, seeded, sitting

PAGE = 4096
FINE, DAMAGED = 0, 5


class Patient:
    """A collection with a backup and events that are newer, and what is known of it."""

    def __init__(self, program):
        self.home = Home(program, cards=20)
        self.home.run("study", "--plain", typed=sitting(20, random.Random(1)))
        self.home.run("backup")
        self.backed_up = len(self.home.log())
        self.home.run("study", "--plain", typed=sitting(10, random.Random(2)))
        self.bytes = self.home.database.read_bytes()
        self.rows = rows(self.home.database)
        self.told = {json.dumps(event) for event in said(self.home.run("log", "--json"))}


def rows(database):
    """All rows of all tables; None where they cannot be read."""
    connection = sqlite3.connect(database)
    connection.text_factory = bytes
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        # The index of words is told by its own tables, of which the first cannot be read by itself.
        names = [name.decode() for (name,) in tables.fetchall() if name != b"question_words"]
        return {name: connection.execute(f"SELECT * FROM {name} NOT INDEXED").fetchall() for name in names}
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def flip(data, chance):
    # Half of them anywhere, and half where something is written.
    is_anywhere = chance.random() < 0.5
    place = chance.randrange(len(data))
    while not is_anywhere and not data[place]:
        place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    return f"a bit of byte {place} flipped"


def cut(data, chance):
    length = chance.randrange(len(data))
    del data[length:]
    return f"cut to {length} bytes"


def swap(data, chance):
    one, other = (PAGE * chance.randrange(len(data) // PAGE) for _ in range(2))
    page = data[one : one + PAGE]
    data[one : one + PAGE] = data[other : other + PAGE]
    data[other : other + PAGE] = page
    return f"the pages at {one} and {other} exchanged"


DAMAGES = [flip] * 6 + [cut] * 2 + [swap] * 2


def damage(patient, seed):
    """One damage; what it was, and whether it is called fine."""
    chance = random.Random(seed)
    how, data = chance.choice(DAMAGES), bytearray(patient.bytes)
    what = how(data, chance)
    with tempfile.TemporaryDirectory(prefix="retain-") as folder:
        try:
            return how.__name__, examine(patient, Path(folder), bytes(data))
        except Wrong as wrong:
            kept = Path(f"/tmp/retain-damage-{seed}")
            kept.mkdir(exist_ok=True)
            (kept / "retain.db").write_bytes(data)
            raise Wrong(f"{what}: {wrong}\nThe file is kept in {kept}") from wrong


def examine(patient, folder, data):
    home, database = patient.home, folder / "data" / "retain.db"
    shutil.copytree(home.data, folder / "data")
    database.write_bytes(data)
    is_fine = diagnosed(home, database) == FINE
    if is_fine and rows(database) != patient.rows:
        raise Wrong("it is called fine, and rows have changed")
    _, told = used(home, database, "log", "--json")
    tells_the_truth(patient, told)
    for words in (["due"], ["decks"], ["search", "thing"], ["stats"]):
        used(home, database, *words)
    database.write_bytes(data)
    used(home, database, "restore", "--yes", codes=(0,))
    home.is_sound(database.parent, thoroughly=False)
    if diagnosed(home, database) != FINE:
        raise Wrong("what was restored is not fine")
    _, told = used(home, database, "log", "--json", codes=(0,))
    if tells_the_truth(patient, told) < patient.backed_up:
        raise Wrong("events of the backup are missing")
    used(home, database, "restore", "--undo", "--yes", codes=(0,))
    if database.read_bytes() != data:
        raise Wrong("what was set aside has changed")
    # Last, since it may write.
    used(home, database, "study", "--plain", typed="?\n3\nundo\nquit\n")
    return is_fine


def diagnosed(home, database):
    code, told = used(home, database, "doctor", "--json", codes=(FINE, DAMAGED))
    diagnosis = json.loads(told)
    if code == DAMAGED and not (diagnosis["safe"] and diagnosis["advice"] and diagnosis["newest_good_backup"]):
        raise Wrong(f"it is damaged, and what to do is not said: {told}")
    return code


def used(home, database, *words, typed="", codes=(0, 1, 5)):
    code, out, err = home.tries(*words, data=database.parent, typed=typed)
    if code not in codes or "panicked" in err:
        raise Wrong(f"{' '.join(words)} ended with {code}: {out[-2000:]}{err}")
    return code, out


def tells_the_truth(patient, told):
    """How many events are told; all of them have been recorded."""
    events = said(told)
    # Where the questions of a restored log are not there its places are not told.
    known = patient.told | {json.dumps(without_place(json.loads(event))) for event in patient.told}
    for event in events:
        if json.dumps(event) not in known and json.dumps(without_place(event)) not in known:
            raise Wrong(f"it was never recorded: {event}")
    return len(events)


def without_place(event):
    return {name: value for name, value in event.items() if name not in ("deck", "question")}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("program", metavar="RETAIN")
    parser.add_argument("--damages", type=int, default=2000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chance, seed = seeded(options.seed)
    began, counts, fine = time.monotonic(), collections.Counter(), collections.Counter()
    patient = Patient(options.program)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        jobs = [pool.submit(damage, patient, chance.randrange(2**32)) for _ in range(options.damages)]
        try:
            for job in concurrent.futures.as_completed(jobs):
                how, is_fine = job.result()
                counts[how] += 1
                fine[how] += is_fine
        except Wrong as wrong:
            pool.shutdown(cancel_futures=True)
            sys.exit(f"check_damage: seed {seed}, {wrong}")
    told = ", ".join(f"{count} of {how}, {fine[how]} without effect" for how, count in sorted(counts.items()))
    print(f"{sum(counts.values())} damages ({told}): none called fine with changed rows, none that crashed")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
