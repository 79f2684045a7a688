"""The builder: a questionnaire written question by question becomes the form it reads like, or is refused by name."""

import datetime
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.form.types import TYPES

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


def built(*items: b.Item, **told: object) -> Form:
    return b.build_form("test", version="1", items=items, **told)


def refused(*items: b.Item, **told: object) -> str:
    with pytest.raises(FormError) as caught:
        built(*items, **told)
    assert caught.value.sentence.zh != caught.value.sentence.en
    return caught.value.sentence.en


def question(name: str = "roof", **told: object) -> b.Item:
    return b.text(name, **{"zh": "屋顶", "en": "Roof", **told})


# -- what it writes -------------------------------------------------------------------------------------------------


def test_columns_are_only_those_used_in_the_order_designers_know():
    """Types and names come first, then wordings by language, then logic."""
    form = built(question(relevant="true()", hint={"zh": "看", "en": "Look"}, required=True))
    assert form.sheet("survey").header == (
        "type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)", "hint::English (en)",
        "required", "relevant",
    )  # fmt: skip
    assert form.sheet("choices") is None


def test_settings_hold_id_title_version_and_default_language():
    """The first language is the one a phone opens with, and gives the title."""
    form = built(question(), zh="屋顶调查", en="Roofs", languages=("en", "zh"))
    assert dict(form.settings) == {
        "form_title": "Roofs", "form_id": "test", "version": "1", "default_language": "English (en)",
    }  # fmt: skip


def test_one_language_leaves_the_other_out():
    """Wordings in languages the form does not have are not written."""
    form = built(b.select_one("ok", YES_NO, zh="好吗", en="Is it well"), languages=("en",))
    assert form.languages == ("English (en)",)
    assert form.choices_of("ok").labels() == {"yes": "Yes", "no": "No"}


def test_a_further_language_is_given_by_a_mapping():
    """Languages other than Chinese and English come by code, in labels, hints and choices."""
    names = b.choices("names", ("a", {"de": "Gut", "zh": "好"}))
    item = b.select_one("ok", names, zh="好吗", label={"de": "Gut?"}, hint={"zh": "看", "de": "Siehe"})
    form = built(item, languages=("zh", "Deutsch (de)"))
    assert form["ok"].label("de") == "Gut?"
    assert form["ok"].wording("hint", "de") == "Siehe"
    assert form.choices_of("ok").labels("de") == {"a": "Gut"}


def test_groups_and_repeats_nest():
    """Paths follow the nesting, and the repeat's count is kept."""
    form = built(b.group("home", zh="家", en="Home", items=[b.repeat("member", count=3, items=[question("name")])]))
    assert form["home/member/name"].path == ("home", "member", "name")
    assert form["member"].cell("repeat_count") == "3"


def test_unlinked_groups_are_marked_in_the_note_column():
    """The mark stands on the group's own row, before the designer's remark."""
    form = built(b.group("appraisal", unlinked=True, note="asked alone", items=[question()]))
    assert form["appraisal"].cell("note") == "liuwen: unlinked; asked alone"


def test_choices_carry_their_columns_and_media():
    """Filter columns are plain, media are written once a language."""
    places = b.choices("place", ("a", "甲", "A", {"town": "east", "image": "a.png"}), ("b", "乙", "B", {"town": "west"}))
    form = built(b.select_one("place", places, zh="哪里", en="Where", choice_filter="town = 'east'"))
    first, second = form.choices_of("place")
    assert (first.columns, second.columns) == ({"town": "east"}, {"town": "west"})
    assert first.wordings["image"].in_language("en") == "a.png"


def test_a_question_carries_pictures_and_any_other_column():
    """A picture is one for all languages or one each; a column the builder has no word for is written as it is given."""
    shared, own = question("a", image="a.png"), question("b", image={"zh": "b.zh.png", "en": "b.en.png"})
    form = built(shared, own, question("c", columns={"bind::custom": "x"}))
    assert {"image", "image::中文 (zh)", "bind::custom"} <= set(form.sheet("survey").header)
    assert form["b"].wording("image", "en") == "b.en.png"
    assert "image has no English (en) text" in refused(question("b", image={"zh": "b.png"}))


def test_choices_take_columns_by_keyword():
    """One value an option, in order."""
    assert b.choices("s", ("1", "差", "Poor"), ("2", "好", "Good"), score=[1, 2]).options[1].columns == {"score": "2"}


def test_select_from_file_names_its_columns():
    """Parameters say which columns hold value and label where they are not the usual ones."""
    item = b.select_one("village", b.from_file("villages.csv", value="code"), zh="村", en="Village")
    form = built(item, media={"villages.csv": b"code,label\n1,A\n"})
    assert (form["village"].from_file, form["village"].list_name) == (True, "villages.csv")
    assert form["village"].cell("parameters") == "value=code"
    assert list(form.media) == ["villages.csv"]


def test_entities_are_declared():
    """An entity list stands on its own sheet, and questions say where they are saved."""
    form = built(question("label", save_to="name"), entities=[b.entity_list("households", label="${label}")])
    assert form.entities == ({"list_name": "households", "label": "${label}"},)
    assert form["label"].cell("save_to") == "name"


def test_values_are_written_as_xlsform_writes_them():
    """True is "yes", dates are ISO dates, numbers are digits, False is nothing."""
    form = built(b.date("day", zh="日", en="Day", default=datetime.date(2026, 1, 2), required=True, read_only=False))
    assert (form["day"].cell("default"), form["day"].cell("required"), form["day"].cell("read_only")) == ("2026-01-02", "yes", "")


WORDS = {"zh": "问", "en": "Ask"}
EVERY_KIND = [
    *(
        word(word.__name__.strip("_") + "_q", **WORDS)
        for word in (b.text, b.integer, b.decimal, b.date, b.time, b.datetime, b.geopoint, b.geotrace, b.geoshape, b.image,
                     b.audio, b.video, b.file, b.barcode, b.note, b.acknowledge)
    ),
    *(word(word.__name__, YES_NO, **WORDS) for word in (b.select_one, b.select_multiple, b.rank, b.likert)),
    b.range_("slider", 0, 10, **WORDS),
    *(word() for word in (b.start, b.end, b.today, b.deviceid, b.username, b.audit)),
    b.metadata("phonenumber"),
    b.hidden("kept", default="a"),
    b.calculate("double", "${integer_q} * 2"),
]  # fmt: skip


def test_every_kind_of_question_is_one_that_xlsform_knows():
    """What the builder writes is read back as a type of the XLSForm reference."""
    form = built(*EVERY_KIND)
    assert {question.type for question in form.questions} <= TYPES
    assert form["slider"].cell("parameters") == "start=0 end=10 step=1"
    assert form["likert"].cell("appearance") == "likert"


# -- what it refuses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "two words", "1st", "a/b", "meta", "a:b", "钱¥"])
def test_illegal_names_are_refused(name: str):
    """A name must be one that XML allows."""
    assert f"“{name}” is not a valid name" in refused(question(name))


def test_the_same_name_twice_in_a_group_is_refused():
    """Names may return in another group, not in the same one."""
    assert "“home” contains two items named “roof”" in refused(b.group("home", items=[question(), question()]))
    assert built(b.group("one", items=[question()]), b.group("two", items=[question()]))


@pytest.mark.parametrize(
    "told", [{"relevant": "${rof} = 1"}, {"hint": {"zh": "${rof}", "en": "x"}}, {"default": "${ rof }"}, {"en": "On ${rof}"}]
)
def test_dangling_references_are_refused(told: dict[str, object]):
    """Wherever they stand: in logic, defaults, labels or hints."""
    message = refused(question("wall", **told))
    assert "“wall”" in message
    assert "${rof}" in message


def test_a_dangling_reference_to_what_is_chosen_from_is_refused():
    """A select draws on the answers of a repeat by name."""
    assert "${rof}" in refused(b.select_one("wall", b.from_file("${rof}"), zh="墙", en="Wall"))


def test_dangling_references_beside_the_questions_are_refused():
    """Settings and entities refer to questions too."""
    assert "instance_name refers to ${x}" in refused(question(), settings={"instance_name": "${x}"})
    assert "label refers to ${x}" in refused(question(), entities=[b.entity_list("homes", label="${x}")])


def test_ambiguous_references_are_refused():
    """A name that several questions bear cannot be referred to."""
    groups = [b.group("one", items=[question()]), b.group("two", items=[question()])]
    assert "${roof}" in refused(*groups, question("wall", relevant="${roof} = 'a'"))


def test_last_saved_references_are_known():
    """`${last-saved#name}` refers to the same question in the interview before."""
    assert built(question(default="${last-saved#roof}"))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (b.text("roof", zh="屋顶"), "“roof”: label has no English (en) text"),
        (b.text("roof"), "“roof”: label has no 中文 (zh) text"),
        (question(en="  "), "“roof”: label has no English (en) text"),
        (question(hint={"zh": "看"}), "“roof”: hint has no English (en) text"),
        (b.select_one("ok", b.choices("one", ("a", "甲")), zh="好", en="ok"), "“one: a”: label has no English (en) text"),
    ],
)
def test_a_missing_wording_is_refused(item: b.Item, said: str):
    """Each text must stand in every language of the form."""
    assert said in refused(item)


def test_an_unknown_list_is_refused():
    """A list may be named only where it is given elsewhere in the form."""
    by_name = b.select_one("ok", "yes_no", zh="好", en="ok")
    assert "“ok” uses the choice list “yes_no”" in refused(by_name)
    assert built(by_name, lists=[YES_NO])


def test_lists_of_one_name_must_be_one_list():
    """The same name with other choices is refused."""
    other = b.choices("yes_no", ("yes", "对", "Right"))
    items = [b.select_one("a", YES_NO, zh="甲", en="a"), b.select_one("b", other, zh="乙", en="b")]
    assert "“b” uses a choice list “yes_no” that differs" in refused(*items)


def test_a_constraint_needs_its_message():
    """The visitor must be told why an answer is refused."""
    assert "“roof” has a constraint but no" in refused(question(constraint=". != ''"))
    message = {"zh": "请填写", "en": "Fill it in"}
    assert built(question(constraint=". != ''", constraint_message=message))


def test_empty_groups_and_lists_are_refused():
    """Something must stand in them."""
    assert "“home” contains no questions" in refused(b.group("home", items=[]))
    assert "“none” has no choices" in refused(b.select_one("a", b.choices("none"), zh="甲", en="a"))


def test_faulty_choice_values_are_refused():
    """Values are told apart by spaces in a select-multiple, and must differ."""
    assert "the value “a b”" in refused(b.select_one("x", b.choices("l", ("a b", "甲", "A")), zh="甲", en="a"))
    assert "contains “a” twice" in refused(b.select_one("x", b.choices("l", ("a", "甲", "A"), ("a", "乙", "B")), zh="甲", en="a"))


# -- whatever is built ----------------------------------------------------------------------------------------------

NAMES = st.text(string.ascii_lowercase + "村民_", min_size=1, max_size=8).filter(lambda name: name != "meta")
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="${}"), min_size=1, max_size=20).filter(
    str.strip
)


@given(st.lists(st.tuples(NAMES, TEXTS, TEXTS), min_size=1, max_size=8, unique_by=lambda row: row[0]))
def test_what_is_built_reads_back_as_it_was_written(rows: list[tuple[str, str, str]]):
    """Names, order and wordings survive, whatever they are."""
    form = built(b.group("all", items=[b.text(name, zh=zh, en=en) for name, zh, en in rows]))
    assert [(q.name, q.label("zh"), q.label("en")) for q in form.questions] == [(n, zh.strip(), en.strip()) for n, zh, en in rows]


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True), st.data())
def test_a_reference_is_refused_exactly_when_nothing_bears_its_name(names: list[str], data: st.DataObject):
    """Whether it is dangling depends on the names alone."""
    present = data.draw(st.sets(st.sampled_from(names), min_size=1))
    wanted = data.draw(st.sampled_from(names))
    items = [question(name) for name in sorted(present)] + [question("the_last_one", relevant=f"${{{wanted}}} != ''")]
    if wanted in present:
        assert built(*items)["the_last_one"]
    else:
        assert f"${{{wanted}}}" in refused(*items)
