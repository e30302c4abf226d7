"""Compute the figures of `retain stats` a second time, from what `retain log export` writes.

The history is a made-up person's on two machines: 100,000 answers to 5,000 cards, and now and then an undo, an
undo of that, a reset, a card that is set aside or given another date. It comes in by `retain log import`. What
the questions are is read from the chapters that are written here; everything else from the exported log.

Counts agree exactly, shares and means to 1e-9. What predictors say is compared by check_evaluation.py; here the
page must agree with `retain evaluate` to the digit.

usage: check_statistics.py RETAIN [SEED]
"""

import json
import math
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from statistics import NormalDist

CHAPTERS, QUESTIONS, ANSWERS = 50, 100, 100_000
TODAY = date(2026, 11, 28)
FIRST = TODAY - timedelta(days=800)
# Until this day answers do not tell where the chosen option stood.
PLACED = FIRST + timedelta(days=300)
GRADES = ("again", "hard", "good", "easy")
TOLERANCE = 1e-9
Z, WIDER = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.995)


def options_of(chapter, nth):
    return 2 + (chapter + nth) % 4


def key_of(chapter, nth):
    return (chapter * 7 + nth) % options_of(chapter, nth)


def is_shuffled(nth):
    return nth % 4 != 3


def chapter_text(chapter):
    text = [f"# Chapter {chapter}: Figures {chapter}\n\n## Questions\n\n---\n"]
    for nth in range(QUESTIONS):
        letters = "ABCDE"[: options_of(chapter, nth)]
        options = "".join(f"{letter}) the {letter} of {chapter} and {nth}\n" for letter in letters)
        difficulty = ("Basic", "Intermediate", "Advanced")[nth % 3]
        order = "shuffle" if is_shuffled(nth) else "fixed-order"
        text.append(
            f"**Q{chapter}.{nth}: {difficulty} - [Measure {chapter % 10}.{nth % 7}]**\n\n"
            f"What is {chapter} of {nth}?\n\n{options}\n<!-- retain: {order} -->\n\n**Answer: {letters[key_of(chapter, nth)]}**\n\n"
            f"**Explanation:**\nIt is.\n\n---\n"
        )
    return "\n".join(text)


class Program:
    def __init__(self, binary, folder):
        self.binary, self.data = binary, os.path.join(folder, "data")
        self.environment = os.environ | {
            "RETAIN_DATA_DIR": self.data,
            "RETAIN_CONFIG_DIR": os.path.join(folder, "config"),
            "RETAIN_NOW": f"{TODAY}T18:00:00+01:00",
        }

    def run(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments], capture_output=True, text=True, check=False, env=self.environment
        )
        if done.returncode:
            sys.exit(f"{arguments}: {done.stderr}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--json"))


def cards(program):
    """For each card's identity what its question is. The database is the one place that tells both."""
    with sqlite3.connect(f"file:{program.data}/retain.db?mode=ro", uri=True) as database:
        rows = database.execute("SELECT uid, number FROM card JOIN question ON question.card = card.id ORDER BY card.id")
        numbers = {f"{uid % 2**64:016x}": number for uid, number in rows}
    facts = {}
    for uid, number in numbers.items():
        chapter, nth = map(int, number.split("."))
        facts[uid] = {
            "name": f"Q{number}",
            "chapter": f"{chapter} Figures {chapter}",
            "topic": f"Measure {chapter % 10}.{nth % 7}",
            "difficulty": ("Basic", "Intermediate", "Advanced")[nth % 3],
            "options": options_of(chapter, nth),
            "key": key_of(chapter, nth),
            "shuffled": is_shuffled(nth),
        }
    return facts


def history(rng, facts):
    """Events as lines of an exported log, in no order that matters."""
    lines, names = [], list(facts)
    moments = {"one": {}, "two": {}}

    def event(device, day, uid, **what):
        clock = moments[device]
        at = clock.get(day, rng.randrange(5 * 3600, 22 * 3600) * 1000) + rng.randrange(1, 9_000)
        clock[day] = at
        local = datetime.combine(day, datetime.min.time(), timezone(timedelta(hours=1)))
        local += timedelta(milliseconds=at)
        stamp = local.isoformat(timespec="milliseconds")
        lines.append(
            {"device": device, "at": stamp, "day": str(day), "rollover": 4, "card": uid, "scheduler": "sm2"} | what
        )
        return stamp

    def answer(device, day, uid, interval):
        card = facts[uid]
        known = rng.random() < 0.85
        grade = rng.choices(GRADES[1:], (1, 6, 1))[0] if known else "again"
        wrong = [option for option in range(card["options"]) if option != card["key"]]
        if known or rng.random() < 0.05:
            chosen, outcome = [card["key"]], "right"
        elif rng.random() < 0.2:
            chosen, outcome = [], "not-known"
        else:
            chosen, outcome = [rng.choice(wrong + wrong[:1] * 3)], "wrong"
        interval = min(max(1, round(interval * rng.uniform(1.5, 3))), 400) if known else 1
        took = rng.choice((rng.randrange(800, 20_000), rng.randrange(800, 20_000), 250_000))
        choice = {"chosen": chosen} if chosen else {}
        if chosen and day > PLACED:
            # Somewhat more often the first place than chance would have it.
            choice["place"] = rng.choice((*range(card["options"]), 0))
        stamp = event(
            device, day, uid, kind=grade, outcome=outcome, covered=False, took_ms=took, interval=interval, **choice
        )
        return known, interval, stamp

    answers = 0
    while answers < ANSWERS:
        uid = rng.choice(names)
        names.remove(uid) if len(names) > 20 else None
        day, interval = FIRST + timedelta(days=rng.randrange(500)), 1
        for _ in range(rng.randint(1, 40)):
            if day > TODAY or answers >= ANSWERS:
                break
            # Nobody studies on some of the days.
            day += timedelta(days=day.toordinal() % 17 == 0)
            if day > TODAY:
                break
            device = rng.choice(("one", "two"))
            known, interval, stamp = answer(device, day, uid, interval)
            answers += 1
            if not known and rng.random() < 0.6:
                answer(device, day, uid, 1)
                answers += 1
            luck = rng.random()
            if luck < 0.02:
                undo = event(device, day, uid, kind="undo", target={"device": device, "at": stamp})
                if luck < 0.004:
                    event(device, day, uid, kind="undo", target={"device": device, "at": undo})
            elif luck < 0.024:
                event(device, day, uid, kind="reset")
            elif luck < 0.027:
                event(device, day, uid, kind="suspend")
            elif luck < 0.029:
                event(device, day, uid, kind="release")
            elif luck < 0.033:
                event(device, day, uid, kind="reschedule", interval=rng.randrange(0, 90))
            elif luck < 0.036:
                event(device, day, uid, kind="bury", interval=rng.randrange(1, 9))
            day += timedelta(days=max(1, round(interval * rng.uniform(0.8, 1.4))))
    return lines


def effective(events):
    """Undone events left out; undoing an undo restores what it took back."""
    name = lambda event: (event["device"], event["at"])
    undone = set()
    for event in reversed(events):
        if event["kind"] == "undo" and name(event) not in undone:
            undone.add((event["target"]["device"], event["target"]["at"]))
    return [event for event in events if event["kind"] != "undo" and name(event) not in undone]


def followed(events):
    """The answers, each with what it is in the life of its card, and what becomes of the cards."""
    answered, promised, resets, answers, states = {}, {}, {}, [], defaultdict(dict)
    for event in events:
        uid, day, kind = event["card"], date.fromisoformat(event["day"]), event["kind"]
        state = states[uid]
        if kind in GRADES:
            turn = "first" if uid not in answered else "later" if day > answered[uid] else "further"
            if turn != "further":
                answered[uid] = day
            answers.append(event | {"date": day, "turn": turn, "before": promised.get(uid), "nth": len(answers)})
            promised[uid] = event["interval"]
            state["due"] = day + timedelta(days=event["interval"])
            state["interval"] = event["interval"]
            state["answered"] = day
            if state.get("hold") != "suspended":
                state.pop("hold", None)
        elif kind == "reset":
            answered.pop(uid, None), promised.pop(uid, None)
            state.pop("due", None), state.pop("interval", None)
            resets[uid] = len(answers)
        elif kind == "suspend":
            state["hold"] = "suspended"
        elif kind == "bury":
            state["hold"] = day + timedelta(days=event["interval"])
        elif kind == "release":
            state.pop("hold", None)
        elif kind == "reschedule" and "due" in state:
            state["due"] = day + timedelta(days=event["interval"])
            if state["due"] > state["answered"]:
                state["interval"] = (state["due"] - state["answered"]).days
    for answer in answers:
        answer["before_reset"] = answer["nth"] < resets.get(answer["card"], 0)
    return answers, states


def wilson(count, of, z=Z):
    share = count / of
    middle = (share + z * z / 2 / of) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / 4 / of**2)
    return max(0.0, middle - half), min(1.0, middle + half)


def expect(what, expected, found):
    same = (
        math.isclose(expected, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        if isinstance(expected, float) and found is not None
        else expected == found
    )
    if not same:
        sys.exit(f"{what}: expected {expected}, found {found}")


def expect_share(what, outcomes, found):
    outcomes = list(outcomes)
    expect(f"{what}, count", sum(outcomes), found["count"])
    expect(f"{what}, of", len(outcomes), found["of"])
    if outcomes:
        low, high = wilson(sum(outcomes), len(outcomes))
        expect(f"{what}, share", sum(outcomes) / len(outcomes), found["share"])
        expect(f"{what}, low", low, found["low"])
        expect(f"{what}, high", high, found["high"])


def passed(answers):
    return [answer["kind"] != "again" for answer in answers]


def tested(answers):
    return [answer for answer in answers if answer["turn"] == "later" and answer["before"] >= 1]


def capped(answers):
    return sum(min(answer["took_ms"], 120_000) for answer in answers)


def missed(answer):
    return answer["outcome"] in ("wrong", "not-known") or answer["kind"] == "again"


def expect_recall(what, answers, facts, found):
    expect_share(what, passed(answers), found["recalled"])
    known = [
        ((answer["outcome"] == "right") - 1 / facts[answer["card"]]["options"])
        / (1 - 1 / facts[answer["card"]]["options"])
        for answer in answers
    ]
    if known:
        expect(f"{what}, beyond guessing", sum(known) / len(known), found["guessing"]["corrected"])
        expect_share(f"{what}, right", [a["outcome"] == "right" for a in answers], found["guessing"]["right"])


def check_retention(page, answers, facts):
    counted = tested(answers)
    halves = {"all": counted}
    halves["young"] = [answer for answer in counted if answer["before"] < 21]
    halves["mature"] = [answer for answer in counted if answer["before"] >= 21]
    for name, of in halves.items():
        expect_recall(f"retention, {name}", of, facts, page[name])
    for spans, begin in (
        ("by_day", lambda day: day),
        ("by_week", lambda day: day - timedelta(days=day.weekday())),
        ("by_month", lambda day: day.replace(day=1)),
    ):
        groups = defaultdict(list)
        for answer in counted:
            groups[str(begin(answer["date"]))].append(answer)
        expected = sorted(groups)[-len(page[spans]) :]
        expect(f"retention, {spans}", expected, [span["from"] for span in page[spans]])
        for span in page[spans]:
            of = groups[span["from"]]
            expect_recall(f"retention, {spans}, {span['from']}", of, facts, span["all"])
            expect_share("young", passed(a for a in of if a["before"] < 21), span["young"])
            expect_share("mature", passed(a for a in of if a["before"] >= 21), span["mature"])
    expect("retention, months", len({answer["day"][:7] for answer in counted}), len(page["by_month"]))


def longest_and_present(days):
    longest = row = 0
    for day in sorted(days):
        row = row + 1 if day - timedelta(days=1) in days else 1
        longest = max(longest, row)
    last = TODAY if TODAY in days else TODAY - timedelta(days=1)
    present = 0
    while last - timedelta(days=present) in days:
        present += 1
    return longest, present


def check_lately(page, answers, everything):
    expect("lately, answers", len(answers), page["period"]["answers"])
    expect("lately, time", capped(answers), page["period"]["took_ms"])
    first = [answer for answer in answers if answer["turn"] != "further"]
    expect_share("lately, right", [not missed(answer) for answer in first], page["period"]["right_at_first"])
    today = [answer for answer in everything if answer["date"] == TODAY]
    expect("lately, today", len(today), page["done"]["answers"])
    days = {answer["date"] for answer in everything}
    longest, present = longest_and_present(days)
    expect("longest streak", longest, page["streak"]["longest"])
    expect("streak", present, page["streak"]["days"])
    recent = [answer for answer in everything if TODAY - timedelta(days=14) < answer["date"] <= TODAY]
    expect("pace", capped(recent) // len(recent), page["pace"]["answer_ms"])
    for day in page["days"]:
        expect(f"lately, {day['day']}", sum(a["day"] == day["day"] for a in everything), day["answers"])


def check_calendar(page, answers):
    days = defaultdict(list)
    for answer in answers:
        days[answer["day"]].append(answer)
    expected = [(day, len(of), capped(of)) for day, of in sorted(days.items())]
    expect("calendar", expected, [(day["day"], day["answers"], day["took_ms"]) for day in page["days"]])
    for hour in page["hours"]:
        of = [answer for answer in answers if int(answer["at"][11:13]) == hour["hour"]]
        expect(f"hour {hour['hour']}", len(of), hour["answers"])
        expect_share(f"hour {hour['hour']}", passed(tested(of)), hour["recalled"])
    for nth, weekday in enumerate(page["weekdays"]):
        of = [answer for answer in answers if answer["date"].weekday() == nth]
        expect(weekday["name"], len(of), weekday["answers"])
        expect_share(weekday["name"], passed(tested(of)), weekday["recalled"])


def check_load(page, states):
    due, suspended = Counter(), 0
    for state in states.values():
        if "due" in state and state.get("hold") == "suspended":
            suspended += 1
        elif "due" in state:
            due[max(state["due"], state.get("hold", state["due"]))] += 1
    expect("load, suspended", suspended, page["suspended"])
    expect("load, overdue", sum(count for day, count in due.items() if day < TODAY), page["overdue"])
    for day in page["days"]:
        expect(f"load, {day['day']}", due[date.fromisoformat(day["day"])], day["due"])
    for week in page["weeks"]:
        begin = date.fromisoformat(week["from"])
        expect(f"load, {begin}", sum(due[begin + timedelta(days=nth)] for nth in range(7)), week["due"])
    expect("load, all", sum(due.values()), page["scheduled"])


def check_cards(page, states, facts):
    intervals = [state["interval"] for state in states.values() if "interval" in state]
    expect("cards", len(facts), page["cards"])
    expect("cards, new", len(facts) - len(intervals), page["new"])
    expect("cards, mature", sum(interval >= 21 for interval in intervals), page["mature"])
    expect("cards, mean interval", sum(intervals) / len(intervals), page["intervals"]["mean"])
    expect("cards, median", sorted(intervals)[(len(intervals) - 1) // 2], int(page["intervals"]["median"]))
    for nth, group in enumerate(page["intervals"]["bins"]):
        low, high = group["from"], group["below"] or math.inf
        inside = sum((low <= interval or nth == 0) and interval < high for interval in intervals)
        expect(f"cards, from {low}", inside, group["cards"])


def check_topics(page, answers, facts):
    for name, key in (("topics", "topic"), ("difficulties", "difficulty"), ("chapters", "chapter")):
        groups = defaultdict(list)
        for answer in answers:
            groups[facts[answer["card"]][key]].append(answer)
        expect(f"{name}, all", len({card[key] for card in facts.values()}), page[name]["all"])
        highs = []
        for group in page[name]["weakest"]:
            of = groups[group["name"]]
            expect(f"{name}, {group['name']}, answers", len(of), group["answers"])
            expect_recall(f"{name}, {group['name']}", tested(of), facts, group)
            cards = sum(card[key] == group["name"] for card in facts.values())
            expect(f"{name}, {group['name']}, cards", cards, group["cards"])
            if of:
                expect(f"{name}, {group['name']}, pace", capped(of) // len(of), group["answer_ms"])
            highs.append(group["recalled"]["high"] if group["recalled"]["of"] else math.inf)
        expect(f"{name}, order", sorted(highs), highs)


def check_confusions(page, answers, facts):
    kinds = {"new": [], "young": [], "mature": [], "repeated": []}
    for answer in answers:
        later = "young" if (answer["before"] or 0) < 21 else "mature"
        kinds[{"first": "new", "further": "repeated", "later": later}[answer["turn"]]].append(answer["kind"])
    for row in page["grades"]:
        for grade in GRADES:
            expect(f"{row['cards']}, {grade}", kinds[row["cards"]].count(grade), row[grade])
    for nth, letter in enumerate(page["letters"]):
        of = [a for a in answers if len(a.get("chosen", ())) == 1 and facts[a["card"]]["options"] > nth]
        expect_share(f"letter {letter['letter']}", [a["chosen"] == [nth] for a in of], letter["chosen"])
        expect_share(f"letter {letter['letter']}", [facts[a["card"]]["key"] == nth for a in of], letter["right"])
    check_places(page["places"], answers, facts)
    of_card = defaultdict(list)
    for answer in answers:
        of_card[answer["card"]].append(answer)
    wins, hardness = [], []
    for uid, of in of_card.items():
        wrong = Counter(a["chosen"][0] for a in of if a["outcome"] == "wrong")
        if wrong:
            option, times = min(wrong.items(), key=lambda item: (-item[1], item[0]))
            wins.append((times, sum(wrong.values()), "ABCDE"[option], facts[uid]["name"]))
        first = [missed(answer) for answer in of if answer["turn"] != "further"]
        if any(first):
            hardness.append(wilson(sum(first), len(first))[0])
    most = sorted((times for times, *_ in wins), reverse=True)[: len(page["confusions"])]
    expect("confusions", most, [row["chosen"]["count"] for row in page["confusions"]])
    for row in page["confusions"]:
        chosen = row["chosen"]
        if (chosen["count"], chosen["of"], row["wrong"].split()[1], row["question"]) not in wins:
            sys.exit(f"nobody confused {row}")
    lows = [row["missed"]["low"] for row in page["hardest"]]
    for expected, found in zip(sorted(hardness, reverse=True), lows):
        expect("hardest", expected, found)


def check_places(page, answers, facts):
    """All questions have one right option."""
    chose = [answer for answer in answers if answer.get("chosen") and facts[answer["card"]]["shuffled"]]
    known = [(answer["place"], facts[answer["card"]]["options"]) for answer in chose if "place" in answer]
    expect("places, known", len(known), page["known"])
    expect("places, unknown", len(chose) - len(known), page["unknown"])
    letters = "".join(place["letter"] for place in page["by_letter"])
    expect("places", "ABCDE"[: max(options for _, options in known)], letters)
    for nth, found in enumerate(page["by_letter"]):
        of = [(place, options) for place, options in known if options > nth]
        count, even = sum(place == nth for place, _ in of), sum(1 / options for _, options in of) / len(of)
        expect_share(f"place {found['letter']}", [place == nth for place, _ in of], found["chosen"])
        expect(f"place {found['letter']}, even", even, found["even"])
        low, high = wilson(count, len(of), WIDER)
        expect(f"place {found['letter']} stands out", len(of) >= 30 and not low <= even <= high, found["stands_out"])


def check_prediction(page, evaluated, answers):
    scored = [answer for answer in answers if answer["turn"] == "later" and not answer["before_reset"]]
    expect("prediction, scored", len(scored), page["scored"])
    expect("prediction, guessing", evaluated["guessing"], page["guessing"])
    for expected, found in zip(evaluated["evaluation"]["predictors"], page["measured"]["predictors"], strict=True):
        for figure in ("log_loss", "rmse_in_bins", "auc", "beyond_baseline"):
            # To the digit, so that both commands never seem to disagree.
            if expected[figure]["value"] != found[figure]:
                sys.exit(f"{found['name']}, {figure}: {expected[figure]['value']} is not {found[figure]}")
        expect(f"{found['name']}, calibration", expected["calibration"], found["calibration"])


def main():
    binary = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1990
    with tempfile.TemporaryDirectory() as folder:
        program = Program(binary, folder)
        for chapter in range(CHAPTERS):
            path = os.path.join(folder, "chapters", f"{chapter}.md")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(chapter_text(chapter))
        program.run("import", *(os.path.join(folder, "chapters", f"{chapter}.md") for chapter in range(CHAPTERS)))
        facts = cards(program)
        expect("cards", CHAPTERS * QUESTIONS, len(facts))
        log = os.path.join(folder, "log.jsonl")
        with open(log, "w", encoding="utf-8") as file:
            file.write('{"format":"retain-log","version":2}\n')
            file.writelines(json.dumps(line) + "\n" for line in history(random.Random(seed), facts))
        program.run("log", "import", log)
        program.run("log", "export", log + ".out")
        with open(log + ".out", encoding="utf-8") as file:
            events = [json.loads(line) for line in list(file)[1:]]
        answers, states = followed(effective(events))
        evaluated = json.loads(program.run("evaluate", "--json"))
        deck = [answer for answer in answers if facts[answer["card"]]["chapter"] == "7 Figures 7"]
        since = TODAY - timedelta(days=200)
        periods = [
            ((), answers, answers, facts),
            (("--since", str(since)), [a for a in answers if a["date"] >= since], answers, facts),
            (("--deck", "7 Figures 7"), deck, deck, {u: f for u, f in facts.items() if f["chapter"] == "7 Figures 7"}),
        ]
        # The second time the answers come from the cache beside the database.
        for again in range(2):
            for arguments, counted, everything, of in periods:
                pages = program.json("stats", *arguments)
                expect("answers", len(counted), pages["retention"]["answers"])
                check_lately(pages["lately"], counted, everything)
                check_retention(pages["retention"], counted, of)
                check_calendar(pages["calendar"], counted)
                check_load(pages["load"], {uid: state for uid, state in states.items() if uid in of})
                check_cards(pages["cards"], {uid: state for uid, state in states.items() if uid in of}, of)
                check_topics(pages["topics"], counted, of)
                check_confusions(pages["confusions"], counted, of)
                if not arguments:
                    check_prediction(pages["prediction"], evaluated, answers)
        if not os.path.exists(os.path.join(program.data, "answers.cache")):
            sys.exit("no cache was written")
        longest, present = longest_and_present({answer["date"] for answer in answers})
        expect("retain streak", (present, longest), tuple(program.json("streak")[key] for key in ("days", "longest")))
    print(f"stats: {len(answers)} answers that count, of {len(events)} events, {len(facts)} cards: all pages agree")


main()
