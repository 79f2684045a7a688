"""Figures from answers: needs by village with intervals, and the suppression of small groups; frames in, frames out.

Counting runs where the frame lives (narwhals: pandas, Polars, DuckDB, PySpark); everything after it works on small pandas
tables.
"""

from liuwen.analysis.candidates import household_groups, place_columns, select_multiples, visit_dates
from liuwen.analysis.disclosure import Protection, Shown, protect
from liuwen.analysis.intervals import wilson_interval
from liuwen.analysis.needs import needs

__all__ = [
    "Protection",
    "Shown",
    "household_groups",
    "needs",
    "place_columns",
    "protect",
    "select_multiples",
    "visit_dates",
    "wilson_interval",
]
