"""A store remembers what was shown of sections kept apart: an intruder who compares two loads learns nobody's answer."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from liuwen.errors import AnswerError, StoreError
from liuwen.form import builder as b
from liuwen.responses.plan import plan_of
from liuwen.responses.section_memory import SectionMemory, SectionRecord, SectionRow

K = 5
LEVELS = ("village", "town")


@dataclass
class Kept:
    """Keeps the record as a store does; another load may write in between, and nothing can be written if `closed`."""

    text: str = ""
    closed: bool = False
    between: list = field(default_factory=list)

    def read(self, form_id):
        return self.text

    def write(self, form_id, before, now):
        if self.closed:
            raise StoreError("read-only")
        if self.between:
            self.between.pop()()
        self.text = now if self.text == before else self.text
        return self.text


@pytest.fixture(scope="module")
def plan():
    villages = b.choices("v", *((name, name, name) for name in "abcdefgh"))
    towns = b.choices("t", ("north", "北", "North"), ("south", "南", "South"))
    fair = b.choices("f", ("yes", "是", "Yes"), ("no", "否", "No"))
    return plan_of(b.build_form("visit", version="1", zh="走访", en="Visit", items=[
        b.select_one("town", towns, zh="乡镇", en="Town"),
        b.select_one("village", villages, zh="村", en="Village"),
        b.text("household", zh="户号", en="Household number"),
        b.group("appraisal", unlinked=True, items=[b.select_one("fair", fair, zh="公道吗？", en="Fair?")]),
    ]))  # fmt: skip


def row_of(instance, village, home=None):
    return SectionRow(instance, (village, "north" if village < "e" else "south"), home or instance)


def load(memory, plan, rows, unreadable=()):
    """What a load shows: instance ID → the levels it is counted by."""
    told = memory.told(plan, {"appraisal": rows}, unreadable).levels["appraisal"]
    return {row.whose: (levels, row.places) for row, levels in zip(rows, told, strict=True) if levels is not None}


def a_history(seed, plan, villages):
    """Loads of a store to which people come, whose answers are edited (by a new one) and erased, some of which need a key."""
    draw, memory = random.Random(seed), SectionMemory("visit", Kept())
    there, encrypted, loads, number = {}, set(), [], 0
    for _ in range(12):
        for _ in range(draw.choice([0, 1, 2, 5, 9, 20])):
            number += 1
            village = draw.choice("abcdefgh"[:villages])
            there[f"i{number}"] = row_of(f"i{number}", village, (village, draw.randrange(40)))
            encrypted |= {f"i{number}"} if draw.random() < 0.1 else set()
        for edited in draw.sample(sorted(there), min(len(there), draw.choice([0, 0, 1, 2]))):
            number += 1
            old = there.pop(edited)
            there[f"i{number}"] = row_of(f"i{number}", old.places[0], old.home)
        for erased in draw.sample(sorted(there), min(len(there), draw.choice([0, 0, 1, 1, 3]))):
            del there[erased]
        locked = encrypted & there.keys() if draw.random() < 0.3 else set()
        rows = [row for instance, row in there.items() if instance not in locked]
        draw.shuffle(rows)
        loads.append((load(memory, plan, rows, locked), set(there)))
    return loads


def counted(shown):
    """The rows behind each figure: of everybody, and of each place of each level."""
    found = defaultdict(set)
    for instance, (levels, places) in shown.items():
        found[()].add(instance)
        for depth in range(len(LEVELS)):
            if LEVELS[depth] in levels:
                found[places[depth:]].add(instance)
    return found


@pytest.mark.parametrize("villages", [1, 3, 8])
@pytest.mark.parametrize("seed", range(40))
def test_no_figure_of_two_loads_differs_by_fewer_than_five_rows(seed, plan, villages):
    """Whoever came, was edited or erased between two loads is one of at least five, in every place and in all of them."""
    loads = a_history(seed, plan, villages)
    for (before, _), (after, there) in pairwise(loads):
        assert after.keys() <= there
        was, now = counted(before), counted(after)
        for place in was.keys() | now.keys():
            for moved in (now[place] - was[place], was[place] - now[place]):
                assert not moved or len(moved) >= K, (place, moved)
    for (first, _), (last, _) in zip(loads, loads[2:], strict=False):  # a load in between hides nothing of it
        for place in counted(first).keys() | counted(last).keys():
            came = counted(last)[place] - counted(first)[place]
            assert not came or len(came) >= K


def test_rows_of_a_village_wait_for_each_other(plan):
    """Three new ones in a village wait, and come with the next two."""
    memory = SectionMemory("visit", Kept())
    rows = [row_of(f"a{number}", "a") for number in range(12)]
    assert len(load(memory, plan, rows)) == 12
    more = [row_of(f"b{number}", "b") for number in range(3)]
    told = memory.told(plan, {"appraisal": [*rows, *more]})
    assert told.levels["appraisal"].count(None) == 3
    assert "3" in str(told.notes[0])
    more += [row_of("b3", "b"), row_of("b4", "b")]
    assert load(memory, plan, [*rows, *more])["b0"] == (LEVELS, ("b", "north"))


def test_one_household_does_not_make_a_batch(plan):
    """Fourteen visits to one household are one household."""
    rows = [row_of(f"a{number}", "a", "the same") for number in range(14)]
    assert load(SectionMemory("visit", Kept()), plan, rows) == {}


def test_few_of_each_village_come_with_their_town_or_with_all(plan):
    """Else a survey of two a village would show nothing; no village counts them."""
    shown = load(SectionMemory("visit", Kept()), plan, [row_of(f"{village}{n}", village) for village in "abcd" for n in "01"])
    assert {levels for levels, _ in shown.values()} == {("town",)}
    shown = load(SectionMemory("visit", Kept()), plan, [row_of(village, village) for village in "abcdefgh"[1:7]])
    assert {levels for levels, _ in shown.values()} == {()}


def test_an_erased_row_takes_four_others_and_they_never_return(plan):
    """They are remembered as long as they are there; the erased one is forgotten."""
    kept = Kept()
    memory = SectionMemory("visit", kept)
    rows = [row_of(f"a{number}", "a") for number in range(12)]
    load(memory, plan, rows)
    left = load(memory, plan, rows[1:])
    assert len(left) == 7
    assert load(memory, plan, rows[1:]) == left
    record = SectionRecord.read(kept.text, "visit")
    assert len(record.left["appraisal"]) == 4
    assert record.mark("appraisal", "a0") not in kept.text


def test_the_record_identifies_nobody(plan):
    """Marks are keyed: neither instance IDs nor places stand in the record, and another store has other marks."""
    kept, other = Kept(), Kept()
    rows = [row_of(f"uuid:{number}", "a") for number in range(6)]
    load(SectionMemory("visit", kept), plan, rows)
    load(SectionMemory("visit", other), plan, rows)
    assert "uuid" not in kept.text
    assert "north" not in kept.text
    marks = [SectionRecord.read(each.text, "visit").batches["appraisal"][0].marks for each in (kept, other)]
    assert not marks[0] & marks[1]


def test_an_unreadable_answer_hides_its_batch_for_now(plan):
    """Without its key, the others of its batch would show which one is missing; with it all are there again."""
    memory = SectionMemory("visit", Kept())
    rows = [row_of(f"a{number}", "a") for number in range(6)]
    shown = load(memory, plan, rows)
    assert load(memory, plan, rows[1:], unreadable=["a0"]) == {}
    assert load(memory, plan, rows) == shown


def test_where_nothing_can_be_remembered_nothing_new_is_shown(plan):
    """A store on a read-only medium shows what was shown before."""
    kept = Kept()
    memory = SectionMemory("visit", kept)
    rows = [row_of(f"a{number}", "a") for number in range(6)]
    load(memory, plan, rows)
    kept.closed = True
    told = memory.told(plan, {"appraisal": [*rows, *(row_of(f"b{number}", "b") for number in range(6))]})
    assert told.levels["appraisal"] == [LEVELS] * 6 + [None] * 6
    assert "cannot be written" in str(told.notes[0])


def test_of_two_loads_at_once_the_second_follows_the_first(plan):
    """Both show the batch of the one that was quicker."""
    kept = Kept()
    rows = [row_of(f"a{number}", "a") for number in range(8)]
    kept.between.append(lambda: load(SectionMemory("visit", kept), plan, rows[:5]))
    assert load(SectionMemory("visit", kept), plan, rows).keys() == {row.whose for row in rows[:5]}


def test_a_damaged_record_is_an_error():
    """In one sentence."""
    with pytest.raises(AnswerError, match="damaged"):
        SectionRecord.read('{"secret": 1}', "visit")
