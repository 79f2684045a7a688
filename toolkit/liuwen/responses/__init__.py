"""Answers as typed tables that know their form; what cannot be loaded is listed with its reason."""

from liuwen.form.anonymity import UNLINKED_MARK
from liuwen.responses.finish import SYNTHETIC_DEVICE
from liuwen.responses.from_submissions.intake import SYNTHETIC_ATTRIBUTE
from liuwen.responses.plan import MAIN, Column, Table, TablePlan, plan_of
from liuwen.responses.read import read_responses
from liuwen.responses.responses import Responses
from liuwen.responses.source import Export, Submission
from liuwen.responses.streaming import load_to_parquet

__all__ = [
    "MAIN",
    "SYNTHETIC_ATTRIBUTE",
    "SYNTHETIC_DEVICE",
    "UNLINKED_MARK",
    "Column",
    "Export",
    "Responses",
    "Submission",
    "Table",
    "TablePlan",
    "load_to_parquet",
    "plan_of",
    "read_responses",
]
