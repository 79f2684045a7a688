"""What is known of each household from its first visit, as a list that travels with the form for the second."""

from typing import TYPE_CHECKING

from liuwen.errors import FormError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

FACTS_FILE = "household_facts.csv"
KNOWN_FACTS = ("member_count", "last_visit", "last_matter")
"""What may be known; nothing about health, income or opinion lies on a phone."""

NO_HOUSEHOLD = Sentence(
    zh="户情表缺少“household”列：每户一行，填户号。",
    en="The table of facts has no column “household”: it needs a row a household, with its code.",
)
TWICE = Sentence(
    zh="户情表里户号“{household}”出现了不止一次：每户只留一行。",
    en="The household “{household}” stands more than once in the table of facts; keep one row each.",
)


def facts_csv(facts: "pd.DataFrame") -> bytes:
    """The list as CSV, with every known fact and no other column.

    Args:
        facts: A row a household with `household` and any of `KNOWN_FACTS`.

    Returns:
        The file's bytes.

    Raises:
        FormError: There is no column `household`, or a household stands twice.
    """
    if "household" not in facts:
        raise FormError(NO_HOUSEHOLD)
    table = facts.fillna("").astype(str)
    if table["household"].duplicated().any():
        raise FormError(TWICE.filled(household=table.loc[table["household"].duplicated(), "household"].iloc[0]))
    kept = table.reindex(columns=["household", *KNOWN_FACTS], fill_value="")
    return kept.to_csv(index=False, lineterminator="\n").encode()
