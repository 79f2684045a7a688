"""`liuwen forms`: the published forms of a store; open and close them, also while the store is served."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.office.words import FORM_STATES

if TYPE_CHECKING:
    from liuwen.store import Store

ABOUT = Sentence(
    zh="库里的问卷：列出、打开、关闭，试填草稿。正在收答卷时也可以，马上生效。",
    en="The forms of a store: list, open, close, try a draft; also while it is served.",
)
OPEN = Sentence(zh="打开这份问卷（表单编号）；可重复。", en="Open this form (by its ID); may be repeated.")
CLOSING = Sentence(
    zh="这份问卷不再下发，已下到手机上的还收；可重复。",
    en="Offer this form no longer, but accept what phones still send; may be repeated.",
)
CLOSE = Sentence(
    zh="关闭这份问卷，不下发也不再收；可重复。", en="Close this form: neither offered nor accepted; may be repeated."
)
TRY = Sentence(
    zh="检查这个问卷文件，做成草稿，给一个试填码：答卷不进正式数据，发布时删除。",
    en="Check the form in this file, make a draft of it and show a test code: answers stay apart, and are deleted on publishing.",
)
PUBLISH = Sentence(zh="发布这份问卷的草稿（表单编号）；可重复。", en="Publish the draft of this form; may be repeated.")
PORT = Sentence(zh="还没有开过服务器时，试填码用的端口。", en="The port in a test code, if the store was never served.")
DRAFT = Sentence(zh="草稿", en="draft")
NO_DRAFT = Sentence(zh="没有问卷“{form}”的草稿。", en='There is no draft of the form "{form}".')
TITLE = Sentence(zh="问卷", en="Forms")
HEADINGS = {
    "form": Sentence(zh="编号", en="form"),
    "title": Sentence(zh="名称", en="title"),
    "version": Sentence(zh="版本", en="version"),
    "answers": Sentence(zh="答卷", en="answers"),
    "state": Sentence(zh="状态", en="state"),
}


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--open", "opened"], multiple=True, help=str(OPEN)),
        click.Option(["--closing"], multiple=True, help=str(CLOSING)),
        click.Option(["--close", "closed"], multiple=True, help=str(CLOSE)),
        click.Option(["--try", "tried"], type=click.Path(path_type=Path), help=str(TRY)),
        click.Option(["--publish", "published"], multiple=True, help=str(PUBLISH)),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=8060, show_default=True, help=str(PORT)),
        json_option(),
    ]
    return sub_command(forms, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def forms(
    *,
    store: Path,
    opened: tuple[str, ...],
    closing: tuple[str, ...],
    closed: tuple[str, ...],
    tried: Path | None,
    published: tuple[str, ...],
    port: int,
    as_json: bool,
) -> int:
    """Do what is asked, then list the current versions and the drafts; status 1 if the form to be tried has errors."""
    import pandas as pd

    kept = open_store(store)
    for form_id in published:
        _publish(kept, form_id)
    if tried is not None and not _try(kept, tried, port, as_json=as_json):
        return 1
    for form_id in opened:
        kept.set_state(form_id, "open")
    for form_id in closing:
        kept.set_state(form_id, "closing")
    for form_id in closed:
        kept.set_state(form_id, "closed")
    listed = [
        {
            "form": one.form_id,
            "title": one.title,
            "version": one.version,
            "answers": kept.count(one.form_id),
            "state": str(FORM_STATES[one.state]),
        }
        for one in kept.forms()
        if one.current
    ]
    listed += [
        {
            "form": one.form.form_id,
            "title": one.form.title,
            "version": one.form.version,
            "answers": one.answers,
            "state": str(DRAFT),
        }
        for one in kept.drafts.all()
    ]
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0


def _publish(kept: "Store", form_id: str) -> None:
    names = [one.name for one in kept.drafts.all() if one.form.form_id == form_id]
    if not names:
        raise LiuwenError(NO_DRAFT.filled(form=form_id))
    kept.drafts.publish(names[0])


def _try(kept: "Store", file: Path, port: int, *, as_json: bool) -> bool:
    """Make a draft of a form without errors and show its test code."""
    from liuwen.checks import check
    from liuwen.form import read_form
    from liuwen.server.draft_addresses import code_to_try
    from liuwen.server.serving import served_at

    form = read_form(file)
    report = check(form)
    if not report.ok:
        click.echo(str(report), err=True)
        return False
    joining = code_to_try(kept.drafts.add(form), served_at(kept.folder, port))
    click.echo(f"\n{joining.name}\n{joining}", err=as_json)
    return True
