"""A made-up town with its registers, and its year published month by month."""

from pathlib import Path

import pytest

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown, made_up_town
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.months.screen import screen_month
from liuwen.campaign.published import read_published

MONTHS = [f"2026-{month:02d}" for month in range(4, 10)]


@pytest.fixture(scope="session")
def made_up() -> MadeUpTown:
    """Three villages, half a year."""
    return made_up_town(3, 90, seed=11)


@pytest.fixture(scope="session")
def town(made_up: MadeUpTown) -> Campaign:
    """The town under the Hubin programme."""
    return lw.read_campaign("hubin", registers=made_up.registers, events=made_up.events)


@pytest.fixture(scope="session")
def published(town: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every month of the half-year, published one after the other."""
    folder = tmp_path_factory.mktemp("published")
    for month in MONTHS:
        code = looked_at(town, month, folder)
        town.publish(month, folder, looked_at=code, published_on=f"{month}-30", language="zh")
    return folder


def looked_at(town: Campaign, month: str, folder: Path, known: int | None = None) -> str:
    """The code of somebody who looked."""
    from liuwen.campaign.months.publishing import published_lists

    lists = published_lists(read_published(folder))
    return screen_month(month_pages(town.with_published(lists), month, known)).code
