"""Tables by place of a section that is kept apart from whoever answered it, such as an appraisal of officials.

Its rows carry no place, so that the loader counted them (`liuwen.responses.section_counts`). Here that becomes a table like any
other, of which figures of fewer than five households are hidden from everybody, also from those who may see all else.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.behind import Behind
from liuwen.analysis.choice_counts import ChoiceCounts
from liuwen.analysis.earlier import places_of
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.tabulation import Tabulation
from liuwen.responses.section_counts import sections_of

if TYPE_CHECKING:
    from liuwen.responses.section_counts import SectionCounts

Counts = NDArray[np.int64]


def section_of(source: AnswerSource, asking: Tabulation) -> "SectionCounts | None":
    """The counts that a table by place is made of; None if it is by nothing, by something else, or of linked answers."""
    found = sections_of(source.responses).get(asking.question) if source.responses is not None else None
    return found if found is not None and asking.keys and set(asking.keys) <= set(found.places.columns) else None


def counted_by_place(section: "SectionCounts", places: Sequence[str]) -> ChoiceCounts:
    """The counts with the columns of some levels of places."""
    return ChoiceCounts(section.places[list(places)].assign(households=section.asked), section.choices, section.counts)


def asked_of_all(section: "SectionCounts", groups: pd.DataFrame) -> Counts:
    """Those asked in some groups, also those whose rows are left out for now."""
    at = places_of(section.all_places[list(groups)], groups)
    return np.bincount(at[at >= 0], section.all_asked[at >= 0], len(groups)).astype(np.int64)


def behind(section: "SectionCounts", groups: Counts, choices: Sequence[str], size: int) -> Behind:
    """The households behind larger groups, of which `groups` is that of each place; a household is of one place."""
    homes = np.repeat(section.homes[:, np.newaxis], len(choices), axis=1)
    columns = [section.choices.index(choice) if choice in section.choices else -1 for choice in choices]
    known = np.array(columns) >= 0
    choosing = np.where(known, section.choosing[:, columns], 0)
    others = np.where(known, section.others[:, columns], homes)

    def together(figures: Counts) -> Counts:
        return np.stack([np.bincount(groups, column, size) for column in figures.T], axis=1).astype(np.int64)

    return Behind(together(homes[:, :1])[:, 0], together(choosing), together(others))
