"""Figures move in steps that point at nobody."""

from collections.abc import Callable
from typing import Any

from liuwen.analysis.source import source_of
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.office.figures import Released, _households, _tables_now
from liuwen.responses import Submission, read_responses
from liuwen.store import Store

Browser = Any
"""A browser of `conftest`."""


def test_one_more_answer_changes_nothing(clerk: Browser, filled: Store, opinion_xml: Callable[..., bytes]) -> None:
    """Who looks before and after an answer learns nothing; five more are shown together."""
    assert "12 households" in clerk.get("/figures?form=opinion").text
    before = filled.office.figures("opinion")
    for number in range(20, 24):
        filled.receive(opinion_xml(number, "good"))
        clerk.get("/figures?form=opinion")
        assert filled.office.figures("opinion") == before
    filled.receive(opinion_xml(24, "good"))
    assert "17 households" in clerk.get("/figures?form=opinion").text


def test_the_page_shows_what_the_newest_release_counts(clerk: Browser, filled: Store, opinion_xml: Callable[..., bytes]) -> None:
    """Answers that came later would be the difference of the two; the next release brings them."""
    filled.responses("opinion").release("2026-07")
    assert "12 households" in clerk.get("/figures?form=opinion").text
    for number in range(20, 30):
        filled.receive(opinion_xml(number, "good"))
    assert "12 households" in clerk.get("/figures?form=opinion").text
    filled.responses("opinion").release("2026-08")
    assert "22 households" in clerk.get("/figures?form=opinion").text


def test_few_answers_are_not_shown(clerk: Browser, filled: Store) -> None:
    """Three interviews are too few for any figure."""
    assert "No question with choices" in clerk.get("/figures?form=house").text


def test_a_follow_up_does_not_tell_who_was_asked(clerk: Browser, filled: Store) -> None:
    """Its fifth further household changes nothing before the form has five more: who answered last would be known to be asked."""
    filled.publish(a_follow_up())
    send(filled, *["yes", "no"] * 10)
    clerk.get("/figures?form=approach")
    send(filled, "no", "yes", "yes", "yes", "yes")
    page = clerk.get("/figures?form=approach").text
    assert ">25 households<" in page and ">10 households<" in page
    before = filled.office.figures("approach")
    send(filled, "yes")
    clerk.get("/figures?form=approach")
    assert filled.office.figures("approach") == before
    send(filled, *["no"] * 4)
    page = clerk.get("/figures?form=approach").text
    assert ">30 households<" in page and ">15 households<" in page


def test_two_looks_at_once_show_the_same(clerk: Browser, filled: Store, opinion_xml: Callable[..., bytes]) -> None:
    """Of two figures that were made of different answers, the first to be kept are shown to both."""
    clerk.get("/figures?form=opinion")
    before = filled.office.figures("opinion")
    assert filled.office.release_figures("opinion", before, "first") == "first"
    assert filled.office.release_figures("opinion", before, "second") == "first"
    assert filled.office.figures("opinion") == "first"


def test_a_removed_question_keeps_its_table() -> None:
    """Its table stays, although a version of the form in between had no such question."""
    shown = Released().renewed(20, {"work": a_table(20, 20)})
    without = shown.renewed(25, {"other": a_table(5, 5)})
    assert list(without.tables) == ["other", "work"]
    assert without.renewed(30, {"work": a_table(21, 21)}).tables["work"] == a_table(20, 20)
    assert without.renewed(30, {"work": a_table(25, 25)}).tables["work"] == a_table(25, 25)


def test_five_people_of_one_household_move_nothing() -> None:
    """A table of people stays until five more households stand behind it."""
    shown = Released().renewed(20, {"job": a_table(40, 10)})
    assert shown.renewed(25, {"job": a_table(45, 11)}).tables["job"] == a_table(40, 10)
    assert shown.renewed(25, {"job": a_table(55, 15)}).tables["job"] == a_table(55, 15)


def test_people_are_counted_as_people_and_households_as_households() -> None:
    """A household is one, however often it was visited, and also where each village numbers its own."""
    sexes = b.choices("sexes", ("man", "男", "Man"), ("woman", "女", "Woman"))
    villages = b.choices("villages", ("east", "东村", "East"), ("west", "西村", "West"))
    items = [
        b.select_one("village", villages, zh="村", en="Village"),
        b.text("hh_id", zh="户号", en="Household"),
        b.repeat("member", items=[b.select_one("sex", sexes, zh="性别", en="Sex")], zh="成员", en="Members"),
    ]
    form = b.build_form("home", zh="户", en="Home", version="1", items=items)
    sent = [
        Submission(
            f'<data id="home" version="1"><village>{village}</village><hh_id>{number}</hh_id><member><sex>man</sex></member>'
            f"<member><sex>woman</sex></member><meta><instanceID>uuid:{village}{number}{visit}</instanceID></meta></data>".encode()
        )
        for village in ("east", "west")
        for number in range(6)
        for visit in range(2)
    ]
    source = source_of(read_responses(sent, form))
    table = _tables_now(source)["sex"]
    assert (_households(source), table["households"], table["base"], table["counted"]) == (12, 12, 24, "people")


def a_table(base: int, households: int) -> dict[str, Any]:
    """A table, as far as it decides whether a newer one is shown."""
    return {"base": base, "households": households}


def a_follow_up() -> Form:
    """Whether somebody asked for money, and who, of those who say yes."""
    yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
    who = b.choices("who", ("head", "村主任", "Head"), ("clerk", "会计", "Clerk"))
    asked = b.select_one("approached", yes_no, zh="有人要过钱吗？", en="Were you asked for money?")
    items = [asked, b.select_one("by", who, zh="谁？", en="By whom?", relevant="${approached} = 'yes'")]
    return b.build_form("approach", zh="要钱", en="Approach", version="1", anonymous=True, items=items)


def send(store: Store, *approached: str) -> None:
    """Answers; those who were approached name the head and the clerk by turns."""
    with store:
        for number, said in enumerate(approached, store.count("approach")):
            by = f"<by>{'head' if number % 4 else 'clerk'}</by>" if said == "yes" else ""
            store.receive(
                f'<data id="approach" version="1"><approached>{said}</approached>{by}'
                f"<meta><instanceID>uuid:a{number}</instanceID></meta></data>".encode()
            )
