"""Answers to explore: a made-up town whose needs are known, as responses read from submissions."""

from pathlib import Path

import numpy as np
import pytest

from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.responses import Responses, read_responses

VILLAGES = (("east", "东村", "East"), ("west", "西村", "West"), ("hill", "山村", "Hill"), ("lake", "湖村", "Lake"))
NEEDS = (
    ("road", "路，<b>通到家门口</b>", "A road, <b>to the door</b>"),
    ("water", "安全饮水", "Safe water"),
    ("doctor", "看病", "A doctor"),
    ("none", "没有困难", "None"),
    ("dont_know", "不知道", "Don't know"),
)


@pytest.fixture(scope="session")
def town_form() -> Form:
    """Asks for village, kind of household, date and needs."""
    kinds = b.choices("kinds", ("poor", "困难户", "In hardship"), ("other", "一般户", "Ordinary"))
    return b.build_form(
        "town",
        zh="小镇",
        en="A town",
        version="1",
        items=[
            b.select_one("village", b.choices("villages", *VILLAGES), zh="哪个村？", en="Which village?"),
            b.select_one("household_type", kinds, zh="户别", en="Kind of household"),
            b.date("visit_date", zh="日期", en="Date"),
            b.select_multiple("needs", b.choices("needs", *NEEDS), zh="需要什么？", en="What is needed?"),
        ],
    )


@pytest.fixture(scope="session")
def town(town_form: Form, town_folder: Path) -> Responses:
    """What they answered."""
    return read_responses(town_folder / "submissions", form=town_form)


@pytest.fixture(scope="session")
def town_folder(town_form: Form, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form, and the submissions of 160 households; three in Lake, too few to show."""
    folder = tmp_path_factory.mktemp("town")
    town_form.write(folder / "town.xlsx")
    (folder / "submissions").mkdir()
    chance = np.random.default_rng(5)
    names = [name for name, _, _ in NEEDS[:3]]
    for number in range(160):
        village = "lake" if number < 3 else VILLAGES[number % 3][0]
        wants = [name for name, share in zip(names, (0.7, 0.4, 0.2), strict=True) if chance.random() < share]
        answers = {
            "village": village,
            "household_type": "poor" if chance.random() < 0.4 else "other",
            "visit_date": f"2026-0{3 + number % 2}-1{number % 10}",
            "needs": " ".join(wants) or "none",
        }
        _write(folder / "submissions" / f"{number}.xml", number, answers)
    return folder


def _write(path: Path, number: int, answers: dict[str, str]) -> None:
    fields = "".join(f"<{name}>{answer}</{name}>" for name, answer in answers.items())
    meta = f"<meta><instanceID>uuid:00000000-0000-4000-8000-{number:012d}</instanceID></meta>"
    path.write_text(f'<data id="town" version="1">{fields}{meta}</data>', encoding="utf-8")
