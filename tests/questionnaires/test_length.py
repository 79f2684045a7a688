"""The estimated length: what is asked, read aloud and answered."""

import pytest

from liuwen.engine import Question
from liuwen.errors import AnswerError
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.questionnaires.asking import ASKING, one
from liuwen.questionnaires.length import PACE, SPEECH, length, seconds, timed, walked

READ, VISITOR = (ASKING[way]["zh"] for way in ("read", "visitor"))
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
    assert length(short, {}, "zh").minutes == pytest.approx(PACE["zh"] * 35 / SPEECH["zh"] / 60, abs=0.06)
    assert length(long, {}, "en").minutes == pytest.approx(PACE["en"] * 350 / SPEECH["en"] / 60, abs=0.06)


def test_visitor_questions_take_no_reading_time():
    """Its wording takes no time, however long."""
    ways = [one("kind", KINDS, asking=asking, zh="问" * 30, en="ask " * 30) for asking in ("visitor", "read")]
    silent, aloud = (b.build_form("one", version="1", items=[way]) for way in ways)
    assert length(silent, {"kind": "a"}).minutes < 0.2 < length(aloud, {"kind": "a"}).minutes


def test_the_fast_and_the_slow_pace_lie_around_the_likely_one(wells: Form):
    """As measured."""
    taken = length(wells, {"well": "yes", "depth": 9})
    assert taken.fast <= taken.minutes <= taken.slow


def question(type_: str, *values: str, label: str = "一二三四五六七", value: str | None = "x", hint: str = "") -> Question:
    """A question whose label takes two seconds to say in Chinese, and each of whose choices takes two more."""
    choices = dict.fromkeys(values, "甲乙丙丁戊己庚")
    return Question(type_, type_, type_, label, hint, choices, value, False, False, "", None, "text")


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        (question("note"), False, 2),
        (question("note", value=None), False, 2),
        (question("integer"), False, 2 + 5),
        (question("integer", value=None), False, 2 + 3),
        (question("decimal"), False, 2 + 7),
        (question("date"), False, 2 + 5),
        (question("text"), False, 2 + 22),
        (question("geopoint"), False, 2 + 20),
        (question("image"), False, 2 + 25),
        (question("barcode"), False, 2 + 10),
        (question("text", label=""), False, 22),
        (question("text", label="……？ !"), False, 22),
        (question("time"), False, 2 + 5),
        (question("select_one", "a", "b"), False, 2 + 4),
        (question("select_one", "a", "b", hint=READ), False, 2 + 4 + 4),
        (question("select_one", "a", "b", hint=READ), True, 2 + 4),
        (question("select_one", "a", "b", "other", "dont_know", hint=READ), False, 2 + 4 + 4),
        (question("select_multiple", "a", "b", "c", hint=f"{READ}可以多选。"), False, 2 + 6 + 9),
        (question("select_one", "a", "b", hint=VISITOR), False, 4),
        (question("note", hint=VISITOR), False, 0),
        (question("text", hint=VISITOR, value=None), False, 3),
    ],
)  # fmt: skip
def test_the_seconds_of_a_question(asked: Question, known: bool, expected: float):
    """Its label, the choices that are read out the first time, and the answer; a blank takes three seconds."""
    assert seconds(asked, "zh", known=known) == pytest.approx(expected)


def test_speech_is_counted_in_characters_and_words():
    """A Chinese character and a word or number each count as one; English is counted at its own speed."""
    mixed = question("note", label="在2026年，don't ask 张三 twice")
    assert seconds(mixed, "zh") == pytest.approx(8 / SPEECH["zh"])
    assert seconds(mixed, "en") == pytest.approx(8 / SPEECH["en"])


def test_required_questions_are_answered_with_the_first_choice(wells: Form):
    """Or with 1; what is not required stays blank, and takes three seconds."""
    shown = walked(wells, {})
    assert [(each.name, each.value) for each in shown] == [("well", "yes"), ("depth", None)]
    form = b.build_form("one", version="1", items=[b.integer("depth", zh="井深", en="Depth", required=True)])
    assert [each.value for each in walked(form, {})] == ["1"]


def test_a_list_is_read_out_once():
    """The second question that offers it takes less, by what its choices take to say; their order does not matter."""
    asked = [question("select_one", *values, hint=READ) for values in ("abc", "cab", "abd")]
    assert timed(asked, "zh") == pytest.approx([2 + 6 + 4, 2 + 4, 2 + 6 + 4])


def test_repeats_within_repeats_are_asked_as_often_as_they_are_answered():
    """Each has its own answers, whatever those around it are called."""
    inner = b.repeat("pump", zh="水泵", en="Pump", items=[b.text("maker", zh="哪家的？", en="Whose?")])
    outer = b.repeat("well", zh="井", en="Well", items=[b.integer("depth", zh="井深", en="Depth"), inner])
    form = b.build_form("wells", version="1", items=[outer])
    answers = {"well": [{"depth": 9, "pump": [{"maker": "甲"}, {"maker": "乙"}]}, {"depth": 5, "pump": [{"maker": "丙"}]}]}
    assert [each.value for each in walked(form, answers)] == ["9", "甲", "乙", "5", "丙"]


def test_the_length_of_refused_answers_is_an_error(wells: Form):
    """The error names the question."""
    with pytest.raises(AnswerError, match="depth"):
        length(wells, {"well": "yes", "depth": "deep"})
