"""Answers to one question never become those to another that merely looks like it."""

from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.messages import use_language
from liuwen.responses import Responses, read_responses

CASE = Path(__file__).parent / "cases" / "renamed"

PAIRS = [
    ("boys", "几个男孩？", "Number of boys", "girls", "几个女孩？", "Number of girls"),
    ("sons", "儿子人数", "How many sons live here?", "daughters", "女儿人数", "How many daughters live here?"),
    ("father_age", "父亲的年龄", "Age of the father", "mother_age", "母亲的年龄", "Age of the mother"),
    ("owed_bank", "欠银行多少元？", "Owed to the bank, yuan", "saved_bank", "存银行多少元？", "Saved at the bank, yuan"),
    ("bought", "去年买了多少斤粮？", "Grain bought last year", "sold", "去年卖了多少斤粮？", "Grain sold last year"),
    ("income", "上月收入", "Income last month", "outgoings", "上月支出", "Outlay last month"),
    ("lent", "借出多少元？", "Money lent to others", "borrowed", "借入多少元？", "Money lent by others"),
    ("moved_in", "今年迁入几人？", "People who moved in", "moved_out", "今年迁出几人？", "People who moved out"),
    ("men", "家里几个男劳力？", "Men able to work", "women", "家里几个女劳力？", "Women able to work"),
    (
        "satisfied",
        "满意几项？",
        "Services you are satisfied with",
        "unsatisfied",
        "不满意几项？",
        "Services you are unsatisfied with",
    ),
    ("land_own", "自有几亩地？", "Land owned, mu", "land_rent", "租入几亩地？", "Land rented, mu"),
    ("births", "去年出生几人？", "Births last year", "deaths", "去年死亡几人？", "Deaths last year"),
    ("visits_2024", "2024 年走访几次？", "Visits in 2024", "visits_2025", "2025 年走访几次？", "Visits in 2025"),
    ("before", "搬迁前人口", "People before the move", "after", "搬迁后人口", "People after the move"),
    ("can", "会写字的几人？", "People who can write", "cannot", "不会写字的几人？", "People who cannot write"),
]


def form(version: str, *items: b.Item) -> Form:
    return b.build_form("visit", zh="走访", en="Visit", version=version, items=[b.text("village", zh="村", en="Village"), *items])


def answered(inner: str, version: str = "1", instance: str = "uuid:1") -> bytes:
    meta = f"<meta><instanceID>{instance}</instanceID></meta>"
    return f'<data id="visit" version="{version}"><village>Hubin</village>{inner}{meta}</data>'.encode()


def said(responses: Responses) -> str:
    with use_language("en"):
        return "\n".join(map(str, responses.notes))


@pytest.mark.parametrize("pair", PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_likeness_moves_no_answer(pair):
    """In both directions: the answer is kept apart, and the other question has no base."""
    old, old_zh, old_en, new, new_zh, new_en = pair
    first, second = b.integer(old, zh=old_zh, en=old_en), b.integer(new, zh=new_zh, en=new_en)
    for (name, before), (other, now) in [((old, first), (new, second)), ((new, second), (old, first))]:
        responses = read_responses([answered(f"<{name}>3</{name}>")], form("2", now), earlier=[form("1", before)])
        assert responses.table[other].isna().all()
        assert responses.base(other) == 0
        assert responses.unknown[["field", "value"]].to_numpy().tolist() == [[name, "3"]]


def test_a_likeness_is_suggested_with_the_line_to_write():
    """It works as written, and is then reported as done."""
    old, new = (
        form("1", b.integer("boys", zh="几个男孩？", en="Number of boys")),
        form("2", b.integer("girls", zh="几个女孩？", en="Number of girls")),
    )
    data = [answered("<boys>3</boys>")]
    notes = read_responses(data, new, earlier=[old]).notes
    assert any('renamed={"boys": "girls"}' in note.en and 'renamed={"boys": "girls"}' in note.zh for note in notes)
    told = read_responses(data, new, earlier=[old], renamed={"boys": "girls"})
    assert told.table["girls"].tolist() == [3]
    assert "“boys” are read as “girls”" in said(told)


def test_the_case_of_boys_and_girls():
    """The one that was reported, where it lies."""
    responses = lw.read_responses(CASE / "sub.xml", form=CASE / "v2.md", earlier=[CASE / "v1.md"])
    assert responses.table["girls"].isna().all()
    assert responses.base("girls") == 0
    assert responses.unknown[["field", "value"]].to_numpy().tolist() == [["boys", "3"]]


def test_a_store_joins_nothing_by_itself(tmp_path: Path):
    """Where nobody names the earlier version, the store does; that is no reason to guess."""
    store = lw.Store(tmp_path / "town")
    store.publish(form("1", b.integer("owed", zh="欠银行多少元？", en="Owed to the bank")))
    store.receive(answered("<owed>500</owed>"))
    store.publish(form("2", b.integer("saved", zh="存银行多少元？", en="Saved at the bank")))
    store.receive(answered("<saved>7</saved>", "2", "uuid:2"))
    responses = store.responses("visit")
    assert responses.table["saved"].dropna().to_dict() == {"uuid:2": 7}
    assert responses.base("saved") == 1
    assert 'renamed={"owed": "saved"}' in said(responses)
    assert store.responses("visit", renamed={"owed": "saved"}).table["saved"].sum() == 507


def test_an_export_joins_nothing_either():
    """A column of the older version is no column of the newer one."""
    old = form("1", b.integer("boys", zh="几个男孩？", en="Number of boys"))
    new = form("2", b.integer("girls", zh="几个女孩？", en="Number of girls"))
    frame = pd.DataFrame({"village": ["Hubin"], "boys": ["3"], "meta/instanceID": ["uuid:1"]})
    responses = read_responses(frame, new, earlier=[old])
    assert responses.table["girls"].isna().all()
    assert "3" in responses.unknown["value"].tolist()


def test_an_equal_label_carries_the_answer_however_it_is_spaced():
    """White space is the one difference that is overlooked, in every language that both forms have."""
    old = form("1", b.integer("boys", zh="几个 男孩？", en="Number of  boys"))
    new = form("2", b.integer("sons", zh="几个 男孩？", en="Number of boys"))
    assert read_responses([answered("<boys>3</boys>")], new, earlier=[old]).table["sons"].tolist() == [3]


def test_a_label_that_differs_in_one_language_is_another():
    """English says the same, Chinese does not."""
    old = form("1", b.integer("boys", zh="几个男孩？", en="Number of children"))
    new = form("2", b.integer("girls", zh="几个女孩？", en="Number of children"))
    assert read_responses([answered("<boys>3</boys>")], new, earlier=[old]).table["girls"].isna().all()


def test_labels_that_changed_places_are_followed():
    """The answer goes with what was asked, not with the name that has another label now; and that is reported."""
    old = form("1", b.integer("a", zh="男孩？", en="Boys?"), b.integer("b", zh="女孩？", en="Girls?"))
    new = form("2", b.integer("a", zh="女孩？", en="Girls?"), b.integer("b", zh="男孩？", en="Boys?"))
    responses = read_responses([answered("<a>3</a><b>5</b>")], new, earlier=[old])
    assert responses.table[["a", "b"]].to_numpy().tolist() == [[5, 3]]
    assert "“a” are read as “b”" in said(responses)


def test_a_name_with_another_label_is_reported():
    """The answers stay under the same name, with a warning."""
    old = form("1", b.integer("children", zh="几个男孩？", en="Number of boys"))
    new = form("2", b.integer("children", zh="几个女孩？", en="Number of girls"))
    responses = read_responses([answered("<children>3</children>")], new, earlier=[old])
    assert "worded “children” otherwise" in said(responses)


def test_a_name_with_another_label_and_type_is_another_question():
    """`q1` was a count and is a choice: its answers would be misread."""
    yes_no = b.choices("yes_no", ("1", "是", "Yes"), ("0", "否", "No"))
    old = form("1", b.integer("q1", zh="几个男孩？", en="Number of boys"))
    new = form("2", b.select_one("q1", yes_no, zh="有自来水吗？", en="Is there tap water?"))
    responses = read_responses([answered("<q1>1</q1>")], new, earlier=[old])
    assert responses.table["q1"].isna().all()
    assert responses.unknown[["field", "value"]].to_numpy().tolist() == [["q1", "1"]]


def test_a_name_with_another_label_and_other_choices_is_another_question():
    """Codes 1 and 2 of another list mean other things."""
    crops = b.choices("crops", ("1", "水稻", "Rice"), ("2", "玉米", "Maize"))
    herds = b.choices("herds", ("1", "牛", "Cattle"), ("2", "猪", "Pigs"))
    old = form("1", b.select_one("main", crops, zh="主要作物？", en="Main crop?"))
    new = form("2", b.select_one("main", herds, zh="主要牲畜？", en="Main animal?"))
    assert read_responses([answered("<main>1</main>")], new, earlier=[old]).table["main"].isna().all()


def test_a_code_with_another_label_is_reported():
    """A choice that is worded otherwise is read as it is; 欠 and 存 are one character apart."""
    owes = b.choices("bank", ("1", "欠银行", "Owes the bank"), ("2", "都没有", "Neither"))
    saves = b.choices("bank", ("1", "存银行", "Saves at the bank"), ("2", "都没有", "Neither"))
    old, new = (form(v, b.select_one("bank", c, zh="与银行？", en="The bank?")) for v, c in (("1", owes), ("2", saves)))
    assert "the code “1” of the list “bank”" in said(read_responses([answered("<bank>1</bank>")], new, earlier=[old]))


@pytest.mark.parametrize("section", [b.group, b.repeat])
def test_a_section_that_gave_way_to_another_keeps_its_answers_to_itself(section):
    """ "Age" asked of the father is not "Age" asked of the mother, though name and label are equal."""
    age = b.integer("age", zh="年龄", en="Age")
    old = form("1", section("father", zh="父亲", en="Father", items=[age]))
    new = form("2", section("mother", zh="母亲", en="Mother", items=[age]))
    data = [answered("<father><age>61</age></father>")]
    responses = read_responses(data, new, earlier=[old])
    table = responses[responses.column("age").table]
    assert table["age"].isna().all()
    assert responses.unknown["value"].tolist() == ["61"]
    assert 'renamed={"father": "mother"}' in said(responses)
    told = read_responses(data, new, earlier=[old], renamed={"father": "mother"})
    assert told[told.column("age").table]["age"].tolist() == [61]


def test_two_of_one_label_are_not_guessed_between():
    """ "Please specify" after one question is not "Please specify" after another."""
    specify = {"zh": "请说明", "en": "Please specify"}
    old = form("1", b.text("need_other", **specify), b.text("wish_other", **specify))
    new = form("2", b.text("need_other", **specify), b.text("plan_other", **specify))
    responses = read_responses([answered("<need_other>a</need_other><wish_other>b</wish_other>")], new, earlier=[old])
    assert responses.table["need_other"].tolist() == ["a"]
    assert responses.table["plan_other"].isna().all()


def test_declared_renamings_do_not_affect_the_current_version():
    """Names that changed places: told for the older version, the newer one means what it says."""
    new = form("2", b.integer("a", zh="女孩？", en="Girls?"), b.integer("b", zh="男孩？", en="Boys?"))
    data = [answered("<a>3</a><b>5</b>"), answered("<a>1</a><b>2</b>", "2", "uuid:2")]
    responses = read_responses(data, new, renamed={"a": "b", "b": "a"})
    assert responses.table[["a", "b"]].to_numpy().tolist() == [[5, 3], [1, 2]]
