"""The estimated length: what is asked, read aloud and answered."""

import pytest

from liuwen.engine import Question
from liuwen.errors import AnswerError
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.questionnaires.length import SPEECH, length, seconds, walked

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
    assert length(short, {}, "zh").minutes == pytest.approx(35 / SPEECH["zh"] / 60, abs=0.05)
    assert length(long, {}, "en").minutes == pytest.approx(350 / SPEECH["en"] / 60, abs=0.05)


def question(type_: str, *values: str, label: str = "一二三四五六七", value: str | None = "x") -> Question:
    """A question whose label takes two seconds to say in Chinese, and each of whose choices takes one more at 3.5 a second."""
    choices = dict.fromkeys(values, "甲乙丙丁戊己庚")
    return Question(type_, type_, type_, label, "", choices, value, False, False, "", None, "text")


SEVEN = tuple("abcdefg")


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
        (question("select_one", "a", "b"), False, 2 + 4 + 4),
        (question("select_one", "a", "b"), True, 2 + 4),
        (question("select_one", "a", "b", "other", "dont_know", "refused"), False, 2 + 4 + 4),
        (question("select_multiple", *SEVEN), False, 2 + 14 + 9),
        (question("select_multiple", *SEVEN, "other"), False, 2 + 14 + 9),
        (question("select_multiple", *SEVEN, "h"), False, 2 + 9),
    ],
)  # fmt: skip
def test_the_seconds_of_a_question(asked: Question, known: bool, expected: float):
    """Its label, the choices of a list of seven at most that is new, and the answer; a blank is said in three."""
    assert seconds(asked, "zh", known=known) == pytest.approx(expected)


def test_speech_is_counted_in_characters_and_words():
    """A Chinese character and a word or number each count as one; English is counted at its own speed."""
    mixed = question("note", label="在2026年，don't ask 张三 twice")
    assert seconds(mixed, "zh") == pytest.approx(8 / SPEECH["zh"])
    assert seconds(mixed, "en") == pytest.approx(8 / SPEECH["en"])


def test_what_is_required_is_answered_with_the_first_choice(wells: Form):
    """Or with 1; what is not required stays blank, and takes three seconds."""
    shown = walked(wells, {})
    assert [(each.name, each.value) for each in shown] == [("well", "yes"), ("depth", None)]
    form = b.build_form("one", version="1", items=[b.integer("depth", zh="井深", en="Depth", required=True)])
    assert [each.value for each in walked(form, {})] == ["1"]


def test_a_list_is_read_out_once():
    """The second question that offers it takes less, by what its choices take to say."""
    items = [b.select_one(name, YES_NO, zh="问", en="Ask") for name in ("a", "b")]
    form = b.build_form("two", version="1", items=items)
    assert length(form, {"a": "yes", "b": "yes"}).minutes == round((2 * (1 / 3.5 + 4) + 3 / 3.5) / 60, 1)


def test_repeats_within_repeats_are_asked_as_often_as_they_are_answered():
    """Each has its own answers, whatever those around it are called."""
    inner = b.repeat("pump", zh="水泵", en="Pump", items=[b.text("maker", zh="哪家的？", en="Whose?")])
    outer = b.repeat("well", zh="井", en="Well", items=[b.integer("depth", zh="井深", en="Depth"), inner])
    form = b.build_form("wells", version="1", items=[outer])
    answers = {"well": [{"depth": 9, "pump": [{"maker": "甲"}, {"maker": "乙"}]}, {"depth": 5, "pump": [{"maker": "丙"}]}]}
    assert [each.value for each in walked(form, answers)] == ["9", "甲", "乙", "5", "丙"]


def test_an_answer_that_the_form_refuses_is_no_length(wells: Form):
    """It is said which."""
    with pytest.raises(AnswerError, match="depth"):
        length(wells, {"well": "yes", "depth": "deep"})
