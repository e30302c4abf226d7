"""Compare SM-2 with a second implementation, written from the author's text and program alone.

Text: P. A. Wozniak, Optimization of learning (1990), chapter 3.2. Program: the unit SuperMemo2Plug, as
the author published it. The rules for early, late and same-day answers and for drills are those that the
project has set down for itself; neither source knows any.

Fractions are Python's exact ones. Everything has to agree: there is no tolerance.

usage: check_sm2.py RETAIN [SEED]
"""

import math
import random
import sys
from fractions import Fraction

from sequences import differs, replay, spaced_answers

LONGEST = 36_500
SEQUENCES = 3_000


class Card:
    def __init__(self, program, late_credit):
        self.program, self.late_credit = program, late_credit
        self.n, self.ef, self.interval, self.lapses = 0, Fraction(5, 2), None, 0
        self.answered = self.due = None
        self.drilling, self.drills = False, 0

    def rounded(self, days):
        whole = math.floor(days + Fraction(1, 2)) if self.program else math.ceil(days)
        return min(whole, LONGEST)

    def answer(self, day, q):
        if day == self.answered:
            # Practice; while the card is drilled it may end that, as does the fifth time.
            if self.drilling:
                self.drills += 1
                self.drilling = q < 4 and self.drills < 5
            return
        early = self.due is not None and day < self.due
        if q < 3:
            self.lapses += self.n > 0
            self.n, self.interval = 0, 1
            if self.program:
                self.change_ef(q)
        elif early:
            self.interval = max(self.interval, self.rounded((day - self.answered) * self.ef))
            self.n += 1
        else:
            if self.n == 0:
                self.interval = 1
            elif self.n == 1:
                self.interval = 6
            else:
                waited = day - self.answered if self.late_credit else self.interval
                self.interval = self.rounded(waited * self.ef)
            self.n += 1
            self.change_ef(q)
        self.answered, self.due = day, day + self.interval
        self.drilling, self.drills = q < 4, 0

    def change_ef(self, q):
        change = Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100))
        self.ef = max(Fraction(13, 10), self.ef + change)

    def row(self):
        return {
            "interval": self.interval,
            "due": self.due,
            "ease": float(self.ef),
            "repetitions": self.n,
            "lapses": self.lapses,
            "drill": self.drilling,
        }


def compare(binary, rng, program, late_credit):
    arguments = ["--scheduler", "sm2-program" if program else "sm2"] + ["--late-credit"] * late_credit
    cards = [spaced_answers(rng, 40, range(6), (1, 1, 2, 4, 7, 5)) for _ in range(SEQUENCES)]
    for answers, rows in zip(cards, replay(binary, arguments, cards), strict=True):
        card = Card(program, late_credit)
        for at, ((day, q), row) in enumerate(zip(answers, rows, strict=True)):
            card.answer(day, q)
            found = {name: row[name] for name in card.row()}
            if found != card.row() or row["day"] != day:
                differs(" ".join(arguments), answers, at, card.row(), found)
    print(f"{' '.join(arguments)}: {sum(map(len, cards))} answers to {SEQUENCES} cards agree")


def main():
    binary = sys.argv[1]
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1990)
    for program in (False, True):
        for late_credit in (False, True):
            compare(binary, rng, program, late_credit)


main()
