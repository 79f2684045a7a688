"""The estimated length: what is asked, read aloud and answered."""

import pytest

from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.questionnaires.asking import one
from liuwen.questionnaires.length import PACE, SPEECH, length

KINDS = b.choices("kind", *((value, f"种类{value}", f"Kind {value}") for value in "abc"))
YES_NO = b.choices("yes_no", ("yes", "有", "Yes"), ("no", "没有", "No"))


@pytest.fixture(scope="module")
def wells() -> Form:
    return b.build_form(
        "wells",
        version="1",
        items=[
            b.select_one("well", YES_NO, zh="有没有井？", en="Is there a well?", required=True),
            b.integer("depth", zh="井有多深？", en="How deep is it?", relevant="${well} = 'yes'"),
        ],
    )


def test_only_what_is_asked_counts(wells: Form):
    """A question that is not reached takes no time."""
    assert length(wells, {"well": "no"}).questions == 1
    assert length(wells, {"well": "yes", "depth": 9}).questions == 2
    assert length(wells, {"well": "yes", "depth": 9}).minutes > length(wells, {"well": "no"}).minutes


def test_each_repeat_counts():
    """As many as there are answers for."""
    pumps = b.repeat("pump", zh="水泵", en="Pump", items=[b.select_one("works", YES_NO, zh="能用吗？", en="Does it work?")])
    form = b.build_form("pumps", version="1", items=[pumps])
    assert length(form, {"pump": [{"works": "yes"}, {"works": "no"}, {"works": "no"}]}).questions == 3


def test_longer_words_take_longer():
    """By the speed of speech in that language."""
    short, long = (
        b.build_form("one", version="1", items=[b.note("n", zh="字" * count, en="word " * count)]) for count in (35, 350)
    )
    assert length(short, {}, "zh").minutes == pytest.approx(PACE * 35 / SPEECH["zh"] / 60, abs=0.06)
    assert length(long, {}, "en").minutes == pytest.approx(PACE * 350 / SPEECH["en"] / 60, abs=0.06)


def test_what_the_visitor_fills_in_is_not_read_out():
    """Its wording takes no time, however long."""
    ways = [one("kind", KINDS, asking=asking, zh="问" * 30, en="ask " * 30) for asking in ("visitor", "read")]
    silent, aloud = (b.build_form("one", version="1", items=[way]) for way in ways)
    assert length(silent, {"kind": "a"}).minutes < 0.2 < length(aloud, {"kind": "a"}).minutes


def test_the_fast_and_the_slow_pace_lie_around_the_likely_one(wells: Form):
    """As measured."""
    taken = length(wells, {"well": "yes", "depth": 9})
    assert taken.fast <= taken.minutes <= taken.slow
