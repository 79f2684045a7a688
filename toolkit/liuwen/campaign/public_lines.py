"""The lines of a list: what is open, and what was struck off or left since the list before; every board takes its own of them."""

from dataclasses import dataclass, field

import pandas as pd

from liuwen.campaign.confidential import LEFT_AS, confidential_classes, once_public, public_table
from liuwen.campaign.ledgers.ledger import TownLedger


@dataclass(frozen=True)
class PublicLines:
    """A list of all places.

    Attributes:
        ledger: The ledger on the day of the list.
        counted: The matters that the list counts, shown on it or not.
        rows: Its lines, with `line` and `struck_off_on`.
        settled: What was settled on the spot and is counted.
        confidential: The matters of confidential classes.
    """

    ledger: TownLedger = field(repr=False)
    counted: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)
    settled: pd.DataFrame = field(repr=False)
    confidential: pd.DataFrame = field(repr=False)


def public_lines(ledger: TownLedger, before: TownLedger) -> PublicLines:
    """The lines of a list, with the ledger of the list before."""
    hidden = confidential_classes(ledger.rule)
    counted, settled = public_table(ledger), ledger.settled
    return PublicLines(
        ledger,
        counted,
        _lines(counted, ledger, before),
        settled[~settled["class"].isin(hidden)],
        ledger.table[ledger.table["class"].isin(hidden)],
    )


def _lines(visible: pd.DataFrame, ledger: TownLedger, before: TownLedger) -> pd.DataFrame:
    """A line for each matter not yet struck off, and one for each that left the list since the last one."""
    gone = frozenset({"closed", *ledger.rule.ends})
    nothing = pd.Timestamp("NaT").to_datetime64()
    standing = visible[~visible["state"].isin(gone)].assign(line="open", struck_off_on=nothing)
    struck = _struck_off(visible, ledger, before)
    left = _left(visible, before).assign(struck_off_on=nothing)
    parts = [part for part in (standing, struck, left) if len(part)]
    if not parts:
        return standing
    rows = pd.concat(parts, ignore_index=True)
    rank = rows["line"].map({"open": 0, "struck_off": 1}).fillna(2)
    return (
        rows.assign(rank=rank)
        .sort_values(["rank", "raised", "number"], kind="stable")
        .drop(columns="rank")
        .reset_index(drop=True)
    )


def _left(visible: pd.DataFrame, before: TownLedger) -> pd.DataFrame:
    """A line for each matter that left the list since the last one; of one withdrawn or passed on the number and title."""
    earlier, hidden = before.folded.matters, confidential_classes(before.rule)
    was = {name: LEFT_AS if one.topic in hidden else one.state for name, one in earlier.items()}
    left = visible[visible["state"].isin([LEFT_AS, *before.rule.ends])]
    left = left[left["matter"].map(was) != left["state"]]
    passed = left["state"] == LEFT_AS
    plain = {name: left[name].mask(passed, "") for name in ("class", "last_note", "handler", "tier")}
    days = {name: left[name].mask(passed) for name in ("deadline", "first_deadline")}
    return left.assign(line=left["state"], **plain, **days)


def _struck_off(visible: pd.DataFrame, ledger: TownLedger, before: TownLedger) -> pd.DataFrame:
    """A line a strike that the last list did not show, however early it took effect."""
    earlier = before.folded.matters
    days: list[tuple[str, int]] = []
    shown_here = visible.loc[~visible["matter"].isin(once_public(ledger)), "matter"]
    for name in shown_here:
        strikes = ledger.folded.matters[name].strikes
        shown = len(earlier[name].strikes) if name in earlier else 0
        days += [(name, day) for day, _ in strikes[shown:]]
    lines = pd.DataFrame(days, columns=["matter", "day"])
    on = pd.to_datetime(lines["day"], unit="D").astype("datetime64[s]")
    rows = lines.merge(visible, on="matter", how="left").drop(columns="day")
    return rows.assign(line="struck_off", struck_off_on=on)
