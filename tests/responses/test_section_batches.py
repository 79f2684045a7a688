"""Rows of a section kept apart come and go in batches: an intruder who knows who came and who left learns nobody's answer."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from liuwen.responses.section_batches import next_rows

K = 5


def marks_of(people):
    """What the loader makes of the answers: a mark each, equal answers numbered in an order that tells nothing."""
    seen = Counter()
    found = {}
    for person, content in sorted(people.items(), key=lambda each: (each[1], hash(each[0]))):
        found[person] = f"{content}.{seen[content]}"
        seen[content] += 1
    return found


def contents(rows):
    return Counter(mark.partition(".")[0] for mark in rows)


def a_history(seed, different):
    """Releases of a town in which people come, leave and change their answers: who was there, and what was shown."""
    draw = random.Random(seed)
    people, releases, who = {}, [], []
    for number in range(8):
        for newcomer in range(draw.choice([0, 1, 3, 4, 6, 12])):
            people[number, newcomer] = f"c{draw.randrange(different)}"
        for leaver in draw.sample(sorted(people), min(len(people), draw.choice([0, 0, 1, 1, 2]))):
            del people[leaver]
        for other in draw.sample(sorted(people), min(len(people), draw.choice([0, 0, 1]))):
            people[other] = f"c{draw.randrange(different)}"
        releases.append(next_rows(releases, marks_of(people).values(), K))
        who.append(dict(people))
    return releases, who


@pytest.mark.parametrize("different", [4, 30, 1000])
@pytest.mark.parametrize("seed", range(20))
def test_rows_come_together_or_not_at_all(seed, different):
    """One newcomer more, and the row that comes would be theirs."""
    releases, _ = a_history(seed, different)
    ever = set()
    for rows in releases:
        came = set(rows) - ever
        assert len(came) == 0 or len(came) >= K
        ever |= came


@pytest.mark.parametrize("different", [4, 30, 1000])
@pytest.mark.parametrize("seed", range(20))
def test_an_erased_or_changed_row_takes_four_of_its_batch_along(seed, different):
    """An intruder knows in which batch somebody came: of the answers of that batch, none vanishes, or at least five do."""
    releases, _ = a_history(seed, different)
    ever, batches = set(), []
    for before, after in pairwise(releases):
        batches.append(set(before) - ever)
        ever |= batches[-1]
        vanished = contents(before) - contents([mark for mark in after if mark in ever])
        for batch in batches:
            in_batch = contents(batch & set(before))
            candidates = sum(min(count, in_batch[content]) for content, count in vanished.items())
            own = contents(batch & set(before)) - contents(batch & set(after))
            assert not own or candidates >= K, (vanished, in_batch)


def test_a_row_with_the_same_content_elsewhere_does_not_tell_which_batch_lost_it():
    """Two batches hold the answer x.0 and x.1; whichever of their owners left, either batch loses four others."""
    first = [f"a{number}.0" for number in range(11)] + ["x.0"]
    second = [f"b{number}.0" for number in range(11)] + ["x.1"]
    both = sorted(first + second)
    left = next_rows([first, both], [mark for mark in both if mark != "x.1"], K)
    assert len(left) == 23 - 8
    assert "x.0" in left


def test_withdrawn_rows_are_never_counted_again():
    """It would tell that it is nobody's who was erased."""
    first = [f"a{number}.0" for number in range(20)]
    second = next_rows([first], first[1:], K)
    assert next_rows([first, second], first[1:], K) == second
    assert len(second) == 15
