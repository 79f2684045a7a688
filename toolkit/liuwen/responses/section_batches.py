"""Which rows of a section that is kept apart are shown: they come, and go, in batches of at least the minimum.

Who was interviewed between two releases, or two loads of a store, is known, and so is whose answers were changed or erased. Were
that person's row of the section the only one that came, or went, it would be known too. So new rows wait for others, and where
one of a batch has gone as many others of it go as are needed, for good. Rows with the same content stand for each other: where
one of them has gone, every batch that holds such a row is treated as if it had lost it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set

LEAST = 5
"""The smallest number that is shown of a section kept apart, whoever asks."""


def next_rows(earlier: Sequence[Iterable[str]], now: Iterable[str], minimum: int) -> list[str]:
    """The rows of a section that the next release counts.

    Args:
        earlier: The marks of the rows that each earlier release counted, the first one first.
        now: The marks of all rows there are now. Rows of the same content have the same mark up to its point, and a number
            after it.
        minimum: The smallest number of rows that may come or go together.

    Returns:
        Marks in alphabetical order.

    Example:
        >>> first = [f"row{number}.0" for number in range(12)]
        >>> next_rows([], first[:4], 5), len(next_rows([], first, 5)), len(next_rows([first], first[1:], 5))
        ([], 12, 7)
    """
    there = set(now)
    batches, ever = _batches(earlier)
    last = set(earlier[-1]) if earlier else set()
    lost = Counter(map(content_of, last - there))
    shown: set[str] = set()
    for batch in batches:
        shown |= staying(batch & last, there, lost, minimum)
    new = there - ever
    return sorted(shown | new if len(new) >= minimum else shown)


def _batches(earlier: Sequence[Iterable[str]]) -> tuple[list[set[str]], set[str]]:
    """The rows that each release counted for the first time, and all that any counted."""
    batches, ever = [], set[str]()
    for rows in earlier:
        batches.append(set(rows) - ever)
        ever |= batches[-1]
    return batches, ever


def staying(batch: Set[str], there: Set[str], lost: "Counter[str]", minimum: int) -> set[str]:
    """What stays of a batch: all of it, at least the minimum, or nothing.

    `there` are the marks of all rows there are now, and `lost` says of each content how many rows are gone.
    """
    held = Counter(map(content_of, batch))
    gone = sum(min(count, lost[content]) for content, count in held.items())
    rows = sorted(batch & there, key=lambda mark: (lost[content_of(mark)] > 0, mark))  # those unlike any that was lost go first
    if gone:
        rows = rows[max(minimum - gone, 0) :]
    return set(rows) if len(rows) >= minimum else set()


def content_of(mark: str) -> str:
    """What a mark is of, without the number after its point."""
    return mark.partition(".")[0]
