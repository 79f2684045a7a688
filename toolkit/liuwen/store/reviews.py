"""Reviews of submissions: a state and a comment each. Reviews are only ever added; the last one counts."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.damage import making_sense

ReviewState = Literal["received", "hasIssues", "approved", "rejected"]
"""The states, named as in ODK Central."""

STATES: dict[str, Sentence] = {
    "received": Sentence(zh="已收到", en="received"),
    "hasIssues": Sentence(zh="有问题", en="has issues"),
    "approved": Sentence(zh="通过", en="approved"),
    "rejected": Sentence(zh="不采用", en="rejected"),
}
"""The states in words."""

NO_ANSWER = Sentence(
    zh="库里没有编号为“{instance}”的答卷，或它是匿名的，不能逐份审核。",
    en='The store has no answer "{instance}", or it is anonymous and cannot be reviewed one by one.',
)
BAD_STATE = Sentence(
    zh="审核状态只能是 {states}，不是“{state}”。",
    en='A review state is one of {states}, not "{state}".',
)
TOO_LONG = Sentence(zh="评语最多 {most} 字。", en="A comment has at most {most} characters.")
LONGEST = 2000
"""Characters of a comment."""


@dataclass(frozen=True, slots=True)
class Review:
    """One review of a submission.

    Attributes:
        instance_id: The instance ID of the first version of the submission: reviews stay with it through edits.
        state: "received", "hasIssues", "approved" or "rejected".
        comment: What the reviewer wrote.
        who: Who reviewed.
        moment: When.
    """

    instance_id: str
    state: ReviewState
    comment: str
    who: str
    moment: datetime


def add_review(connection: sqlite3.Connection, instance_id: str, state: str, *, comment: str, who: str, now: float) -> Review:
    """Add a review to a submission or to the one that it edits; raises `StoreError` if there is none, or for a bad state."""
    if state not in get_args(ReviewState):
        raise StoreError(BAD_STATE.filled(states=", ".join(get_args(ReviewState)), state=state))
    if len(comment) > LONGEST:
        raise StoreError(TOO_LONG.filled(most=LONGEST))
    row = connection.execute(f"{_ROOTS} ORDER BY number DESC", {"instance": instance_id}).fetchone()
    if row is None:
        raise StoreError(NO_ANSWER.filled(instance=instance_id))
    connection.execute(
        "INSERT INTO reviews (submission, state, comment, who, moment) VALUES (?, ?, ?, ?, ?)", (row[0], state, comment, who, now)
    )
    return read_reviews(connection, instance_id)[-1]


def read_reviews(connection: sqlite3.Connection, instance_id: str | None = None) -> tuple[Review, ...]:
    """The reviews of one submission, or all; oldest first."""
    of_one = "" if instance_id is None else " WHERE reviews.submission IN (" + _ROOTS + ")"
    rows = connection.execute(
        "SELECT instance_id, state, comment, who, moment FROM reviews JOIN submissions ON submissions.number = submission"
        f"{of_one} ORDER BY reviews.number",
        {"instance": instance_id},
    )
    with making_sense("reviews"):
        return tuple(
            Review(instance, state, comment, who, datetime.fromtimestamp(moment, UTC))
            for instance, state, comment, who, moment in rows
        )


OF_INSTANCE = "form IN (SELECT number FROM forms) AND instance_id = :instance"
"""Finds an answer by its instance ID; the forms are named because the index has them first."""
_ROOTS = f"SELECT coalesce(root, number) FROM submissions WHERE {OF_INSTANCE}"


def states_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Instance ID of the first version of each reviewed submission → its state."""
    return {review.instance_id: review.state for review in read_reviews(connection)}
