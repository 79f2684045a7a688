"""The rates of a ledger, each with numerator, base and interval: answered, solved, explained, satisfied."""

import pandas as pd

from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.schema import LedgerRule

SATISFIED = frozenset({"4", "5", "satisfied", "very_satisfied", "yes", "满意", "比较满意", "很满意"})
"""What an applicant says of an answer that counts as satisfied: the two best of five."""
NOT_ASKED = frozenset({"", "not_asked", "没有问"})


def rates_table(matters: list[Matter], rule: LedgerRule) -> pd.DataFrame:
    """A row a rate: `rate, numerator, base, share, low, high`; share and interval (Wilson, 95 %) are NaN where the base is 0.

    *answered*: applicants given an answer, of those who can be reached; *solved*: matters struck off as done, of those raised
    without merged and withdrawn ones; *explained*: those struck off as explained, of the same, never counted as solved;
    *satisfied*: last answers found satisfactory, of the applicants asked.
    """
    from liuwen.analysis.intervals import wilson_interval

    gone = {step.to for step in rule.steps if step.to in rule.ends}
    live = [matter for matter in matters if matter.entered and matter.state not in gone]
    said = [text for matter in live for text in matter.answered.values() if text not in NOT_ASKED]
    explains = {step.to for step in rule.steps if step.ends and step.id == "explain"}
    closed = [matter for matter in live if matter.state == "closed"]
    rows = [
        ("answered", sum(len(one.answered) for one in live), sum(len(one.applicants) for one in live)),
        ("solved", sum(one.ended_as not in explains for one in closed), len(live)),
        ("explained", sum(one.ended_as in explains for one in closed), len(live)),
        ("satisfied", sum(text in SATISFIED for text in said), len(said)),
    ]
    table = pd.DataFrame(rows, columns=["rate", "numerator", "base"])
    table["share"] = (table["numerator"] / table["base"]).where(table["base"] > 0)
    table["low"], table["high"] = wilson_interval(table["numerator"], table["base"])
    return table
