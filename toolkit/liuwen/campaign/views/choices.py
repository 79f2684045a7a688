"""What a view offers to choose, and what it gives back for what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from liuwen.campaign.months.pages import CellText, TownPage
from liuwen.messages import Sentence

Chosen = Mapping[str, str]
"""What is chosen, by the id of the choice; "" or missing is everything."""
ALL = Sentence(zh="全部", en="All")


@dataclass(frozen=True)
class ViewChoice:
    """One thing to choose: its id, its name, and the options as (words, value)."""

    id: str
    label: Sentence
    options: tuple[tuple[CellText, str], ...]


class TownView(Protocol):
    """A view of a town; each method is a pure function of what is chosen."""

    def choices(self, chosen: Chosen) -> tuple[ViewChoice, ...]:
        """What can be chosen, given what is chosen already."""

    def page(self, chosen: Chosen) -> TownPage:
        """The page of what is chosen."""

    def table(self, chosen: Chosen) -> pd.DataFrame:
        """The rows of what is chosen."""
