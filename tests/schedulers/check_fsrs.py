"""Compare FSRS-6 with py-fsrs (PyPI `fsrs`), its reference implementation in Python.

Both mean the same when py-fsrs has neither learning nor relearning steps and no fuzz: then each answer
gets an interval in days, and a second answer within a day moves the memory by the short-term formula.
What differs for good:
- py-fsrs counts spans of 24 hours, the program study days: all answers here are given at noon.
- Without steps py-fsrs has no word for what comes again today; the program has, and does not show it here.
- The program keeps stability below 1e9 days. Where py-fsrs goes beyond that, a sequence ends.
- e ** x and powers are not the same to the last bit everywhere: stability, difficulty and retrievability
  must agree to 1e-9 of their value, and intervals to the day unless the true one is within 1e-6 of a half.

usage: check_fsrs.py RETAIN [SEED]
"""

import math
import random
import sys
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from sequences import differs, replay, spaced_answers

NOON = datetime(1970, 1, 1, 12, tzinfo=timezone.utc)
RATINGS = (Rating.Again, Rating.Again, Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)
TOLERANCE = 1e-9
NEAR_A_HALF = 1e-6
MOST_STABILITY = 1e8
SETTINGS = 60


def expected_rows(scheduler, answers):
    """What py-fsrs makes of these answers, for as long as its figures are sane."""
    card, rows = Card(card_id=1), []
    for day, quality in answers:
        now = NOON + timedelta(days=day)
        recalled = scheduler.get_card_retrievability(card, now) if card.last_review else None
        try:
            card, _ = scheduler.review_card(card, RATINGS[quality], now)
        except OverflowError:
            break
        if card.stability > MOST_STABILITY:
            break
        rows.append(
            {
                "interval": (card.due - now).days,
                "stability": card.stability,
                "difficulty": card.difficulty,
                "retrievability": recalled,
            }
        )
    return rows


def same(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE)


def agrees(scheduler, expected, found):
    names = ("stability", "difficulty", "retrievability")
    if not all(same(expected[name], found[name]) for name in names):
        return False
    if found["due"] != found["day"] + found["interval"]:
        return False
    decay = -scheduler.parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    days = expected["stability"] / factor * (scheduler.desired_retention ** (1 / decay) - 1)
    near_a_half = abs(days % 1 - 0.5) < NEAR_A_HALF * max(1, days)
    return abs(expected["interval"] - found["interval"]) <= near_a_half


def compare(binary, rng, parameters, retention, count):
    scheduler = Scheduler(
        parameters=parameters,
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    cards = [spaced_answers(rng, 30, range(6), (1, 1, 2, 3, 8, 4)) for _ in range(count)]
    expected = [expected_rows(scheduler, answers) for answers in cards]
    kept = [(answers[: len(rows)], rows) for answers, rows in zip(cards, expected, strict=True) if rows]
    arguments = ["--scheduler", "fsrs", "--no-fuzz", "--retention", repr(retention)]
    arguments += ["--parameters", ",".join(map(repr, parameters))]
    found = replay(binary, arguments, [answers for answers, _ in kept])
    for (answers, rows), found_rows in zip(kept, found, strict=True):
        for at, (row, found_row) in enumerate(zip(rows, found_rows, strict=True)):
            if not agrees(scheduler, row, found_row):
                differs(" ".join(arguments), answers, at, row, found_row)
    return sum(len(rows) for _, rows in kept)


def random_parameters(rng):
    """Anywhere within the bounds of py-fsrs, at times on a bound itself."""
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return [rng.choice((rng.uniform(low, high),) * 8 + (float(low), float(high))) for low, high in bounds]


def main():
    binary = sys.argv[1]
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 2025)
    answers = sum(compare(binary, rng, list(DEFAULT_PARAMETERS), r, 600) for r in (0.9, 0.7, 0.83, 0.99))
    print(f"fsrs, default parameters: {answers} answers agree with py-fsrs")
    answers = sum(
        compare(binary, rng, random_parameters(rng), rng.uniform(0.7, 0.99), 40) for _ in range(SETTINGS)
    )
    print(f"fsrs, {SETTINGS} random settings: {answers} answers agree with py-fsrs")


main()
