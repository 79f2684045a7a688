"""Filling in a form as a phone does."""

# ruff: noqa: E501  # forms as tables on long lines

import os
import signal
from datetime import date, datetime, timedelta, timezone

import pytest

from liuwen.engine import Device, Engine, engine, interview
from liuwen.errors import AnswerError, EngineError, ReadError
from liuwen.form import read_form

VISIT = """
| survey |
| | type | name | label::中文 (zh) | label::English (en) | hint::English (en) | relevant | constraint | constraint_message::中文 (zh) | constraint_message::English (en) | required | required_message::中文 (zh) | required_message::English (en) | choice_filter | calculation | parameters |
| | start | start | | | | | | | | | | | | | |
| | end | end | | | | | | | | | | | | | |
| | today | today | | | | | | | | | | | | | |
| | deviceid | device | | | | | | | | | | | | | |
| | username | visitor | | | | | | | | | | | | | |
| | calculate | drawn | | | | | | | | | | | | once(random()) | |
| | select_one yn | consent | 您愿意吗？ | Do you agree? | Read it out | | | | | yes | 请先征得同意 | Ask for consent first | | | |
| | begin group | house | 家庭 | Household | | ${consent} = 'yes' | | | | | | | | | |
| | integer | people | 几口人？ | How many people? | | | . > 0 and . <= 20 | 1 到 20 人 | 1 to 20 people | | | | | | |
| | date | visited | 走访日期 | Date of visit | | | . <= today() | | | | | | | | |
| | select_one town | town | 乡镇 | Town | | | | | | | | | | | |
| | select_one village | village | 村 | Village | | | | | | | | | town = ${town} | | |
| | select_multiple need | needs | 需要什么？ | What is needed? | | | | | | | | | | | |
| | text | other | 其他 | Other | | selected(${needs}, 'other') | | | | | | | | | |
| | rank need | order | 排序 | Order | | | | | | | | | | | |
| | range | mark | 打分 | Mark | | | | | | | | | | | start=0 end=10 step=1 |
| | begin repeat | member | 成员 | Member | | | | | | | | | | | |
| | text | name | 姓名 | Name | | | | | | | | | | | |
| | integer | age | ${name}几岁？ | How old is ${name}? | | | | | | | | | | | |
| | note | thanks | 谢谢 | Thanks | | | | | | | | | | | |
| | end repeat | | | | | | | | | | | | | | |
| | geopoint | place | 位置 | Position | | | | | | | | | | | |
| | image | photo | 照片 | Photo | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | |
| | acknowledge | done | 完成 | Done | | | | | | | | | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) | town |
| | yn | yes | 愿意 | Yes | |
| | yn | no | 不愿意 | No | |
| | town | east | 东镇 | East | |
| | town | west | 西镇 | West | |
| | village | e1 | 东一村 | East One | east |
| | village | e2 | 东二村 | East Two | east |
| | village | w1 | 西一村 | West One | west |
| | need | water | 用水 | Water | |
| | need | road | 道路 | Road | |
| | need | other | 其他 | Other | |
| settings |
| | form_title | form_id | version | default_language |
| | Visit | visit | 7 | 中文 (zh) |
"""
NOON = datetime(2025, 3, 1, 12, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def visit():
    return read_form(VISIT.encode())


@pytest.fixture
def walk(visit):
    return interview(visit, language="en", now=NOON, device=Device("phone-1", username="Li"), seed=1)


def test_the_question_is_shown_in_the_chosen_language(visit, walk):
    """Label, hint and choices in English, or in the default language of the form if none is named."""
    assert walk.question.label == "Do you agree?"
    assert walk.question.hint == "Read it out"
    assert walk.question.choices == {"yes": "Yes", "no": "No"}
    assert interview(visit).question.label == "您愿意吗？"
    assert walk.speak("zh").question.choices == {"yes": "愿意", "no": "不愿意"}
    with pytest.raises(AnswerError, match="fr"):
        walk.speak("fr")


def test_irrelevant_questions_are_not_asked(walk):
    """Refusing consent closes the group; giving it opens the group again."""
    assert not walk.asks("people")
    assert walk.answer("consent", "no").question.name == "done"
    assert walk.answer("consent", "yes").asks("people")
    assert walk.question.path == "house/people"
    assert not walk.asks("other")


def test_refused_answer_gives_the_message_of_the_form(walk):
    """Constraint and required messages are in the current language, and the interview stays at the question."""
    with pytest.raises(AnswerError, match="Ask for consent first"):
        walk.next()
    walk.answer("yes")
    with pytest.raises(AnswerError, match="1 to 20 people"):
        walk.answer(21)
    assert walk.question.name == "people"
    with pytest.raises(AnswerError, match="1 到 20 人"):
        walk.speak("zh").answer(0)
    assert walk.value("people") is None
    assert walk.answer(4).value("people") == "4"


def test_unknown_name_is_an_error(walk):
    """A test of a form must not pass because it names a question that does not exist."""
    with pytest.raises(AnswerError, match="no question named 'poeple'"):
        walk.asks("poeple")
    with pytest.raises(AnswerError, match="no question named 'member/nmae'"):
        walk.value("member/nmae")
    assert walk.value("member/name") is None


def test_required_message_in_the_default_language(visit):
    """The message of another language is not shown."""
    with pytest.raises(AnswerError, match="请先征得同意"):
        interview(visit).answer(None)


def test_a_value_of_the_wrong_kind_is_refused(walk):
    """Text for a number, an impossible date, a choice that is not on the list."""
    walk.answer("yes")
    for name, value in [("people", "four"), ("people", 2.5), ("visited", "2025-02-30"), ("mark", 11), ("place", "here")]:
        with pytest.raises(AnswerError, match=name):
            walk.answer(name, value)
    with pytest.raises(AnswerError, match="water, road, other"):
        walk.answer("needs", ["water", "beer"])


def test_choices_are_filtered_by_current_answers(walk):
    """The villages are those of the chosen town; choosing another town clears the answer."""
    walk.answer("yes").answer("town", "east")
    assert list(walk.question.choices) == ["e1", "e2"]
    walk.answer("e1").answer("town", "west")
    assert walk.question.choices == {"w1": "West One"}
    assert walk.question.value is None
    with pytest.raises(AnswerError, match="w1"):
        walk.answer("e1")


def test_repeats_are_added_answered_and_removed(walk):
    """The offer to add a repeat is a question; a label may contain an answer of its own repeat."""
    walk.answer("yes").jump("member[1]/name").answer("甲").answer(70)
    assert walk.question.type == "note"
    assert walk.next().question.type == "repeat"
    walk.answer(True).answer("乙")
    assert walk.question.label == "How old is 乙?"
    assert walk.question.path == "house/member[2]/age"
    walk.answer(8).add("member").answer("丙")
    assert [walk.value(f"member[{n}]/name") for n in (1, 2, 3)] == ["甲", "乙", "丙"]
    walk.remove("member[1]")
    assert [walk.value(f"member[{n}]/name") for n in (1, 2, 3)] == ["乙", "丙", None]
    with pytest.raises(AnswerError):
        walk.remove("member[9]")


def test_repeat_with_repeat_count_cannot_be_changed():
    """As on a phone; the form determines the number of instances."""
    walk = interview(
        read_form(b"""
| survey |
| | type | name | label | repeat_count |
| | begin repeat | room | Room | 2 |
| | text | use | Used as | |
| | end repeat | | | |
""")
    )
    with pytest.raises(AnswerError, match="room"):
        walk.add("room")
    with pytest.raises(AnswerError, match=r"'room\[1\]' cannot be removed"):
        walk.remove("room[1]")
    walk.answer("kitchen").answer("stable")
    assert walk.question is None


def test_going_back_and_jumping(walk):
    """Going back leads to the previous question; jumping to a question that is irrelevant or missing is refused."""
    walk.answer("yes").answer(3)
    assert walk.question.name == "visited"
    assert walk.back().question.name == "people"
    assert walk.back().back().question.name == "consent"
    with pytest.raises(AnswerError, match="not asked now"):
        walk.jump("other")
    with pytest.raises(AnswerError, match="no question named 'beer'"):
        walk.jump("beer")
    with pytest.raises(AnswerError, match="read-only"):
        walk.answer("thanks", "you")


def test_content_of_the_finished_submission(walk):
    """Answers, empty nodes for unanswered questions, nothing for irrelevant ones, and metadata of the phone."""
    walk.answer("yes").answer(2).answer(date(2025, 3, 1)).answer("west").answer("w1").answer(["road", "water"])
    walk.answer("order", ["road", "water", "other"]).answer("mark", 7).answer("place", (30.5, 120.25)).answer(
        ("p.jpg", b"\xff\xd8")
    )
    walk.now = NOON + timedelta(minutes=20)
    xml = walk.answer("done", True).finalise().decode()
    for piece in (
        'id="visit" version="7"',
        "<start>2025-03-01T12:00:00.000+08:00</start>",
        "<end>2025-03-01T12:20:00.000+08:00</end>",
        "<today>2025-03-01</today>",
        "<device>phone-1</device>",
        "<visitor>Li</visitor>",
        "<people>2</people>",
        "<visited>2025-03-01</visited>",
        "<needs>road water</needs>",
        "<order>road water other</order>",
        "<mark>7</mark>",
        "<place>30.5 120.25 0.0 0.0</place>",
        "<photo>p.jpg</photo>",
        "<name />",
        "<done>OK</done>",
    ):
        assert piece in xml
    assert "<other" not in xml
    assert walk.submission.decode() == xml
    assert walk.attachments == {"p.jpg": b"\xff\xd8"}


def test_submission_is_available_only_when_finished(walk):
    """The interview must be finished first, and any change makes it unfinished again."""
    with pytest.raises(AnswerError, match="finalise"):
        _ = walk.submission
    walk.answer("consent", "no").finalise()
    walk.answer("done", True)
    with pytest.raises(AnswerError, match="finalise"):
        _ = walk.submission


def test_invalid_answer_prevents_finishing(walk):
    """Finishing is refused if an answer is missing, and the interview moves to that question."""
    walk.jump("done")
    with pytest.raises(AnswerError, match="Ask for consent first"):
        walk.finalise()
    assert walk.question.name == "consent"


def test_equal_clock_and_seed_give_the_same_submission(visit):
    """With a fixed clock and seed, instance ID and random numbers are reproducible; another seed changes them."""

    def once(seed):
        return interview(visit, now=NOON, seed=seed).answer("no").answer(True).finalise()

    assert once(5) == once(5)
    assert once(5) != once(6)


def test_today_can_be_set(visit):
    """`today()` in a constraint uses the phone's clock, even a century away."""
    walk = interview(visit, language="en", today="1949-10-01").answer("yes")
    with pytest.raises(AnswerError, match="visited"):
        walk.answer("visited", "1949-10-02")
    assert walk.answer("visited", "1949-10-01").value("visited") == "1949-10-01"


def test_interview_survives_the_death_of_its_worker(visit):
    """If the worker is killed, earlier answers are restored."""
    own = Engine()
    walk = interview(visit, language="en", now=NOON, seed=1, using=own).answer("yes").answer(5)
    drawn = walk.value("drawn")
    os.kill(own.pid, signal.SIGKILL)
    os.waitid(os.P_PID, own.pid, os.WEXITED | os.WNOWAIT)
    assert walk.question.name == "visited"
    assert walk.value("people") == "5"
    assert walk.value("drawn") == drawn
    own.close()


def test_an_interview_that_is_repeated_draws_the_same():
    """The worker keeps some interviews; one that it has dropped is repeated, also where no seed was given."""
    rows = "".join(f"| | calculate | {name} | | once({draw}) |\n" for name, draw in (("number", "random()"), ("id", "uuid()")))
    form = read_form(f"| survey |\n| | type | name | label | calculation |\n| | text | remark | Remark | |\n{rows}".encode())
    own = Engine()
    walk = interview(form, using=own)
    drawn = walk.value("number"), walk.value("id")
    own.close()
    assert (walk.value("number"), walk.value("id")) == drawn
    other = interview(form, using=own)
    assert other.value("number") != drawn[0] and other.value("id") != drawn[1]
    own.close()


def test_concurrent_interviews_are_independent(visit):
    """Interviews of one form share neither answers nor clocks, however many there are."""
    walks = [interview(visit, today=date(2025, 1, 1 + n)).answer("yes").answer(1 + n) for n in range(18)]
    assert [walk.value("people") for walk in walks] == [str(1 + n) for n in range(18)]
    assert [walk.value("today") for walk in walks] == [f"2025-01-{1 + n:02d}" for n in range(18)]


EXTERNAL = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>t</h:title><model><instance><data id="t"><v/><g/><x/><head/></data></instance>
<instance id="v" src="jr://file-csv/villages.csv"/><instance id="g" src="jr://file/wells.geojson"/><instance id="x" src="jr://file/x.xml"/>
<bind nodeset="/data/v" type="string"/><bind nodeset="/data/g" type="string"/><bind nodeset="/data/x" type="string"/>
<bind nodeset="/data/head" type="string" calculate="pulldata('villages', 'head', 'name', /data/v)"/></model></h:head>
<h:body>{selects}</h:body></h:html>"""
SELECT = """<select1 ref="/data/{n}"><label>{n}</label><itemset nodeset="instance('{n}')/root/item"><value ref="{v}"/><label ref="{l}"/></itemset></select1>"""


def test_lists_in_files_are_offered(tmp_path):
    """CSV, GeoJSON and XML lists of a bare XForm are read, and `pulldata` finds values in the CSV."""
    selects = "".join(
        SELECT.format(n=n, v=v, l=text) for n, v, text in [("v", "name", "label"), ("g", "id", "title"), ("x", "name", "label")]
    )
    (tmp_path / "t.xml").write_text(EXTERNAL.format(selects=selects), "utf-8")
    (tmp_path / "villages.csv").write_text("name,label,head\na,甲村,王\nb,乙村,李\n", "utf-8")
    (tmp_path / "wells.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [120, 30]},'
        ' "properties": {"id": "w1", "title": "Old well"}}]}',
        "utf-8",
    )
    (tmp_path / "x.xml").write_text("<root><item><name>n</name><label>N</label></item></root>", "utf-8")
    walk = interview(tmp_path / "t.xml")
    assert walk.question.choices == {"a": "甲村", "b": "乙村"}
    assert walk.answer("b").question.choices == {"w1": "Old well"}
    assert walk.value("head") == "李"
    assert walk.answer("w1").question.choices == {"n": "N"}


def test_interview_from_the_path_of_a_workbook(tmp_path):
    """The path of a workbook is accepted too, and a file without a form gives one clear error."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | a | How? |\n| settings |\n| | form_id |\n| | x |")
    assert interview(form.write(tmp_path / "x.xlsx")).question.label == "How?"
    assert interview(form.write(tmp_path / "x.md")).question.label == "How?"
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ReadError, match=r"photo\.jpg"):
        interview(tmp_path / "photo.jpg")


ENTITIES = """
| survey |
| | type | name | label | save_to |
| | text | family | Family name | family_name |
| | integer | size | How many? | people |
| entities |
| | list_name | label | create_if |
| | households | ${family} | ${size} > 1 |
"""


def test_entities_of_a_finished_interview():
    """The finished XML contains the entity, and `entities` reads it."""
    form = read_form(ENTITIES.encode())
    walk = interview(form, seed=3)
    walk.answer("Wang").answer(4).finalise()
    (made,) = walk.entities
    assert made[0] == "households"
    assert made[2:] == ("create", "Wang", {"family_name": "Wang", "people": "4"})
    assert made.id.count("-") == 4
    alone = interview(form, seed=3).answer("Wang").answer(1)
    alone.finalise()
    assert alone.entities == ()


def test_a_form_that_cannot_be_loaded_is_refused():
    """An invalid XForm gives one sentence without Java class names."""
    with pytest.raises(EngineError) as refused:
        interview("<h:html>")
    assert "java" not in str(refused.value)
    assert engine().call(lambda: 1) == 1
