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
    zh="自动改正没有歧义的错误（列名拼错、多余空格），把很长的选项列表移到 CSV 文件，写成新文件。",
    en="Correct what has only one possible correction (misspelt columns, extra spaces) and move very long choice lists to "
    "CSV files, in a new file.",
)
FIXED = Sentence(
    zh="改好 {count} 处，写到 {file}：请再检查一遍。",
    en="Corrected cells: {count}, written to {file}; check that file next.",
)
MOVED = Sentence(
    zh="改好 {count} 处，长列表移到 {lists}，写到 {file}：请再检查一遍，发布时把这些文件放在一起。",
    en="Corrected cells: {count}; long lists moved to {lists}; written to {file}: check that next, and keep the files together.",
)
NOTHING_TO_FIX = Sentence(
    zh="没有可以自动改正的地方，没有写新文件。",
    en="Nothing can be corrected automatically; no file was written.",
)
ERRORS = Sentence(zh="只列错误。", en="List errors only.")
RULE = Sentence(
    zh="只列这条规则的发现，逐条列出；可重复。", en="List the findings of this rule only, one by one; may be repeated."
)
NO_RULE = Sentence(
    zh="没有叫“{name}”的规则：规则的名称写在每条发现的方括号里{meant}。",
    en="There is no rule “{name}”; the name of a rule stands in brackets in each finding{meant}.",
)
_MODEL = re.compile(rb"<([\w.-]+:)?model[\s/>]")
ENDINGS = frozenset({".xlsx", ".xls", ".xml"})
_FEW, _SMALL = 2, 150_000
"""How many forms, of how many bytes each, are too little work for Java to compile what it runs well."""
"""What counts as a form in a folder; a form in Markdown or CSV is named, since most such files are something else."""


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    files = click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path))
    mend = click.Option(["--fix", "mend"], is_flag=True, help=str(FIX))
    errors = click.Option(["--errors", "only_errors"], is_flag=True, help=str(ERRORS))
    rule = click.Option(["--rule", "rules"], multiple=True, metavar="NAME", help=str(RULE))
    return sub_command(check, ABOUT, [files, errors, rule, mend, json_option()])


def check(*, files: tuple[Path, ...], only_errors: bool, rules: tuple[str, ...], mend: bool, as_json: bool) -> int:
    """Exit status 2 where a form could not be read, else 1 where one has an error, else 0; what is not listed counts too."""
    _start_engine(files)
    _refuse_unknown(rules)
    results = []
    for path in _forms(files):
        result = _examine(path)
        shown = result if isinstance(result, LiuwenError) else result.only(rules=rules, errors=only_errors)
        results.append((path, result, shown))
        if not as_json:
            say_report(str(path), shown, in_full=bool(rules))
        if mend and not isinstance(result, LiuwenError):
            said = _mend(path, result.form)
            click.echo(str(said), err=as_json)
    if as_json:
        show_json([_record(path, result, shown) for path, result, shown in results])
    _keep_classes()
    unread = any(isinstance(result, LiuwenError) for _, result, _ in results)
    return 2 if unread else int(any(not result.ok for _, result, _ in results if not isinstance(result, LiuwenError)))


def _start_engine(files: tuple[Path, ...]) -> None:
    """Java starts while the rules are imported and the form is read; a few small forms are not worth much compiling."""
    from liuwen.engine import engine
    from liuwen.engine.validation import prepare_to_judge

    brief = len(files) <= _FEW and all(path.is_file() and path.stat().st_size < _SMALL for path in files)
    engine().start_early(prepare_to_judge, brief=brief)


def _keep_classes() -> None:
    """Later runs start Java from an archive of its classes; the first has it made, after the report is out."""
    from liuwen.engine.class_archive import make_in_background

    make_in_background()


def _refuse_unknown(rules: Iterable[str]) -> None:
    from liuwen.checks.rule_names import rule_names, suggestion

    for name in rules:
        if name not in rule_names():
            raise ReadError(NO_RULE.filled(name=name, meant=suggestion(name)))


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
    except OSError:  # reported when it is examined
        return False
    return content.lstrip().startswith(b"<") and _MODEL.search(content) is None and content.rstrip().endswith(b">")


def _examine(path: Path) -> "Report | LiuwenError":
    from liuwen.checks import check as examine
    from liuwen.checks.severities import severities_near
    from liuwen.form import read_form

    try:
        return examine(read_form(path), severities=severities_near(path))
    except LiuwenError as error:
        return error


def _mend(path: Path, form: "Form") -> Sentence:
    """Write what can be mended beside the form; nothing where nothing can."""
    from liuwen.checks import fix
    from liuwen.checks.fixing import mended_cells
    from liuwen.checks.lists_in_files import with_lists_in_files

    mended = fix(form)
    moved = with_lists_in_files(mended)
    cells, lists = mended_cells(form, mended), sorted(moved.media.keys() - form.media.keys())
    if not cells and not lists:
        return NOTHING_TO_FIX
    file = moved.write(_new_name(path))
    return MOVED.filled(count=cells, lists=", ".join(lists), file=file) if lists else FIXED.filled(count=cells, file=file)


def _new_name(path: Path) -> Path:
    """A name beside the form that nothing has yet: what was mended before may have been worked on since."""
    marks = ("" if number == 1 else f"-{number}" for number in count(1))
    names = (path.with_name(f"{path.stem}.fixed{mark}.xlsx") for mark in marks)
    return next(name for name in names if not name.exists())


def say_report(heading: str, result: "Report | LiuwenError", *, in_full: bool = False) -> None:
    """Print what was found under a heading, grouped unless `in_full`; what could not be examined goes to standard error."""
    click.secho(heading, bold=True)
    if in_full and not isinstance(result, LiuwenError):
        click.echo("\n".join([*map(str, result.all), str(result.summary)]))
    elif isinstance(result, LiuwenError) or not sys.stdout.isatty():
        click.echo(str(result), err=isinstance(result, LiuwenError))
    else:
        from rich.console import Console

        Console(highlight=False).print(result)


def _record(path: Path, result: "Report | LiuwenError", shown: "Report | LiuwenError") -> dict[str, object]:
    if isinstance(result, LiuwenError) or isinstance(shown, LiuwenError):
        return {"file": str(path), "ok": False, "error": str(result), "findings": []}
    return {"file": str(path), "ok": result.ok, "findings": shown.findings.to_dict("records")}
