"""What is known of answers that were loaded, without the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN, Table

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses


@dataclass(frozen=True, eq=False)
class LoadingSummary:
    """Answers that were loaded.

    Attributes:
        form: The form.
        sizes: Rows and columns of each table.
        rejected: What could not be loaded, with `source` and `reason`.
        notes: What a reader should know of the loading.
        unlinked: The tables without a key to the submission.
    """

    form: Form
    sizes: Mapping[str, tuple[int, int]]
    rejected: pd.DataFrame = field(repr=False)
    notes: tuple[Sentence, ...] = ()
    unlinked: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.sizes[MAIN][0]

    @classmethod
    def of(cls, responses: "Responses") -> "LoadingSummary":
        """What is known of some responses."""
        sizes = {name: (len(table), table.shape[1]) for name, table in responses.tables.items()}
        return cls(responses.form, sizes, responses.rejected, responses.notes, names_of_unlinked(responses.plan.tables))


def names_of_unlinked(tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The names of the tables that have no key to the submission."""
    return tuple(name for name, table in tables.items() if table.unlinked)
