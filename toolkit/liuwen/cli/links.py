"""`liuwen links`: links with which anybody fills in one form; list, make, revoke, also while the store is served."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.serve import PORT, UNTIL
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence
from liuwen.office.words import state_of
from liuwen.server.codes import Given, end_of

if TYPE_CHECKING:
    from liuwen.store import Link

ABOUT = Sentence(
    zh="网页链接（谁拿到都能填一份问卷）：列出、新做、停用。正在收答卷时也可以，马上生效。",
    en="Links with which anybody fills in one form in a browser: list, make, revoke; also while the store is served.",
)
ADD = Sentence(zh="给这份问卷（表单编号）做一个链接；可重复。", en="Make a link to this form (by its ID); may be repeated.")
USES = Sentence(zh="新链接能交几份；不给就不限。", en="How many answers a new link accepts; any number by default.")
REVOKE = Sentence(zh="停用这个链接（列表里的编号）；可重复。", en="Revoke this link (by the ID in the list); may be repeated.")
TITLE = Sentence(zh="链接", en="Links")
HEADINGS = {
    "id": Sentence(zh="编号", en="ID"),
    "form": Sentence(zh="问卷", en="form"),
    "created": Sentence(zh="做于", en="made"),
    "left": Sentence(zh="还能交", en="answers left"),
    "state": Sentence(zh="状态", en="state"),
}
ANY = Sentence(zh="不限", en="any")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--add"], multiple=True, help=str(ADD)),
        click.Option(["--uses"], type=click.IntRange(1), help=str(USES)),
        click.Option(["--until"], type=click.DateTime(["%Y-%m-%d"]), help=str(UNTIL)),
        click.Option(["--revoke"], multiple=True, help=str(REVOKE)),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=8060, show_default=True, help=str(PORT)),
        json_option(),
    ]
    return sub_command(links, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def links(
    *,
    store: Path,
    add: tuple[str, ...],
    uses: int | None,
    until: datetime | None,
    revoke: tuple[str, ...],
    port: int,
    as_json: bool,
) -> int:
    """Do what is asked, then list the links."""
    import pandas as pd

    from liuwen.server.serving import served_at
    from liuwen.store.store import keeping_of

    kept = open_store(store)
    now = keeping_of(kept).clock()
    for link_id in revoke:
        kept.revoke_link(link_id)
    given = Given(kept, served_at(kept.folder, port), (), end_of(until, now) if until else None, uses)
    for joining in given.links(add):
        click.echo(f"\n{joining.name}\n{joining}", err=as_json)
    listed = [_row(one, now) for one in kept.links()]
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0


def _row(one: "Link", now: float) -> dict[str, object]:
    left = str(ANY) if one.uses is None else str(one.uses)
    day = f"{one.created.astimezone():%Y-%m-%d}"
    return {"id": one.id, "form": one.form_id, "created": day, "left": left, "state": str(state_of(one, now))}
