"""How long each rule of `check` takes on a form of 3,000 questions with nested conditions, and how it grows.

Run with `python benchmarks/rules.py [questions]`. Seconds of processor, the least of three, for the form and for one of a fifth
of its questions; the exponent says how the time grows (1 is linear). What several rules read of a form is made once, by the rule
that asks first: `first` has it, `again` has the rule's own work. Only rules that take 1 % of the whole are listed.
"""

import random
import sys
from math import log
from time import process_time

from liuwen.checks.checking import rule_name
from liuwen.checks.facts import Facts
from liuwen.checks.rules import RULES
from liuwen.form import Form, Sheet

SURVEY = ["type", "name", "label", "relevant", "constraint", "calculation", "choice_filter", "required"]
DEPTH = 6
ROUNDS = 3
SECTION = 40


def condition(chance: random.Random, before: int, depth: int) -> str:
    """A condition on earlier questions of the section, nested so deep."""
    if depth == 0:
        number = chance.randrange(before - before % SECTION, before)
        kinds = (
            f"${{q{number}}} > {chance.randrange(90)}",
            f"selected(${{q{number}}}, 'a')",
            f"${{q{number}}} = 'b'",
            f"${{q{number}}} != ''",
        )
        return kinds[(0, 1, 2, 3)[number % 4]]
    joined = chance.choice((" and ", " or "))
    inner = (
        joined.join(condition(chance, before, depth - 1) for _ in range(2)) if depth > 4 else condition(chance, before, depth - 1)
    )
    return f"not({inner})" if chance.random() < 0.2 else f"({inner}{joined}{condition(chance, before, 0)})"


def form_with(questions: int) -> Form:
    """A form of so many questions in nested groups and repeats; most have a condition six levels deep."""
    chance = random.Random(1)
    rows: list[list[str]] = []
    kinds = ("integer", "select_multiple list", "select_one list", "text")
    for number in range(questions):
        if number % SECTION == 0:
            kind = "repeat" if number % (4 * SECTION) == 0 else "group"
            rows += [
                [f"begin {kind}", f"outer{number}", f"Part {number}"],
                ["begin group", f"inner{number}", f"Inner part {number}"],
            ]
        relevant = condition(chance, number, DEPTH) if number % SECTION else ""
        constraint = ". >= 0 and (. < 100 or (. > 200 and . < 300))" if number % 4 == 0 else ""
        rows.append([kinds[number % 4], f"q{number}", f"What about {number}?", relevant, constraint])
        if number % SECTION == SECTION - 1 or number == questions - 1:
            kind = "repeat" if (number - number % SECTION) % (4 * SECTION) == 0 else "group"
            rows += [["end group"], [f"end {kind}"]]
    padded = [[*row, *[""] * (len(SURVEY) - len(row))] for row in rows]
    choices = [["list", name, name.upper()] for name in "abcde"]
    settings = Sheet.of("settings", ["form_id", "form_title", "version"], [["rules", "Rules", "1"]])
    return Form((Sheet.of("survey", SURVEY, padded), Sheet.of("choices", ["list_name", "name", "label"], choices), settings))


def timed(form: Form) -> dict[str, tuple[float, float]]:
    """By rule, the least seconds of its first and of its second run on what is known of the form."""
    taken: dict[str, tuple[float, float]] = {}
    for _ in range(ROUNDS):
        facts = Facts(form)
        for rule in RULES:
            runs = []
            for _ in range(2):
                begun = process_time()
                list(rule(facts))
                runs.append(process_time() - begun)
            before = taken.get(rule_name(rule), (runs[0], runs[1]))
            taken[rule_name(rule)] = min(before[0], runs[0]), min(before[1], runs[1])
    return taken


def main(questions: int) -> None:
    """Print the table."""
    whole, part = timed(form_with(questions)), timed(form_with(questions // 5))
    total = sum(first for first, _ in whole.values())
    print(f"{len(RULES)} rules, {questions:,} questions: {total:.2f} s in all\n")
    print("| rule | first (s) | share | again (s) | exponent |\n|---|---|---|---|---|")
    for name, (first, again) in sorted(whole.items(), key=lambda each: -each[1][0]):
        if first >= total / 100:
            growth = log(max(first, 1e-6) / max(part[name][0], 1e-6)) / log(5)
            print(f"| {name} | {first:.3f} | {first / total:.0%} | {again:.3f} | {growth:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
