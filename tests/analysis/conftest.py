"""A small town to analyse: four villages whose answers are known one by one."""

import pandas as pd
import pytest

from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.responses import Responses, read_responses


@pytest.fixture(scope="session")
def town_form() -> Form:
    """Asks for the village, the kind of household, the day, and what it needs."""
    villages = b.choices(
        "villages", ("east", "东村", "East"), ("west", "西村", "West"), ("hill", "山村", "Hill"), ("lake", "湖村", "Lake")
    )
    kinds = b.choices("kinds", ("poor", "困难户", "In hardship"), ("other", "其他", "Other"))
    needs = b.choices(
        "needs",
        ("road", "修路", "Roads"),
        ("water", "饮水", "Water"),
        ("doctor", "看病", "A doctor"),
        ("dont_know", "不知道", "Don't know"),
    )
    return b.build_form(
        "town",
        zh="小镇",
        en="A town",
        version="1",
        items=[
            b.select_one("village", villages, zh="哪个村？", en="Which village?"),
            b.select_one("household_type", kinds, zh="户别", en="Kind of household"),
            b.date("visit_date", zh="日期", en="Date"),
            b.select_multiple("needs", needs, zh="需要什么？", en="What is needed?"),
        ],
    )


def households(village: str | None, answers: dict[str | None, int], kind: str = "other", day: str = "2026-03-01") -> pd.DataFrame:
    """So many households that gave each answer; the answer None was never asked for."""
    given = [answer for answer, count in answers.items() for _ in range(count)]
    return pd.DataFrame(
        {"village": village, "household_type": kind, "visit_date": pd.Timestamp(day), "needs": given}, dtype=object
    )


@pytest.fixture(scope="session")
def town() -> pd.DataFrame:
    """East and West are large enough to show; Hill has households that were not asked; every count is written here."""
    rows = [
        households("east", {"road water": 12, "road": 8, "water": 6, "dont_know": 6, "": 8}),
        households("west", {"water": 15, "doctor": 10, "": 5}),
        households("hill", {"road": 11, "road doctor": 9, None: 7}),
    ]
    table = pd.concat(rows, ignore_index=True)
    return table.astype({"village": "string", "household_type": "string", "needs": "string", "visit_date": "datetime64[ns]"})


@pytest.fixture(scope="session")
def collected():
    """A function that makes responses of a form and rows (question → answer; None: not asked)."""

    def made(form: Form, rows: list[dict[str, object]]) -> Responses:
        submissions = []
        for number, row in enumerate(rows):
            fields = "".join(f"<{name}>{value}</{name}>" for name, value in row.items() if value is not None)
            meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
            submissions.append(f'<data id="{form.id}" version="1">{fields}{meta}</data>'.encode())
        return read_responses(submissions, form)

    return made
