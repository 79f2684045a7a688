"""Answers that another tool exported: Kobo and ODK workbooks, CSV files and JSON, matched to the form column by column.

An export says less than a submission's XML: a blank cell may be a question that was not asked. The form's own relevance
tells where it can be worked out from the other answers; elsewhere it stays unknown.
"""

from liuwen.responses.from_exports.grid import Grid
from liuwen.responses.from_exports.grids import is_tabular, read_sheets
from liuwen.responses.from_exports.reading import gather_export, read_export

__all__ = ["Grid", "gather_export", "is_tabular", "read_export", "read_sheets"]
