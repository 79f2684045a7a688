"""Matters that may be the same: proposed to the desk, never merged by machine."""

from collections import defaultdict
from itertools import combinations

import pandas as pd

from liuwen.campaign.ledgers.ledger import TownLedger

LEAST_SIMILAR = 0.5
"""Assumed: from this similarity on two matters are proposed."""
COLUMNS = ("matter", "of", "village", "class", "similarity", "title", "title_of")


def proposed_duplicates(ledger: TownLedger, least: float = LEAST_SIMILAR) -> pd.DataFrame:
    """Pairs of matters of one village, class and month whose titles and words are alike, struck-off ones included.

    Args:
        ledger: The ledger on a day.
        least: The least similarity: the share of common character 3-grams (Jaccard).

    Returns:
        A row a pair, the most alike first: `matter` (the later), `of` (the earlier), `village, class, similarity, title,
        title_of`. Matters already merged, withdrawn, or of which one would join itself, are not proposed.
    """
    words = _words(ledger)
    live = ledger.table[~ledger.table["state"].isin(ledger.rule.ends)]
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    months = live["raised"].dt.strftime("%Y-%m")
    for matter, village, topic, month in zip(live["matter"], live["village"], live["class"], months, strict=True):
        groups[village, topic, month].append(matter)
    titles = dict(zip(live["matter"], live["title"], strict=True))
    rows = []
    for (village, topic, _), matters in groups.items():
        grams = {matter: _grams(words.get(matter, "")) for matter in matters}
        for earlier, later in combinations(matters, 2):
            alike = _similarity(grams[earlier], grams[later])
            if alike >= least:
                rows.append((later, earlier, village, topic, round(alike, 3), titles[later], titles[earlier]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["similarity", "matter", "of"], ascending=[False, True, True]).reset_index(drop=True)


def _words(ledger: TownLedger) -> dict[str, str]:
    """Title and words of each matter, from the step that bore it."""
    bearing = [step.id for step in ledger.rule.steps if step.bears]
    steps = ledger.steps[ledger.steps["step"].isin(bearing) & (ledger.steps["why"] == "")]
    texts = steps["title"] + " " + steps.get("words", "")
    return dict(zip(steps["matter"], texts.str.strip(), strict=True))


def _grams(text: str) -> frozenset[str]:
    plain = "".join(text.lower().split())
    return frozenset(plain[at : at + 3] for at in range(max(len(plain) - 2, 1))) if plain else frozenset()


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
