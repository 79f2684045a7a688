"""A town with a store: its forms are published, its registers kept, and forms are filled in by the phone's own engine."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen import questionnaires
from liuwen.campaign.phone_list import PROPERTIES
from liuwen.errors import LiuwenWarning
from liuwen.form import Form

PEOPLE = pd.DataFrame(
    {"person": ["Wang", "Zhao", "Sun", "Li"], "label": ["王芳", "赵强", "孙立", "李敏"], "collector": ["wang", "", "", "desk-1"]}
)
VILLAGES = pd.DataFrame(
    {"town": ["T1"] * 3, "village": ["V1", "V1", "V2"], "label": ["湾里", "湾里", "坡上"], "household": ["H1", "H2", "H3"]}
)
POSTS = pd.DataFrame(
    {
        "person": ["Wang", "Zhao", "Sun", "Li"],
        "rank": ["staff", "staff", "town_office", "desk"],
        "place": ["V1", "V2", "", ""],
        "from": ["2026-01-01"] * 4,
    }
)
PLACES = pd.DataFrame({"place": ["V1", "V2", "T1"], "level": ["village", "village", "town"], "within": ["T1", "T1", ""]})
RAISED = {
    "visitor": "Wang", "on_day": "2026-07-01", "town": "T1", "village": "V1", "channel": "visit", "matter_class": "difficulty",
    "raised_by": "household", "household": "H1", "matter_title": "井坏了", "matter_text": "村口的井抽不上水",
    "matter_scope": "public", "matter_disposition": "by_date", "matter_by_date": "2026-07-20", "matter_publish": "yes",
    "matter_reply": "board",
}  # fmt: skip


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    """The two forms of the ledger, made for the registers."""
    return {
        "matter": questionnaires.matter(VILLAGES, PEOPLE),
        "matter_step": questionnaires.matter_step(VILLAGES, PEOPLE),
    }


class Clock:
    """The time at which a store receives: set it to move on."""

    def __init__(self, moment: str) -> None:
        self.set(moment)

    def set(self, moment: str) -> None:
        """From here on it is `moment`."""
        self._now = datetime.fromisoformat(moment).timestamp()

    def __call__(self) -> float:
        return self._now


@pytest.fixture
def clock() -> Clock:
    """The morning of 1 July 2026."""
    return Clock("2026-07-01T10:00:00+08:00")


@pytest.fixture
def town(tmp_path: Path, forms: dict[str, Form], clock: Clock) -> Iterator[lw.Store]:
    """The store of a town."""
    store = lw.Store(tmp_path / "town", clock=clock)
    store.entities.create_list("matters", PROPERTIES)
    store.publish(forms["matter"])
    with pytest.warns(LiuwenWarning, match="entity list"):  # the server's list takes the place of the empty file
        store.publish(forms["matter_step"])
    for name, table in {"people": PEOPLE, "posts": POSTS, "places": PLACES}.items():
        store.desk_tables[name] = table
    yield store
    store.close()


@pytest.fixture(scope="session")
def fill() -> Callable[..., bytes]:
    """Fill a form in as a phone does: `answers` by name, everything else is passed over."""

    def filled(form: Form, answers: Mapping[str, str], now: str, media: Mapping[str, bytes] | None = None) -> bytes:
        walk = lw.interview(form, language="zh", now=now, media=media)
        while walk.question is not None:
            name = walk.question.name
            walk.answer(answers[name]) if name in answers else walk.next()
        return walk.finalise()

    return filled


@pytest.fixture(scope="session")
def a_matter(forms: dict[str, Form], fill: Callable[..., bytes]) -> Callable[..., bytes]:
    """A matter as it is sent, with some answers otherwise."""

    def made(now: str = "2026-07-01T09:00:00+08:00", **otherwise: str) -> bytes:
        return fill(forms["matter"], {**RAISED, **otherwise}, now)

    return made
