"""Holds offline changes that arrive before the ones they build on, until those arrive or a time limit passes."""

import sqlite3

DAYS = 5
"""Days after which a change is applied without the ones it builds on (as in ODK Central)."""

Link = tuple[str, int]
"""A position in a chain of offline changes: the branch, and the version on the phone that the change builds on."""


def hold(connection: sqlite3.Connection, submission: int, uuid: str, link: Link, now: float) -> None:
    """Hold a submission."""
    connection.execute(
        "INSERT INTO entity_backlog (submission, uuid, branch_id, branch_base_version, held) VALUES (?, ?, ?, ?, ?)",
        (submission, uuid, *link, now),
    )


def is_held(connection: sqlite3.Connection, submission: int) -> bool:
    """Whether a submission, or an earlier version of it, is held."""
    query = (
        "SELECT 1 FROM entity_backlog JOIN submissions ON submissions.number = submission"
        " WHERE coalesce(root, submissions.number) = (SELECT coalesce(root, number) FROM submissions WHERE number = ?)"
    )
    return connection.execute(query, (submission,)).fetchone() is not None


def release_next(connection: sqlite3.Connection, uuid: str, branch_id: str | None, base_version: int) -> int | None:
    """Release and return the submission that waited for the change just made; None if there is none."""
    if branch_id is None:
        condition, values = "uuid = ? AND branch_base_version = 1", (uuid,)
    else:
        condition, values = "branch_id = ? AND branch_base_version = ?", (branch_id, base_version)  # type: ignore[assignment]
    row = connection.execute(f"SELECT submission FROM entity_backlog WHERE {condition} LIMIT 1", values).fetchone()
    if row is None:
        return None
    release(connection, row[0])
    return int(row[0])


def release(connection: sqlite3.Connection, submission: int) -> None:
    """Release a submission."""
    connection.execute("DELETE FROM entity_backlog WHERE submission = ?", (submission,))


def overdue(connection: sqlite3.Connection, now: float, days: float) -> list[int]:
    """The submissions held for more than `days`, chain by chain in order."""
    rows = connection.execute(
        "SELECT submission FROM entity_backlog WHERE held <= ? ORDER BY branch_id, branch_base_version", (now - days * 86400,)
    )
    return list(dict.fromkeys(number for (number,) in rows))
