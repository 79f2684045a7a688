"""Cards: printed ten to a sheet; a scanner reads village and person from the code, and nothing else."""

import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
import zxingcpp
from PIL import Image

from liuwen.campaign import read_campaign

PEOPLE = [(f"S{at:02d}", f"V{at % 3 + 1}") for at in range(12)]
REGISTERS = {
    "places": pd.DataFrame({"place": ["T", "V1", "V2", "V3"], "level": ["town", *["village"] * 3], "within": ["", *"TTT"]}),
    "people": pd.DataFrame({"person": [one for one, _ in PEOPLE], "label": "王志远", "phone_on_card": "0512-000000"}),
    "posts": pd.DataFrame({"person": [one for one, _ in PEOPLE], "rank": "staff", "place": [place for _, place in PEOPLE]}),
}


def test_twelve_people_in_three_villages_give_twelve_cards_whose_codes_name_village_and_person(tmp_path: Path) -> None:
    """Scanned from the printed sheet, as a phone's camera does."""
    cards = read_campaign("hubin", 2026, registers=REGISTERS).cards("2026-05-01", address="https://town.example/letter")
    assert len(cards.table) == 12
    read = set()
    for file in cards.write(tmp_path, "zh"):
        subprocess.run(["pdftoppm", "-r", "150", "-png", str(file), str(file.with_suffix(""))], check=True)
        for picture in sorted(tmp_path.glob(f"{file.stem}-*.png")):
            for found in zxingcpp.read_barcodes(Image.open(picture)):
                asked = parse_qs(urlsplit(found.text).query)
                assert set(asked) == {"village", "person"}
                read.add((asked["person"][0], asked["village"][0]))
    assert read == set(PEOPLE)


def test_cards_are_numbered_and_dated_and_one_village_may_be_printed() -> None:
    """The number says village, person and day."""
    table = read_campaign("hubin", 2026, registers=REGISTERS).cards("2026-05-01", villages=["V2"]).table
    assert table["number"].tolist() == [f"V2-S{at:02d}-20260501" for at in (1, 4, 7, 10)]
    assert set(table["duty_days"]) == {"tuesday thursday"}


@pytest.mark.parametrize(("day", "households"), [("2026-06-30", []), ("2026-07-01", ["H1"])])
def test_households_with_the_card_of_somebody_who_left_need_a_new_one(day: str, households: list[str]) -> None:
    """H2 got a newer card from Bo."""
    posts = pd.DataFrame({"person": ["Ai", "Bo"], "rank": "staff", "place": "V1", "to": ["2026-06-30", ""]})
    visit = pd.DataFrame(
        {
            "on": ["2026-05-01", "2026-05-02", "2026-06-02"],
            "by": ["Ai", "Ai", "Bo"],
            "village": "V1",
            "household": ["H1", "H2", "H2"],
            "mode": "home",
            "outcome": "interviewed",
            "card": "given",
        }
    )
    town = read_campaign("hubin", 2026, registers={"posts": posts}, events={"visit": visit})
    assert town.cards_to_replace(day)["household"].tolist() == households
