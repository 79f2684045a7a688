"""`liuwen report`: the county report, as a Word document, a PDF or a page."""

from pathlib import Path

import click

from liuwen.cli.answers import read_answers, release_options, released
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="写给县里的报告：怎么问的、覆盖、各村需求、满意度、统计方法，每个数字都有分母和区间，不足 5 户的不显示。",
    en="The county report: how it was asked, coverage, needs by village, satisfaction, method; every figure with its base and "
    "interval, none of fewer than five households.",
)
FORM = Sentence(zh="这些答卷所答的问卷；库里只有一份问卷时可不给。", en="The form that was answered; not needed for a store.")
FORM_ID = Sentence(zh="库里哪份问卷（表单编号）。", en="Which form of a store (by its ID).")
TO = Sentence(zh="写到哪里：.docx、.pdf 或 .html；可重复。", en="Where to write: .docx, .pdf or .html; may be repeated.")
TITLE = Sentence(zh="报告的标题。", en="Title of the report.")
AUTHOR = Sentence(zh="报告单位。", en="Whose report it is.")
WRITTEN = Sentence(zh="已写成：{file}", en="Written: {file}")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    path = click.Path(path_type=Path)
    options = [
        click.Option(["--to"], type=path, multiple=True, required=True, help=str(TO)),
        click.Option(["--form"], type=path, help=str(FORM)),
        click.Option(["--form-id"], help=str(FORM_ID)),
        click.Option(["--title"], default="", help=str(TITLE)),
        click.Option(["--author"], default="", help=str(AUTHOR)),
        *release_options(),
    ]
    return sub_command(report, ABOUT, [click.Argument(["source"], type=path), *options])


def report(
    *,
    source: Path,
    to: tuple[Path, ...],
    form: Path | None,
    form_id: str | None,
    title: str,
    author: str,
    release: str | None,
    releases: Path | None,
) -> int:
    """Write the report in each format that is asked for."""
    from liuwen.reports import report as make

    if form is None:
        from liuwen.cli.stores import open_store

        responses = open_store(source).responses(form_id)
    else:
        responses = read_answers(source, form)
    made = make(released(responses, release, releases), title=title, author=author)
    for file in to:
        click.echo(str(WRITTEN.filled(file=made.write(file))))
    return 0
