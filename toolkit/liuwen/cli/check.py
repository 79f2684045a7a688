"""`liuwen check`: everything wrong with each form, in one run."""

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.errors import LiuwenError, ReadError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.checks import Report
    from liuwen.form import Form

ABOUT = Sentence(
    zh="检查问卷：一次报告全部问题，指明工作表、行和列。可以给多个文件或文件夹。",
    en="Check forms: report everything that is wrong, with sheet, row and column. Takes files and folders.",
)
NOTHING = Sentence(
    zh="{folder} 里没有问卷（.xlsx、.xls、.xml）。请检查路径。",
    en="There is no form (.xlsx, .xls, .xml) in {folder}. Check the path.",
)
FIX = Sentence(
    zh="自动改正没有歧义的错误（列名拼错、多余空格），写成新文件。",
    en="Correct what has only one possible correction (misspelt columns, extra spaces), in a new file.",
)
FIXED = Sentence(
    zh="改好 {count} 处，写到 {file}：请再检查一遍。",
    en="Corrected cells: {count}, written to {file}; check that file next.",
)
NOTHING_TO_FIX = Sentence(
    zh="没有可以自动改正的地方，没有写新文件。",
    en="Nothing can be corrected automatically; no file was written.",
)
_MODEL = re.compile(rb"<([\w.-]+:)?model[\s/>]")
ENDINGS = frozenset({".xlsx", ".xls", ".xml"})
"""What counts as a form in a folder; a form in Markdown or CSV is named, since most such files are something else."""


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    files = click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path))
    mend = click.Option(["--fix", "mend"], is_flag=True, help=str(FIX))
    return sub_command(check, ABOUT, [files, mend, json_option()])


def check(*, files: tuple[Path, ...], mend: bool, as_json: bool) -> int:
    """Exit status 2 where a form could not be read, else 1 where one has an error, else 0."""
    results = []
    for path in _forms(files):
        result = _examine(path)
        results.append((path, result))
        if not as_json:
            say_report(str(path), result)
        if mend and not isinstance(result, LiuwenError):
            said = _mend(path, result.form)
            click.echo(str(said), err=as_json)
    if as_json:
        show_json([_record(path, result) for path, result in results])
    unread = any(isinstance(result, LiuwenError) for _, result in results)
    return 2 if unread else int(any(not result.ok for _, result in results if not isinstance(result, LiuwenError)))


def _forms(files: Iterable[Path]) -> list[Path]:
    found = []
    for path in files:
        inside = sorted(filter(_is_form, path.rglob("*"))) if path.is_dir() else [path]
        if not inside:
            raise ReadError(NOTHING.filled(folder=path))
        found += inside
    return found


def _is_form(file: Path) -> bool:
    """Whether a file of a folder is a form to examine, and not what Excel locks one with, or the XML of a list."""
    if file.suffix.lower() not in ENDINGS or file.name.startswith(("~$", "._")) or not file.is_file():
        return False
    return file.suffix.lower() != ".xml" or not _is_other_xml(file)


def _is_other_xml(file: Path) -> bool:
    try:
        content = file.read_bytes().removeprefix(BOM_UTF8)
    except OSError:  # which is said when it is examined
        return False
    return content.lstrip().startswith(b"<") and _MODEL.search(content) is None and content.rstrip().endswith(b">")


def _examine(path: Path) -> "Report | LiuwenError":
    from liuwen.checks import check as examine
    from liuwen.form import read_form

    try:
        return examine(read_form(path))
    except LiuwenError as error:
        return error


def _mend(path: Path, form: "Form") -> Sentence:
    """Write what can be mended beside the form; nothing where nothing can."""
    from liuwen.checks import fix
    from liuwen.checks.fixing import mended_cells

    mended = fix(form)
    cells = mended_cells(form, mended)
    if not cells:
        return NOTHING_TO_FIX
    return FIXED.filled(count=cells, file=mended.write(_new_name(path)))


def _new_name(path: Path) -> Path:
    """A name beside the form that nothing has yet: what was mended before may have been worked on since."""
    marks = ("" if number == 1 else f"-{number}" for number in count(1))
    names = (path.with_name(f"{path.stem}.fixed{mark}.xlsx") for mark in marks)
    return next(name for name in names if not name.exists())


def say_report(heading: str, result: "Report | LiuwenError") -> None:
    """Print what was found under a heading; what could not be examined goes to standard error."""
    click.secho(heading, bold=True)
    if isinstance(result, LiuwenError) or not sys.stdout.isatty():
        click.echo(str(result), err=isinstance(result, LiuwenError))
    else:
        from rich.console import Console

        Console(highlight=False).print(result)


def _record(path: Path, result: "Report | LiuwenError") -> dict[str, object]:
    if isinstance(result, LiuwenError):
        return {"file": str(path), "ok": False, "error": str(result), "findings": []}
    return {"file": str(path), "ok": result.ok, "findings": result.findings.to_dict("records")}
