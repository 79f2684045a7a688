"""Which questions of any form can be looked at."""

import pytest

from liuwen.analysis import household_groups, needs, place_columns, select_multiples, visit_dates
from liuwen.analysis.candidates import is_no_need, likely_needs
from liuwen.form import builder as b
from liuwen.form import read_form
from liuwen.form.places import likely_places
from liuwen.responses import read_responses

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
PLACES = b.choices("places", ("a", "甲", "A"), ("b", "乙", "B"), ("c", "丙", "C"))
WANTS = b.choices("wants", ("road", "路", "Road"), ("water", "水", "Water"))


def form_of(*items):
    return b.build_form("any", zh="任何", en="Any", version="1", items=list(items))


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [("village", "问", "Ask"), ("admin3", "问", "Ask"), ("cun", "您住在哪个村？", "Where?"), ("q3", "问", "Which district?")],
)
def test_a_place_is_found_by_name_or_by_label_in_either_language(name, zh, en):
    """Village, admin3, 村, district."""
    form = form_of(b.select_one(name, PLACES, zh=zh, en=en))
    assert likely_places(form, [name]) == [name]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("village_committee", "您对村两委满意吗？", "How is the village committee?"),
        ("displaced", "流离", "Were you displaced from the city?"),
        ("colour", "颜色", "Colour"),
    ],
)
def test_questions_that_only_mention_a_place_are_not_places(name, zh, en):
    """An opinion of a village committee is not a village."""
    assert likely_places(form_of(b.select_one(name, PLACES, zh=zh, en=en)), [name]) == []


def test_yes_no_questions_are_not_places():
    """A yes/no list is not a list of places, whatever the question's name."""
    assert likely_places(form_of(b.select_one("outside_village", YES_NO, zh="村外", en="Outside?")), ["outside_village"]) == []


def test_the_finest_place_comes_first():
    """Village before township before county, in whatever order they are asked."""
    asked = [b.select_one(name, PLACES, zh="问", en="Ask") for name in ("county", "township", "village")]
    assert likely_places(form_of(*asked), ["county", "township", "village"]) == ["village", "township", "county"]


def test_a_place_chosen_from_a_list_comes_before_one_that_is_typed():
    """Of two that are as fine: what a list offers is no free text."""
    asked = [b.text("hamlet", zh="问", en="Ask"), b.select_one("village", PLACES, zh="问", en="Ask")]
    assert likely_places(form_of(*asked), ["hamlet", "village"]) == ["village", "hamlet"]


def test_needs_come_first_then_what_all_are_asked_then_what_speaks_of_needs():
    """`needs` by its name; conditions last."""
    form = form_of(
        b.select_one("village", PLACES, zh="村", en="Village"),
        b.select_multiple("troubles", WANTS, zh="困难", en="Difficulties", relevant="${village} = 'a'"),
        b.select_multiple("media", WANTS, zh="媒体", en="Media"),
        b.select_multiple("priorities", WANTS, zh="最急需的", en="Priorities"),
        b.select_multiple("needs", WANTS, zh="需求", en="Needs"),
    )
    assert likely_needs(form, ["troubles", "media", "priorities", "needs"]) == ["needs", "priorities", "media", "troubles"]


def test_questions_about_members_are_not_household_needs():
    """Questions in a repeat have another base."""
    form = form_of(b.repeat("member", zh="成员", en="Member", items=[b.select_multiple("needs", WANTS, zh="需", en="Needs")]))
    assert likely_needs(form, ["needs"]) == []


@pytest.mark.parametrize(
    "name", ["none", "dont_know", "dnk", "pnta", "prefer_not_answer", "refused", "99", "-99", "no_answer", "rather_not_say"]
)
def test_choices_for_no_need_and_no_answer_are_recognised(name):
    """By the names that real forms use."""
    assert is_no_need(name)


@pytest.mark.parametrize(
    ("name", "label"), [("road", "修路"), ("x", "没水"), ("9", "无人照料"), ("other", "其他"), ("nonetheless", "N")]
)
def test_needs_are_not_mistaken_for_no_need(name, label):
    """A want of water is a need, though it begins with 没."""
    assert not is_no_need(name, (label,))


def test_a_blank_was_asked_and_a_missing_question_was_not(tmp_path):
    """The base is who was asked: 9 of 12, one of whom said nothing."""
    form = form_of(b.select_one("village", PLACES, zh="村", en="Village"), b.select_multiple("needs", WANTS, zh="需", en="Needs"))
    answers = ["<needs>road</needs>"] * 8 + ["<needs/>"] + [""] * 3
    for number, answer in enumerate(answers):
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        xml = f'<any id="any" version="1"><village>a</village>{answer}{meta}</any>'
        (tmp_path / f"{number}.xml").write_text(xml, encoding="utf-8")
    table = needs(read_responses(tmp_path, form=form), by="village", minimum=1)
    assert table["asked"].unique().tolist() == [9]
    assert table.set_index("need")["wanting"].to_dict() == {"road": 8, "water": 0, "": 1}


@pytest.mark.parametrize(
    ("villages", "found"), [("a", ["village"]), ("aaaa", ["village"]), ("abc", ["village"]), ("aabb", ["village"]), ("", [])]
)
def test_the_first_answers_are_enough_to_know_the_place_by(tmp_path, villages, found):
    """One visit, one village, or every visit in another village; but not where nobody has answered."""
    form = form_of(b.select_one("village", PLACES, zh="村", en="Village"), b.text("town", zh="镇", en="Town"))
    for number, village in enumerate(villages):
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        xml = f'<any id="any" version="1"><village>{village}</village><town>t{number}</town>{meta}</any>'
        (tmp_path / f"{number}.xml").write_text(xml, encoding="utf-8")
    source = tmp_path if villages else []
    assert place_columns(read_responses(source, form=form)) == found


@pytest.mark.slow
def test_households_are_sorted_by_their_kind_alone(tmp_path):
    """By a question that speaks of a kind and was answered in two ways at least; not by what a kind of household needs."""
    form = form_of(
        b.select_one("village_group", PLACES, zh="村组", en="Village"),
        b.select_one("household_type", YES_NO, zh="户别", en="Kind"),
        b.select_one("age_group", YES_NO, zh="年龄", en="Age"),
        b.select_one("roof", YES_NO, zh="屋顶", en="Roof"),
        b.select_multiple("group_needs", WANTS, zh="需求", en="Needs"),
    )
    for number, (village, kind, wants) in enumerate([("a", "yes", "road"), ("b", "no", "water"), ("a", "no", "road")]):
        answers = f"<village_group>{village}</village_group><household_type>{kind}</household_type><age_group>yes</age_group>"
        meta = f"<roof>{kind}</roof><group_needs>{wants}</group_needs><meta><instanceID>uuid:{number}</instanceID></meta>"
        (tmp_path / f"{number}.xml").write_text(f'<any id="any" version="1">{answers}{meta}</any>', encoding="utf-8")
    assert household_groups(read_responses(tmp_path, form=form)) == ["household_type"]


@pytest.mark.parametrize(
    ("folder", "place", "question", "asked"),
    [
        ("reach-assessment", "neighbourhood", "primary_livelihood", 632),
        ("msna-2024", "cluster_id", "aap_priority_challenge", 241),
    ],
)
def test_finds_its_way_in_forms_the_project_did_not_write(corpus, folder, place, question, asked):
    """Two real assessments: their places, their needs, their dates."""
    form = read_form(corpus / "submissions" / folder / "form.xlsx")
    responses = read_responses(corpus / "submissions" / folder / "data.xlsx", form=form)
    assert place_columns(responses)[0] == place
    assert select_multiples(responses)[0] == question
    assert visit_dates(responses)
    assert household_groups(responses) == []
    assert needs(responses, by=None)["asked"].unique().tolist() == [asked]


@pytest.mark.slow
def test_counts_in_a_real_assessment_as_a_plain_count_does(corpus):
    """632 interviews by neighbourhood, beside pandas' own dummies: equal wherever a figure is shown."""
    folder = corpus / "submissions" / "reach-assessment"
    responses = read_responses(folder / "data.xlsx", form=read_form(folder / "form.xlsx"))
    plain = responses.table["primary_livelihood"].str.get_dummies(" ").groupby(responses.table["neighbourhood"].astype(str)).sum()
    table = needs(responses, by="neighbourhood", question="primary_livelihood")
    shown = table[~table["suppressed"] & table["need"].isin(plain.columns)]
    assert len(shown) > 200
    assert [plain.loc[row.neighbourhood, row.need] for row in shown.itertuples()] == shown["wanting"].tolist()
