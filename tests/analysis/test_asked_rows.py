"""Of a household's visits one counts: the same for submissions, the people of a repeat and bare frames; against a plain loop."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.analysis.asked_rows import SUBMISSION, asked_rows
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.responses import read_responses

HOMES, DAYS, ROUNDS = (None, "1", "2"), (None, "2026-03-01", "2026-03-02"), st.sampled_from(["last", "first"])
VISITS = st.lists(
    st.tuples(st.sampled_from(["a", None]), st.sampled_from(HOMES), st.sampled_from(DAYS), st.booleans()), min_size=1, max_size=9
)
"""Village, number, day, and whether the question was asked."""
ITEMS = [
    b.text("village", zh="村", en="Village"),
    b.text("hh_id", zh="户号", en="Number"),
    b.date("visit_date", zh="日期", en="Date"),
    b.text("wish", zh="?", en="?"),
    b.repeat("member", zh="成员", en="Members", items=[b.text("age", zh="年龄", en="Age")]),
]
FORM = b.build_form("v", version="1", zh="访", en="Visit", items=ITEMS)


def counted_by_hand(visits, rounds):
    """The places of the visits that count: of each household the last day and row, or the first; a missing day never wins."""
    homes: dict[object, list[int]] = {}
    for at, (village, home, _, was_asked) in enumerate(visits):
        if was_asked:
            homes.setdefault((village, home) if home else at, []).append(at)
    if rounds == "last":
        return sorted(max(home, key=lambda at: (visits[at][2] or "", at)) for home in homes.values())
    return sorted(min(home, key=lambda at: (visits[at][2] or "9", at)) for home in homes.values())


def submissions(visits):
    def node(name, value):
        return f"<{name}>{value}</{name}>" if value is not None else ""

    people = "<wish/><member><age>9</age></member><member><age/></member>"
    return [
        f'<data id="v" version="1"><meta><instanceID>uuid:{at}</instanceID></meta>{node("village", village)}'
        f"{node('hh_id', home)}{node('visit_date', day)}{people if was_asked else ''}</data>".encode()
        for at, (village, home, day, was_asked) in enumerate(visits)
    ]


@settings(max_examples=20, deadline=None)
@given(VISITS, ROUNDS)
def test_the_visit_that_counts_is_that_of_a_plain_loop(visits, rounds):
    """Households without a number, villages and days that are missing, two visits on one day, questions not asked."""
    counted = counted_by_hand(visits, rounds)
    source = source_of(read_responses(submissions(visits), FORM))
    rows = asked_rows(source, "wish", [], rounds)
    assert rows.table.index.tolist() == [f"uuid:{at}" for at in counted]
    assert len(rows.whole) == len(counted) + sum(not was_asked for *_, was_asked in visits)
    if any(was_asked for *_, was_asked in visits):
        people = asked_rows(source, "age", [], rounds).table
        assert people[SUBMISSION].tolist() == [f"uuid:{at}" for at in counted for _ in range(2)]
    columns = ["village", "hh_id", "visit_date", "wish"]
    frame = pd.DataFrame([(*rest, "x" if was_asked else None) for *rest, was_asked in visits], columns=columns, dtype=object)
    frame.index = [0] * len(frame)
    assert asked_rows(AnswerSource(frame, FORM), "wish", [], rounds).table.index.tolist() == counted


def test_two_visits_without_a_date_are_one_sentence(collected):
    """Without a date nobody knows which visit was the last; a household visited once needs none."""
    form = b.build_form("v", version="1", zh="访", en="Visit", items=[ITEMS[1], ITEMS[3]])
    frame = pd.DataFrame({"hh_id": ["1", "1", "2"], "wish": ["x", "y", "z"]})
    with pytest.raises(AnswerError, match="1 households were visited more than once"):
        asked_rows(AnswerSource(frame, form), "wish", [])
    assert len(asked_rows(AnswerSource(frame[1:], form), "wish", []).table) == 2
