"""The ledger: a matter's state is the fold of its steps, by when they happened and as they were known on a day."""

from liuwen.campaign.ledgers.ledger import TownLedger, fold_ledger

__all__ = ["TownLedger", "fold_ledger"]
