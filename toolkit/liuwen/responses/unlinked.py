"""Sections that are kept apart from whoever answered them, such as an appraisal of officials.

Their rows carry no key, and stand in an order made from their content alone: it is the same whatever order the
submissions were read in, so that a row's place tells nothing of whose it is.
"""

import hashlib

from liuwen.responses.from_submissions.raw_table import RawTable


def content_order(raw: RawTable, rows: list[int]) -> list[int]:
    """The rows of an unlinked table that were asked anything, in the order of their content's fingerprints."""
    cells = raw.rows()
    asked = (row for row in rows if any(cell is not None for cell in cells[row]))
    return sorted(asked, key=lambda row: (fingerprint(cells[row]), repr(cells[row])))


def fingerprint(cells: list[str | None]) -> bytes:
    """What the place of a row is made of."""
    return hashlib.sha256(repr(cells).encode()).digest()
