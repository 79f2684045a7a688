"""Where a sheet's headings stand and what each column is: a title above them, two rows of them, merged ones."""

from dataclasses import dataclass
from typing import Any

from liuwen.campaign.incoming.grids import SheetGrid
from liuwen.campaign.incoming.vocabulary import columns, plain
from liuwen.messages import Sentence

LOOKED_AT = 25
"""In so many rows from the top the headings are looked for."""
NOT_KNOWN = Sentence(zh="不认识这个列名", en="the heading is not known")
NEVER_STORED = Sentence(zh="个人信息，不保存", en="personal data, never stored")
SAME_AGAIN = Sentence(zh="与“{other}”列重复", en="the same as the column “{other}”")
COMPUTED = Sentence(zh="由程序计算，不读取", en="worked out by the programme, not read")
SEVERAL = ("note",)
"""What several columns may give together."""


@dataclass(frozen=True)
class ColumnHeadings:
    """What the columns of a sheet are: `roles` by place, `words` as they stand, `ignored` with why, `body` where rows begin."""

    roles: dict[int, str]
    words: dict[int, str]
    ignored: tuple[tuple[str, Sentence], ...]
    body: int

    def has(self, role: str) -> bool:
        """Whether some column is this."""
        return role in self.roles.values()


def find_headings(grid: SheetGrid) -> ColumnHeadings | None:
    """The headings of a sheet, in one row or two; None if no row names a matter and at least one other column."""
    best: ColumnHeadings | None = None
    for top in range(min(LOOKED_AT, len(grid.rows))):
        for depth in (1, 2):
            found = _read(grid, top, depth) if top + depth <= len(grid.rows) else None
            if found is not None and (best is None or len(found.roles) > len(best.roles)):
                best = found
    return best


def is_heading_again(row: tuple[Any, ...], headings: ColumnHeadings) -> bool:
    """Whether a row repeats the headings, as printed pages do."""
    left = len(headings.words) - max(2, len(headings.words) - 1)
    for at, said in headings.words.items():
        left -= at >= len(row) or plain(row[at]) != plain(said)
        if left < 0:  # of a row of the table mostly after two cells
            return False
    return left >= 0


def _read(grid: SheetGrid, top: int, depth: int) -> ColumnHeadings | None:
    words = _words(grid, top, depth)
    if depth == 2 and not _is_second_row(grid, top):
        return None
    roles: dict[int, str] = {}
    ignored: dict[int, tuple[str, Sentence]] = {}
    exact = {at: _meaning(said, whole=True) for at, said in words.items()}
    for at in sorted(words, key=lambda at: (not exact[at], at)):
        role = _meaning(words[at], whole=False)
        why = _left_out(role, roles, words)
        if why is not None:
            ignored[at] = (words[at], why)
        else:
            roles[at] = role
    said = set(roles.values())
    if not ({"title"} & said or {"matter", "step"} <= said) or len(said) < 2:
        return None
    return ColumnHeadings(dict(sorted(roles.items())), words, tuple(ignored[at] for at in sorted(ignored)), top + depth)


def _words(grid: SheetGrid, top: int, depth: int) -> dict[int, str]:
    """Each column's heading; of two rows the lower one, and what stands above it where the lower one is blank or unknown."""
    upper = grid.rows[top]
    lower = grid.rows[top + 1] if depth == 2 else upper
    words = {}
    for at in range(max(len(upper), len(lower))):
        above = _text(upper, at)
        below = _text(lower, at)
        known = _meaning(below, whole=False)
        words[at] = below if known or not above or above == below else f"{above}{below}" if below else above
    return {at: said for at, said in words.items() if said}


def _is_second_row(grid: SheetGrid, top: int) -> bool:
    """Whether the row below belongs to the headings: it names columns, or stands under a cell merged over several."""
    lower = [str(cell).strip() for cell in grid.rows[top + 1]]
    named = sum(bool(_meaning(cell, whole=True)) for cell in lower if cell)
    under = any(row == top and _text(grid.rows[top + 1], column) for row, column in grid.widened)
    return named >= 2 or (named >= 1 and under)


def _text(row: tuple[Any, ...], at: int) -> str:
    return str(row[at]).strip().replace("\n", "") if at < len(row) and row[at] is not None else ""


def _meaning(said: str, *, whole: bool) -> str:
    if not said or len(said) > 30:
        return ""
    return columns().whole(said) if whole else columns().heading(said)


def _left_out(role: str, roles: dict[int, str], words: dict[int, str]) -> Sentence | None:
    if not role:
        return NOT_KNOWN
    if role.startswith("never_stored."):
        return NEVER_STORED
    if role == "computed":
        return COMPUTED
    if role in roles.values() and role not in SEVERAL:
        other = next(at for at, one in roles.items() if one == role)
        return SAME_AGAIN.filled(other=words[other])
    return None
