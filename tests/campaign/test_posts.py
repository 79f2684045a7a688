"""Who holds which post where on a day, and who answers for a village's matters."""

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from liuwen.campaign.days import as_day
from liuwen.campaign.posts import Posts
from liuwen.campaign.registers import read_registers

JUNE = as_day("2026-06-15")
COLUMNS = ["person", "rank", "place", "from", "to", "in_charge"]
PLACES = pd.DataFrame(
    {"place": ["V", "W", "T", "C", "R1", "R2"], "within": ["T", "", "C", "", "R2", "R1"], "leader": ["Head", "", "", "", "", ""]}
)


def posts(*rows: str, successors: tuple[str, ...] = ("staff",), places: pd.DataFrame | None = PLACES) -> Posts:
    """Of rows such as "Li staff V 2026-06-01 2026-06-30 yes", the last three left out where blank; "-" is blank."""
    cells = [[*("" if word == "-" else word for word in row.split()), "", "", "", "", ""][:6] for row in rows]
    given = {"posts": pd.DataFrame(cells, columns=COLUMNS)}
    registers = read_registers(given if places is None else {**given, "places": places}, ZoneInfo("Asia/Shanghai"))
    return Posts(registers, successors)


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_post_is_held_from_its_first_to_its_last_day(day: str, held: bool) -> None:
    """Both included, as an office and in the village."""
    town = posts("Li staff V 2026-06-01 2026-06-30")
    assert town.holds("Li", ("desk", "staff"), as_day(day), "V") is held
    assert town.posted("Li", "V", as_day(day)) is held
    assert (town.responsible("V", "Li", as_day(day)) == "Li") is held


@pytest.mark.parametrize(
    ("place", "village", "held"),
    [
        ("V", "V", True),
        ("T", "V", True),
        ("C", "V", True),
        ("W", "V", False),
        ("V", "T", False),
        ("-", "V", True),
        ("R2", "R1", True),
        ("V", "R1", False),
        ("T", "X", True),
        ("T", "W", False),
        ("T", "", True),
    ],
)
def test_an_office_answers_for_the_villages_that_lie_in_its_place(place: str, village: str, held: bool) -> None:
    """Through any number of places, and places within each other in a ring; where nothing is known of the village, everywhere."""
    assert posts(f"Li desk {place}").holds("Li", ("desk",), JUNE, village) is held


def test_an_office_is_held_by_rank_and_by_person() -> None:
    """Another rank, another person and nobody at all do not hold it."""
    town = posts("Li desk -", "An staff V")
    assert not town.holds("An", ("desk",), JUNE, "V")
    assert not town.holds("Li", (), JUNE, "V")
    assert not town.holds("", ("desk",), JUNE, "V")
    assert not town.posted("Li", "V", JUNE)


@pytest.mark.parametrize(
    ("rows", "first", "who"),
    [
        (["Li staff V", "An staff V - - yes"], "Li", "Li"),
        (["An staff V - - yes", "Bo leader V"], "Li", "An"),
        (["Bo leader V", "An staff V", "Zu staff V"], "Li", "An"),
        (["Zu leader V - - yes", "An staff V"], "Li", "Zu"),
        (["Zu staff V", "An leader V"], "Li", "Zu"),
        (["Zu other V", "An leader V"], "Li", "An"),
        (["Zu staff V", "Li staff W"], "Li", "Zu"),
        (["Li staff W"], "Li", "Head"),
        (["Li staff V - 2026-06-14", "An staff V 2026-06-16"], "Li", "Head"),
        (["Zu staff V - - yes", "An staff V - - yes"], "Li", "An"),
    ],
)
def test_the_order_of_responsibility(rows: list[str], first: str, who: str) -> None:
    """The first visitor while posted; else who is in charge; else by rank; else anybody posted; else the place's leader."""
    assert posts(*rows).responsible("V", first, JUNE) == who


@pytest.mark.parametrize(("village", "places"), [("W", PLACES), ("", PLACES), ("V", None)])
def test_nobody_is_responsible_without_a_posting(village: str, places: pd.DataFrame | None) -> None:
    """Nor is the holder of a post without a place, for a matter without a village."""
    assert posts("Li desk -", places=places).responsible(village, "Li", JUNE) == ""


def test_successor_ranks_are_tried_in_their_order() -> None:
    """As the programme names them."""
    rows = ("An leader V", "Bo staff V", "Ce other V")
    assert posts(*rows, successors=("other", "staff")).responsible("V", "Li", JUNE) == "Ce"
    assert posts(*rows, successors=("none", "staff")).responsible("V", "Li", JUNE) == "Bo"
    assert posts(*rows, successors=()).responsible("V", "Li", JUNE) == "An"


def test_without_a_register_everybody_may_and_the_first_visitor_answers() -> None:
    """Nobody is refused for a register that was not given."""
    town = Posts(read_registers({}, ZoneInfo("Asia/Shanghai")))
    assert town.holds("Li", ("desk",), JUNE, "V")
    assert town.responsible("V", "Li", JUNE) == "Li"
