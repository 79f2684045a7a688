"""`liuwen review`: the state of review of answers; list them, or review one, also while the store is served."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.store.reviews import STATES

ABOUT = Sentence(
    zh="审核答卷：已收到、有问题、通过、不采用，附评语。和办公页面上的是同一份记录；正在收答卷时也可以。",
    en="Review answers: received, has issues, approved, rejected, with a comment: the same record as on the office page. "
    "Works while the store is served.",
)
INSTANCE = Sentence(zh="审核这份答卷（instanceID）。", en="Review this answer (instanceID).")
STATE = Sentence(
    zh="received 已收到，hasIssues 有问题，approved 通过，rejected 不采用（与 ODK Central 相同）。不给 --instance 时只列出这种。",
    en="The state, named as in ODK Central. Without --instance, only answers in this state are listed.",
)
COMMENT = Sentence(zh="评语。", en="A comment.")
FORM_ID = Sentence(zh="只列这份问卷（表单编号）。", en="Only answers to this form (by its ID).")
NO_STATE = Sentence(zh="审核一份答卷要给出 --state。", en="Reviewing an answer needs --state.")
TITLE = Sentence(zh="审核", en="Reviews")
HEADINGS = {
    "form": Sentence(zh="问卷", en="form"),
    "number": Sentence(zh="号", en="no."),
    "instance": Sentence(zh="编号", en="instance ID"),
    "collector": Sentence(zh="采集员", en="collector"),
    "received": Sentence(zh="收到", en="received"),
    "state": Sentence(zh="审核", en="review"),
    "comment": Sentence(zh="最后的评语", en="last comment"),
}


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--instance"], help=str(INSTANCE)),
        click.Option(["--state"], type=click.Choice(list(STATES)), help=str(STATE)),
        click.Option(["--comment"], default="", help=str(COMMENT)),
        click.Option(["--form-id"], help=str(FORM_ID)),
        json_option(),
    ]
    return sub_command(review, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def review(*, store: Path, instance: str | None, state: str | None, comment: str, form_id: str | None, as_json: bool) -> int:
    """Do what is asked, then list the answers."""
    import pandas as pd

    desk = open_store(store).office
    if instance is not None:
        if state is None:
            raise LiuwenError(NO_STATE)
        desk.review(instance, state, comment)
    found = desk.listing(form_id)
    if instance is not None:
        found = found[(found["instance_id"] == instance) | (found["root_id"] == instance)]
    elif state is not None:
        found = found[found["review_state"] == state]
    comments = {one.instance_id: one.comment for one in desk.reviews()}
    listed = [
        {
            "form": row["form_id"],
            "number": row["number"],
            "instance": row["instance_id"],
            "collector": row["collector"],
            "received": f"{row['received'].to_pydatetime().astimezone():%Y-%m-%d %H:%M}",
            "state": row["review_state"] if as_json else str(STATES[row["review_state"]]),
            "comment": comments.get(row["root_id"], ""),
        }
        for row in found.to_dict("records")
    ]
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0
