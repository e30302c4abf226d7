"""Compute the figures of `retain evaluate` a second time, with numpy and scikit-learn.

The answers are a made-up person's, 20,000 of them. What the schedulers forecast is taken from `retain replay`,
which the other checks here compare with independent implementations; the two baselines, which answers are
scored, log loss, RMSE in bins, AUC, calibration and the bootstrap are computed anew.

Everything agrees to 1e-9 but the bootstrap, which draws other samples: the widths of its intervals agree to a
quarter.

usage: check_evaluation.py RETAIN [SEED]
"""

import heapq
import json
import math
import random
import subprocess
import sys
import tempfile
from collections import defaultdict

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

ANSWERS, CARDS = 20_000, 1_500
CLAMP = 0.0001
TOLERANCE = 1e-9
SAMPLES = 300


def made_up_person(rng):
    """Answers by a person who forgets by a power law and studies about when SM-2 says, and now and then a
    card again on the same day."""
    waiting = [(rng.randrange(80), card) for card in range(CARDS)]
    heapq.heapify(waiting)
    memory, answers = {}, []
    while len(answers) < ANSWERS:
        day, card = heapq.heappop(waiting)
        if card not in memory:
            grade = rng.choices(("again", "hard", "good", "easy"), (3, 1, 5, 1))[0]
            stability, interval = rng.uniform(0.5, 6), 1
        else:
            stability, last, interval = memory[card]
            recalled = (1 + 0.3 * (day - last) / stability) ** -0.4
            if rng.random() < recalled:
                grade = rng.choices(("hard", "good", "easy"), (1, 6, 1))[0]
                stability *= 1 + rng.uniform(0.5, 2.5) * (1.3 - recalled)
                interval = 6 if interval == 1 else round(interval * 2.5)
            else:
                grade, stability, interval = "again", max(0.3, stability * 0.3), 1
        memory[card] = stability, day, interval
        answers.append({"card": f"card {card}", "day": day, "grade": grade})
        if grade == "again" and rng.random() < 0.7:
            answers.append({"card": f"card {card}", "day": day, "grade": "good"})
        heapq.heappush(waiting, (day + max(1, round(interval * rng.uniform(0.9, 1.3))), card))
    return answers[:ANSWERS]


def run(binary, *arguments):
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def scored(answers):
    """For each scored answer its place, days since the card's last day, which day this is, and lapses."""
    last, days, lapses, rows = {}, defaultdict(int), defaultdict(int), []
    for place, answer in enumerate(answers):
        card, day = answer["card"], answer["day"]
        if card in last and day <= last[card]:
            continue
        days[card] += 1
        if card in last:
            rows.append((place, day - last[card], days[card], lapses[card]))
            lapses[card] += answer["grade"] == "again"
        last[card] = day
    return rows


def forecasts_of_sm2(rows, replayed, answers):
    """0.9 ^ (elapsed / interval), the interval being that of the card's answers on its last day."""
    before, chances = {}, {}
    for place, (answer, row) in enumerate(zip(answers, replayed, strict=True)):
        chances[place] = before.get(answer["card"])
        before[answer["card"]] = row["interval"]
    return np.array([0.9 ** (elapsed / chances[place]) for place, elapsed, _, _ in rows])


def moving_average(recalled):
    x, chances = 1.2, []
    for y in recalled:
        chances.append(1 / (1 + math.exp(-x)))
        x += 0.3 * (y - chances[-1])
    return np.array(chances)


def bins(rows):
    def nth(x, base):
        return math.floor(math.log(x) / math.log(base)) if x else None

    return [(nth(elapsed, 3.62), nth(days, 1.89), nth(lapses, 1.73)) for _, elapsed, days, lapses in rows]


def rmse_in_bins(recalled, chances, groups):
    size = groups.max() + 1
    count = np.bincount(groups, minlength=size)
    error = np.bincount(groups, chances - recalled, minlength=size)
    return math.sqrt(np.sum(error[count > 0] ** 2 / count[count > 0]) / len(recalled))


def measures(recalled, chances, groups):
    clamped = np.clip(chances, CLAMP, 1 - CLAMP)
    return {
        "log_loss": log_loss(recalled, clamped),
        "rmse_in_bins": rmse_in_bins(recalled, chances, groups),
        "auc": roc_auc_score(recalled, chances),
    }


def widths(rng, recalled, chances, groups, cards):
    """How wide the middle 95 % of samples of the cards is, for each measure."""
    places_of = [np.flatnonzero(cards == card) for card in range(cards.max() + 1)]
    drawn = defaultdict(list)
    for _ in range(SAMPLES):
        sample = np.concatenate([places_of[card] for card in rng.integers(0, len(places_of), len(places_of))])
        for name, figure in measures(recalled[sample], chances[sample], groups[sample]).items():
            drawn[name].append(figure)
    return {name: np.subtract(*np.percentile(figures, (97.5, 2.5))) for name, figures in drawn.items()}


def calibration(recalled, chances):
    """Tenths by forecast; whatever has the same forecast as the last one of a tenth belongs to it."""
    order = np.argsort(chances, kind="stable")
    chances, recalled = chances[order], recalled[order]
    begin, groups = 0, []
    for nth in range(1, 11):
        end = len(chances) * nth // 10
        while end < len(chances) and chances[end] == chances[end - 1]:
            end += 1
        if end > begin:
            groups.append((end - begin, int(recalled[begin:end].sum()), chances[begin:end].mean()))
            begin = end
    return groups


def expect(what, expected, found, tolerance=TOLERANCE):
    if not math.isclose(expected, found, rel_tol=tolerance):
        sys.exit(f"{what}: expected {expected}, found {found}")


def compare(name, found, recalled, chances, groups, cards, rng):
    for measure, figure in measures(recalled, chances, groups).items():
        expect(f"{name}, {measure}", figure, found[measure]["value"])
    for measure, width in widths(rng, recalled, chances, groups, cards).items():
        expect(f"{name}, interval of {measure}", width, found[measure]["high"] - found[measure]["low"], 0.25)
    tenths = calibration(recalled, chances)
    for expected, group in zip(tenths, found["calibration"], strict=True):
        expect(f"{name}, answers in a tenth", expected[0], group["recalled"]["of"])
        expect(f"{name}, recalled in a tenth", expected[1], group["recalled"]["count"])
        expect(f"{name}, forecast in a tenth", expected[2], group["predicted"])


def main():
    binary = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1990
    answers = made_up_person(random.Random(seed))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(answer) + "\n" for answer in answers))
        file.flush()
        found = json.loads(run(binary, "evaluate", "--json", "--answers", file.name))
        sm2, fsrs = (
            [json.loads(row) for row in run(binary, "replay", *arguments, file.name).splitlines()]
            for arguments in ((), ("--scheduler", "fsrs", "--no-fuzz"))
        )
    rows = scored(answers)
    recalled = np.array([answers[place]["grade"] != "again" for place, *_ in rows], dtype=float)
    names = {name: nth for nth, name in enumerate(dict.fromkeys(answers[place]["card"] for place, *_ in rows))}
    cards = np.array([names[answers[place]["card"]] for place, *_ in rows])
    kinds = {kind: nth for nth, kind in enumerate(dict.fromkeys(bins(rows)))}
    groups = np.array([kinds[kind] for kind in bins(rows)])
    so_far = (1 + np.concatenate(([0], np.cumsum(recalled)[:-1]))) / (2 + np.arange(len(recalled)))
    forecasts = {
        "fsrs": np.array([fsrs[place]["retrievability"] for place, *_ in rows]),
        "sm2": forecasts_of_sm2(rows, sm2, answers),
        "mean-so-far": so_far,
        "moving-average": moving_average(recalled),
    }
    evaluation = found["evaluation"]
    expect("scored", len(rows), found["scored"])
    expect("recalled", recalled.sum(), evaluation["recalled"]["count"])
    expect("cards", len(names), evaluation["cards"])
    for (name, chances), predictor in zip(forecasts.items(), evaluation["predictors"], strict=True):
        if name != predictor["name"]:
            sys.exit(f"expected {name}, found {predictor['name']}")
        compare(name, predictor, recalled, chances, groups, cards, np.random.default_rng(seed))
    print(f"evaluate: {len(rows)} scored answers, {len(kinds)} bins, {len(forecasts)} predictors agree")


main()
