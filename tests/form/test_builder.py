"""The builder: a questionnaire written in Python becomes the expected form, or is refused with the name of the question."""

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


def test_only_used_columns_are_written_in_the_usual_order():
    """Types and names first, then wordings by language, then logic."""
    form = built(question(relevant="true()", hint={"zh": "看", "en": "Look"}, required=True))
    assert form.sheet("survey").header == (
        "type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)", "hint::English (en)",
        "required", "relevant",
    )  # fmt: skip
    assert form.sheet("choices") is None


def test_settings_hold_id_title_version_and_default_language():
    """The first language is the default, and its title is the form's."""
    form = built(question(), zh="屋顶调查", en="Roofs", languages=("en", "zh"))
    assert dict(form.settings) == {
        "form_title": "Roofs", "form_id": "test", "version": "1", "default_language": "English (en)",
    }  # fmt: skip


def test_form_in_one_language_omits_the_other():
    """Wordings in other languages are not written."""
    form = built(b.select_one("ok", YES_NO, zh="好吗", en="Is it well"), languages=("en",))
    assert form.languages == ("English (en)",)
    assert form.choices_of("ok").labels() == {"yes": "Yes", "no": "No"}


def test_other_languages_are_given_as_a_mapping():
    """Languages other than Chinese and English are given by code, in labels, hints and choices."""
    names = b.choices("names", ("a", {"de": "Gut", "zh": "好"}))
    item = b.select_one("ok", names, zh="好吗", label={"de": "Gut?"}, hint={"zh": "看", "de": "Siehe"})
    form = built(item, languages=("zh", "Deutsch (de)"))
    assert form["ok"].label("de") == "Gut?"
    assert form["ok"].wording("hint", "de") == "Siehe"
    assert form.choices_of("ok").labels("de") == {"a": "Gut"}


def test_groups_and_repeats_nest():
    """Paths follow the nesting, and repeat_count is kept."""
    form = built(b.group("home", zh="家", en="Home", items=[b.repeat("member", count=3, items=[question("name")])]))
    assert form["home/member/name"].path == ("home", "member", "name")
    assert form["member"].cell("repeat_count") == "3"


def test_unlinked_groups_are_marked_in_the_note_column():
    """The marker is in the group's row, before the designer's note."""
    form = built(b.group("appraisal", unlinked=True, note="asked alone", items=[question()]))
    assert form["appraisal"].cell("note") == "liuwen: unlinked; asked alone"


def test_choices_carry_their_columns_and_media():
    """Filter columns have no language, media may have one."""
    places = b.choices("place", ("a", "甲", "A", {"town": "east", "image": "a.png"}), ("b", "乙", "B", {"town": "west"}))
    form = built(b.select_one("place", places, zh="哪里", en="Where", choice_filter="town = 'east'"))
    first, second = form.choices_of("place")
    assert (first.columns, second.columns) == ({"town": "east"}, {"town": "west"})
    assert first.wordings["image"].in_language("en") == "a.png"


def test_question_with_pictures_and_custom_columns():
    """One picture for all languages or one per language; unknown columns are written as given."""
    shared, own = question("a", image="a.png"), question("b", image={"zh": "b.zh.png", "en": "b.en.png"})
    form = built(shared, own, question("c", columns={"bind::custom": "x"}))
    assert {"image", "image::中文 (zh)", "bind::custom"} <= set(form.sheet("survey").header)
    assert form["b"].wording("image", "en") == "b.en.png"
    assert "image has no English (en) text" in refused(question("b", image={"zh": "b.png"}))


def test_choices_take_columns_by_keyword():
    """One value per choice, in order."""
    assert b.choices("s", ("1", "差", "Poor"), ("2", "好", "Good"), score=[1, 2]).options[1].columns == {"score": "2"}


def test_select_from_file_names_its_columns():
    """Parameters name the columns of value and label if they are not the defaults."""
    item = b.select_one("village", b.from_file("villages.csv", value="code"), zh="村", en="Village")
    form = built(item, media={"villages.csv": b"code,label\n1,A\n"})
    assert (form["village"].from_file, form["village"].list_name) == (True, "villages.csv")
    assert form["village"].cell("parameters") == "value=code"
    assert list(form.media) == ["villages.csv"]


def test_entities_are_declared():
    """Entity lists have their own sheet, and questions name the property they are saved to."""
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
    """Types that the builder writes are types of the XLSForm reference."""
    form = built(*EVERY_KIND)
    assert {question.type for question in form.questions} <= TYPES
    assert form["slider"].cell("parameters") == "start=0 end=10 step=1"
    assert form["likert"].cell("appearance") == "likert"


# -- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "two words", "1st", "a/b", "meta", "a:b", "钱¥"])
def test_illegal_names_are_refused(name: str):
    """Names must be valid in XML."""
    assert f"“{name}” is not a valid name" in refused(question(name))


def test_the_same_name_twice_in_a_group_is_refused():
    """A name may recur in another group, but not in the same one."""
    assert "“home” contains two items named “roof”" in refused(b.group("home", items=[question(), question()]))
    assert built(b.group("one", items=[question()]), b.group("two", items=[question()]))


@pytest.mark.parametrize(
    "told", [{"relevant": "${rof} = 1"}, {"hint": {"zh": "${rof}", "en": "x"}}, {"default": "${ rof }"}, {"en": "On ${rof}"}]
)
def test_dangling_references_are_refused(told: dict[str, object]):
    """In logic, defaults, labels and hints."""
    message = refused(question("wall", **told))
    assert "“wall”" in message
    assert "${rof}" in message


def test_dangling_reference_as_a_choice_list_is_refused():
    """A select may take its choices from a repeat."""
    assert "${rof}" in refused(b.select_one("wall", b.from_file("${rof}"), zh="墙", en="Wall"))


def test_dangling_references_in_settings_and_entities_are_refused():
    """Settings and entities refer to questions too."""
    assert "instance_name refers to ${x}" in refused(question(), settings={"instance_name": "${x}"})
    assert "label refers to ${x}" in refused(question(), entities=[b.entity_list("homes", label="${x}")])


def test_ambiguous_references_are_refused():
    """A name used by several questions cannot be referenced."""
    groups = [b.group("one", items=[question()]), b.group("two", items=[question()])]
    assert "${roof}" in refused(*groups, question("wall", relevant="${roof} = 'a'"))


def test_last_saved_references_are_known():
    """`${last-saved#name}` refers to the same question of the previous interview."""
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
    """Each text is required in every language of the form."""
    assert said in refused(item)


def test_an_unknown_list_is_refused():
    """A list named only by its name must be given elsewhere in the form."""
    by_name = b.select_one("ok", "yes_no", zh="好", en="ok")
    assert "“ok” uses the choice list “yes_no”" in refused(by_name)
    assert built(by_name, lists=[YES_NO])


def test_lists_of_equal_name_must_be_equal():
    """An equal name with different choices is refused."""
    other = b.choices("yes_no", ("yes", "对", "Right"))
    items = [b.select_one("a", YES_NO, zh="甲", en="a"), b.select_one("b", other, zh="乙", en="b")]
    assert "“b” uses a choice list “yes_no” that differs" in refused(*items)


def test_a_constraint_needs_its_message():
    """The visitor must be told why an answer is refused."""
    assert "“roof” has a constraint but no" in refused(question(constraint=". != ''"))
    message = {"zh": "请填写", "en": "Fill it in"}
    assert built(question(constraint=". != ''", constraint_message=message))


def test_empty_groups_and_lists_are_refused():
    """At least one item is required."""
    assert "“home” contains no questions" in refused(b.group("home", items=[]))
    assert "“none” has no choices" in refused(b.select_one("a", b.choices("none"), zh="甲", en="a"))


def test_faulty_choice_values_are_refused():
    """Values must be unique, and contain no spaces because spaces separate answers."""
    assert "the value “a b”" in refused(b.select_one("x", b.choices("l", ("a b", "甲", "A")), zh="甲", en="a"))
    assert "contains “a” twice" in refused(b.select_one("x", b.choices("l", ("a", "甲", "A"), ("a", "乙", "B")), zh="甲", en="a"))


# -- properties -----------------------------------------------------------------------------------------------------

NAMES = st.text(string.ascii_lowercase + "村民_", min_size=1, max_size=8).filter(lambda name: name != "meta")
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="${}"), min_size=1, max_size=20).filter(
    str.strip
)


@given(st.lists(st.tuples(NAMES, TEXTS, TEXTS), min_size=1, max_size=8, unique_by=lambda row: row[0]))
def test_built_form_reads_back_unchanged(rows: list[tuple[str, str, str]]):
    """Any names, order and wordings are preserved."""
    form = built(b.group("all", items=[b.text(name, zh=zh, en=en) for name, zh, en in rows]))
    assert [(q.name, q.label("zh"), q.label("en")) for q in form.questions] == [(n, zh.strip(), en.strip()) for n, zh, en in rows]


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True), st.data())
def test_reference_is_refused_exactly_if_the_name_does_not_exist(names: list[str], data: st.DataObject):
    """The check depends on the names alone."""
    present = data.draw(st.sets(st.sampled_from(names), min_size=1))
    wanted = data.draw(st.sampled_from(names))
    items = [question(name) for name in sorted(present)] + [question("the_last_one", relevant=f"${{{wanted}}} != ''")]
    if wanted in present:
        assert built(*items)["the_last_one"]
    else:
        assert f"${{{wanted}}}" in refused(*items)
