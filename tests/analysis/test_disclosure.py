"""What is hidden cannot be had by subtraction: an auditor who knows every total and every shown figure tries."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen import shares
from liuwen.analysis import Shown, protect
from liuwen.analysis.lines import lines_of
from liuwen.form import builder as b

YES, FEW, NEARLY_ALL, HIDDEN = Shown.YES, Shown.FEW, Shown.NEARLY_ALL, Shown.HIDDEN


def protected(asked, wanting, **how):
    """The states of one column of cells, and of the groups."""
    found = protect(np.array(asked), np.array(wanting)[:, np.newaxis], **how)
    return list(found.cells[:, 0]), list(found.groups)


def test_large_counts_are_shown():
    """Nothing is small, nothing is hidden."""
    assert protected([30, 40, 25], [10, 20, 8]) == ([YES] * 3, [YES] * 3)


def test_few_that_want_it_are_not_shown_nor_few_that_do_not():
    """2 of 30 is few, 27 of 30 is nearly all: both point at two or three households."""
    cells, _ = protected([30, 30, 40], [2, 27, 20])
    assert cells[:2] == [FEW, NEARLY_ALL]


def test_an_empty_side_points_at_nobody():
    """0 of 30 and 30 of 30 stay."""
    assert protected([30, 30, 30], [0, 30, 12])[0] == [YES, YES, YES]


def test_one_hidden_cell_takes_another_with_it():
    """Otherwise 2 would be the total less the rest."""
    cells, _ = protected([30, 30, 30], [2, 12, 20])
    assert cells == [FEW, HIDDEN, YES]


def test_one_small_group_takes_another_with_it():
    """Otherwise the base of 3, and all its figures, would be the total less the rest."""
    _, groups = protected([30, 25, 20, 3], [10, 9, 8, 1])
    assert groups == [YES, YES, HIDDEN, FEW]


def test_a_tiny_group_is_hidden_without_few_or_nearly_all():
    """Of 6 households "nearly all, and not few" could only be 5."""
    assert protected([6, 60, 60], [5, 30, 30])[0][0] == HIDDEN


def test_without_room_to_hide_the_words_go():
    """Two villages, 4 and 4 of a known 8: "fewer than 5" twice would be an answer."""
    assert protected([20, 20], [4, 4])[0] == [HIDDEN, HIDDEN]


def test_a_total_that_is_itself_hidden_protects_its_parts():
    """1 and 2 of a total that shows as "few": the words go, for both must then be less than 4; the nought may stay."""
    assert protected([30, 30, 30], [1, 2, 0])[0] == [HIDDEN, HIDDEN, YES]
    assert protected([30, 30, 30], [0, 2, 0])[0] == [YES, FEW, YES]


def test_a_smaller_minimum_hides_less():
    """With a minimum of 1 everything is shown."""
    assert protected([30, 2], [1, 1], minimum=1) == ([YES, YES], [YES, YES])


def test_a_table_by_two_columns_is_protected_along_both():
    """The small cell of one village and kind is covered in its row and in its column, whose totals are known."""
    asked, wanting = np.full(9, 40), np.array([2, 12, 14, 15, 16, 17, 18, 19, 20])
    village, kind = np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3)
    hidden = protect(asked, wanting[:, np.newaxis], [village, kind]).cells[:, 0].reshape(3, 3) != YES
    assert hidden[0, 0]
    assert all(line.sum() != 1 for line in [*hidden, *hidden.T])


tables = st.integers(2, 6).flatmap(
    lambda minimum: st.lists(
        st.integers(0, 30).flatmap(lambda asked: st.tuples(st.just(asked), st.integers(0, asked))), min_size=1, max_size=7
    ).map(lambda groups: (minimum, groups))
)


@settings(max_examples=400, deadline=None)
@given(tables)
def test_no_auditor_can_pin_a_hidden_figure_down(table):
    """Whatever the counts: each hidden base and cell can still be at least `minimum` - 1 different numbers."""
    minimum, groups = table
    asked, wanting = (np.array(column) for column in zip(*groups, strict=True))
    found = protect(asked, wanting[:, np.newaxis], minimum=minimum)
    said = found.cells[:, 0]
    shown = found.groups == YES
    assert not np.any(shown & (asked > 0) & (asked < minimum))
    for side in (wanting, asked - wanting):
        assert not np.any(shown & (said == YES) & (side > 0) & (side < minimum))
    everyone = int(asked.sum())
    bases = [_possible(base, everyone, word, minimum) for base, word in zip(asked, found.groups, strict=True)]
    total = {everyone} if everyone == 0 or everyone >= minimum else set(range(1, minimum))
    _audit(bases, total, minimum, [word != YES for word in found.groups])
    values, most, words = list(wanting[shown]), list(asked[shown]), list(said[shown])
    if not shown.all():  # subtraction gives the hidden groups together, as one
        values, most = [*values, wanting[~shown].sum()], [*most, asked[~shown].sum()]
        words = [*words, HIDDEN]
    ranges = [_possible(value, limit, word, minimum) for value, limit, word in zip(values, most, words, strict=True)]
    sensitive = [
        _is_sensitive(value, limit, minimum) or word != YES for value, limit, word in zip(values, most, words, strict=True)
    ]
    if not shown.all():
        sensitive[-1] = _is_sensitive(values[-1], most[-1], minimum)
    _audit(ranges, _possible_total(int(wanting.sum()), everyone, minimum), minimum, sensitive)


def _is_sensitive(value, most, minimum):
    return 0 < value < minimum or 0 < most - value < minimum


def _possible(value, most, word, minimum):
    ranges = {YES: [value], FEW: range(1, minimum), NEARLY_ALL: range(most - minimum + 1, most), HIDDEN: range(most + 1)}
    return {int(number) for number in ranges[word]}


def _possible_total(value, everyone, minimum):
    if everyone < minimum or (everyone < 2 * minimum - 1 and _is_sensitive(value, everyone, minimum)):
        return set(range(everyone + 1))
    word = FEW if 0 < value < minimum else NEARLY_ALL if 0 < everyone - value < minimum else YES
    return _possible(value, everyone, word, minimum)


def _audit(ranges, totals, minimum, hidden):
    for place, own in enumerate(ranges):
        if hidden[place]:
            rest = {0}
            for other, numbers in enumerate(ranges):
                if other != place:
                    rest = {number + more for number in rest for more in numbers}
            possible = {number for number in own if any(total - number in rest for total in totals)}
            assert len(possible) >= min(minimum - 1, len(own)), (place, possible)


def test_lines_hold_the_groups_alike_in_every_column_but_one():
    """Two columns of two values: two lines each way, of two groups each."""
    lines = lines_of([np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])], 4)
    assert [line_of.tolist() for line_of in lines] == [[0, 1, 0, 1], [0, 0, 1, 1]]


@pytest.mark.parametrize("size", [0, 1])
def test_empty_and_single_tables_need_no_cover(size):
    """Nothing to subtract from."""
    assert protected([50] * size, [3] * size) == ([FEW] * size, [YES] * size)


HAMLETS = {"a1": ("a", 20, 9), "a2": ("a", 3, 1), "b1": ("b", 20, 12), "b2": ("b", 6, 3)}
"""Hamlet → its village, those asked, and how many of them call the work good."""


@pytest.mark.parametrize("backend", ["pandas", "duckdb"])
def test_hamlets_are_parts_of_their_village_whatever_comes_first_in_the_form(backend):
    """Village a shows 23, so that the hamlet of 20 is hidden with the one of 3, and not the smaller one of village b."""
    work = b.choices("work", ("good", "好", "Good"), ("poor", "差", "Poor"))
    village = b.choices("village", ("a", "甲", "A"), ("b", "乙", "B"))
    items = [
        b.select_one("village", village, zh="村", en="Village"),
        b.text("hamlet", zh="组", en="Hamlet"),
        b.select_one("work", work, zh="工作", en="Work"),
    ]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=items)
    rows = [
        (place, hamlet, "good" if number < good else "poor")
        for hamlet, (place, asked, good) in HAMLETS.items()
        for number in range(asked)
    ]
    frame = pd.DataFrame(rows, columns=["village", "hamlet", "work"], dtype="string")
    source = duckdb.from_arrow(pa.Table.from_pandas(frame)) if backend == "duckdb" else frame
    villages, hamlets = (shares(source, "work", place, form=form).set_index(place)["asked"] for place in ("village", "hamlet"))
    assert villages["a"].tolist() == [23, 23]
    assert hamlets[["a1", "a2"]].isna().all()
    assert hamlets[["b1", "b2"]].tolist() == [20, 20, 6, 6]
