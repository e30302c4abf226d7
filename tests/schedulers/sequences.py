"""Random answers, and what `retain replay` makes of them. Shared by the comparisons beside this file."""

import json
import random
import subprocess
import sys


def spaced_answers(rng, most, qualities, weights):
    """The answers to one card: (day, quality), with answers on time, early, late, far too late and on
    the same day. How late an answer comes hangs on the gap before it, so that long intervals occur too.
    Now and then a day is one long drill, in which all goes wrong."""
    answers, day, gap = [], rng.randrange(20_000), 1
    for _ in range(rng.randint(1, most)):
        answers.append((day, rng.choices(qualities, weights)[0]))
        kind = rng.random()
        if kind < 0.03:
            answers += [(day, rng.choice(qualities[:4])) for _ in range(rng.randint(3, 8))]
        elif kind < 0.15:
            answers.append((day, rng.choice(qualities)))
        elif kind < 0.65:
            gap = max(1, round(gap * rng.uniform(1.0, 3.5)))
        elif kind < 0.85:
            gap = max(1, round(gap * rng.uniform(0.1, 1.0)))
        else:
            gap = rng.randint(1, 400)
        gap = min(gap, 40_000)
        day += gap
    return answers


def replay(binary, arguments, cards):
    """What the program answers, as a list of rows for each card. The cards are answered in turns."""
    rng = random.Random(len(cards))
    waiting = [[name, 0] for name in range(len(cards))]
    order, lines = [], []
    while waiting:
        turn = rng.randrange(len(waiting))
        name, at = waiting[turn]
        day, quality = cards[name][at]
        lines.append(json.dumps({"card": f"card {name}", "day": day, "quality": quality}))
        order.append(name)
        if at + 1 == len(cards[name]):
            waiting[turn] = waiting[-1]
            waiting.pop()
        else:
            waiting[turn][1] += 1
    done = subprocess.run(
        [binary, "replay", *arguments], input="\n".join(lines), capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"retain replay {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    rows = [[] for _ in cards]
    for name, line in zip(order, done.stdout.splitlines(), strict=True):
        rows[name].append(json.loads(line))
    return rows


def differs(what, answers, at, expected, found):
    """Ends the comparison and shows the shortest sequence that leads to the difference."""
    sys.exit(
        f"{what}: after {answers[: at + 1]}\n  expected {expected}\n  found    {found}"
    )
