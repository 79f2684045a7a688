"""`liuwen forms`: the published forms of a store; open and close them, also while the store is served."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence
from liuwen.office.words import FORM_STATES

ABOUT = Sentence(
    zh="库里发布的问卷：列出、打开、关闭。正在收答卷时也可以，马上生效。",
    en="The published forms of a store: list, open, close; also while it is served.",
)
OPEN = Sentence(zh="打开这份问卷（表单编号）；可重复。", en="Open this form (by its ID); may be repeated.")
CLOSING = Sentence(
    zh="这份问卷不再下发，已下到手机上的还收；可重复。",
    en="Offer this form no longer, but accept what phones still send; may be repeated.",
)
CLOSE = Sentence(
    zh="关闭这份问卷，不下发也不再收；可重复。", en="Close this form: neither offered nor accepted; may be repeated."
)
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
        json_option(),
    ]
    return sub_command(forms, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def forms(*, store: Path, opened: tuple[str, ...], closing: tuple[str, ...], closed: tuple[str, ...], as_json: bool) -> int:
    """Do what is asked, then list the current versions."""
    import pandas as pd

    kept = open_store(store)
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
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0
