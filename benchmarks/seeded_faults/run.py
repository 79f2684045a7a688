"""Who reports which fault: pyxform, ODK Validate, xlsform-lint and liuwen, each given every form of `faults.py`.

Run with `python benchmarks/seeded_faults/run.py`; it writes `docs/faults.md`. xlsform-lint (PyPI) must be
on the PATH, or at the path in XLSFORM_LINT: without it nothing is written, since a page without it would misjudge it.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from faults import PARTS, Fault
from openpyxl import load_workbook

from liuwen.checks import check
from liuwen.engine import validate
from liuwen.errors import ConversionError
from liuwen.form import Form, Place, read_form, to_xform

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "faults.md"
LINT = os.environ.get("XLSFORM_LINT") or shutil.which("xlsform-lint")
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"On the '(\w+)' sheet")


class Said(NamedTuple):
    """One remark: its words, and the place it gives."""

    words: str
    place: Place


def by_liuwen(form: Form) -> list[Said]:
    """Every finding of the rules."""
    return [
        Said(finding.sentence.en, finding.place) for finding in check(form).all if finding.rule not in {"pyxform", "javarosa"}
    ]


def by_pyxform(form: Form) -> list[Said]:
    """Its refusal and its warnings."""
    try:
        said: tuple[str, ...] = to_xform(form).warnings
    except ConversionError as refusal:
        said = (refusal.detail,)
    return [Said(words, _pyxform_place(words)) for words in said]


def _pyxform_place(words: str) -> Place:
    row, sheet = _ROW.search(words), _SHEET.search(words)
    return Place(sheet[1] if sheet else "survey", int(row[1]) if row else None)


def by_odk_validate(form: Form) -> list[Said]:
    """What ODK Validate says of the XForm, where pyxform makes one; it names questions by path, never a row."""
    try:
        xform = to_xform(form)
    except ConversionError:
        return []
    verdict = validate(xform.xml, form.media)
    return [Said(words, _named(form, words)) for words in (*verdict.errors, *verdict.warnings)]


def _named(form: Form, words: str) -> Place:
    named = next((element for element in form.elements if element.name and f"/{element.name}" in words), None)
    return Place("survey", named.row if named else None)


def by_lint(form: Form) -> list[Said]:
    """The diagnostics of xlsform-lint for the form's workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = form.write(Path(folder) / "form.xlsx")
        _as_a_person_left_it(path, form)
        done = subprocess.run([str(LINT), "--format", "json", str(path)], capture_output=True, text=True, check=False)
    diagnostics = json.loads(done.stdout)["diagnostics"] if done.stdout.startswith("{") else []
    return [Said(found["message"], _lint_place(found.get("location") or {})) for found in diagnostics]


def _as_a_person_left_it(path: Path, form: Form) -> None:
    """Put back merged and formula cells, which liuwen does not write."""
    marked = [sheet for sheet in form.sheets if sheet.merged or sheet.formulas]
    if not marked:
        return
    book = load_workbook(path)
    for sheet in marked:
        for cells in sheet.merged:
            book[sheet.name].merge_cells(cells)
        for cell in sheet.formulas:
            book[sheet.name][cell] = f'="{book[sheet.name][cell].value}"'
    book.save(path)


def _lint_place(location: dict[str, object]) -> Place:
    row = location.get("row")
    return Place(
        str(location.get("sheet") or ""), row if isinstance(row, int) else None, str(location.get("column") or "") or None
    )


def answer(said: list[Said], fault: Fault) -> str:
    """What a tool's remarks come to: cell, row, yes (reported without its place), – (nothing the sound form does not get)."""
    place = fault.place
    if any(remark.place == place for remark in said):
        return "cell" if place.row else "yes"
    if any((remark.place.sheet, remark.place.row) == (place.sheet, place.row) for remark in said):
        return "row"
    return "yes" if said else "–"


TOOLS = {"pyxform": by_pyxform, "ODK Validate": by_odk_validate, "xlsform-lint": by_lint, "liuwen": by_liuwen}


def rows(base: Form) -> Iterator[tuple[str, Fault, list[str]]]:
    """Each fault, and what each tool made of it."""
    sound = {name: set(ask(base)) for name, ask in TOOLS.items()}
    for part, faults in PARTS.items():
        for fault in faults:
            form = fault.edit(base)
            new = {name: [remark for remark in ask(form) if remark not in sound[name]] for name, ask in TOOLS.items()}
            yield part, fault, [answer(new[name], fault) for name in TOOLS]


def page(base: Form) -> str:
    """The table as Markdown, with the sums above it."""
    found = list(rows(base))
    sums = [sum(answers[index] not in {"–", ""} for *_, answers in found) for index in range(len(TOOLS))]
    cells = [sum(answers[index] == "cell" for *_, answers in found) for index in range(len(TOOLS))]
    lines = [TITLE.format(count=len(found), pyxform=version("pyxform"))]
    lines += [f"| of {len(found)} 共 | {' | '.join(TOOLS)} |", "|---|" + "---|" * len(TOOLS)]
    lines += [
        f"| reported 报告 | {' | '.join(map(str, sums))} |",
        f"| … with the exact cell 并指出单元格 | {' | '.join(map(str, cells))} |",
        "",
    ]
    heading = ""
    for part, fault, answers in found:
        if part != heading:
            heading = part
            lines += [
                "",
                f"## {part}",
                "",
                f"| fault 错误 | place 位置 | {' | '.join(TOOLS)} |",
                "|---|---|" + "---|" * len(TOOLS),
            ]
        lines.append(f"| {fault.en} {fault.zh} | {_shown(fault.place)} | {' | '.join(answers)} |".replace("${", "\\${"))
    return "\n".join(lines) + "\n"


TITLE = """# Faults that a check should find · 检查应当发现的错误

{count} faults were sown, one at a time, in a form that all four tools find sound (`benchmarks/seeded_faults/`).
*cell*: reported at the very cell; *row*: at its row; *yes*: reported, without the place; *–*: nothing was said. ODK Validate
sees a form only where pyxform (here {pyxform}) converts it. `python benchmarks/seeded_faults/run.py` writes this page.

False alarms: of the 47 real workbooks in the test corpus that pyxform converts and ODK Validate passes, six get errors
(17 in all), and each of the 17 is true. Reports on twenty real forms (some 1,580 findings) were gone through: 151
findings were read one by one; some 1,130 of a kind that a script can prove (a blank translation, two equal labels, a long
name) were proved by one; the rest were looked at kind by kind. That found about 40 false findings, and the rules were
mended; in the last round no error and no warning was judged false, and some 10 notes were beside the point
(advice to ask for consent in forms about facilities, a question on shocks since a
pregnancy taken for sensitive, a scale of acquaintance taken for a lopsided one). Eleven of the reports (322 findings) were
then read from the first line to the last, notes included, and everything said of a *none* chosen with others (76 findings)
or an *other* without its question (72) in all 64 forms and 118 XForms: 15 of the 76 and 11 of the 322 were false (a check
in a note keeps the choice apart, "Provider refused" is no refusal to answer, a calculation needs no translation) and are
mended; of the 72 none was. Of 174 warnings on the XForms 129 were of words outside their translations, which phones show
in every language: those too are gone.

在一份四种工具都认为没有问题的问卷里，每次放入一个错误，共 {count} 个。
cell：指到单元格；row：指到行；yes：报告了但没有位置；–：没有报告。

误报：测试用的真实问卷中，pyxform 和 ODK Validate 都通过的有 47 份，其中六份被报告了错误（共 17 个），17 个都属实。
过了一遍 20 份真实问卷的报告（约 1,580 条）：151 条逐条读过；约 1,130 条能用程序核实的（缺翻译、文字相同、名称太长）用程序核实；
其余按种类看过。共发现约 40 条误报，规则已经改正；最后一遍没有误报的错误和警告，约有 10 条提示不切题。
随后又把其中 11 份报告（322 条，连提示在内）从头到尾逐条读过；并把全部 64 份问卷和 118 份 XForm 里
关于“没有”与别项同选（76 条）、“其他”没有追问（72 条）的也逐条读过。76 条中误报 15 条，322 条中误报 11 条，72 条没有误报
（说明题已经拦住同选；“Provider refused”并非拒答；计算题不需要翻译），规则已经改正。XForm 的 174 条警告里，
129 条说的是译文之外的文字，手机用哪种语言都会显示，也不再报告。
"""


def _shown(place: Place) -> str:
    return "the form 整份" if place.row is None else str(place)


def main() -> None:
    """Write the page, and say how many faults liuwen missed."""
    if LINT is None:
        raise SystemExit("xlsform-lint is not installed, so there is nothing to compare with: pip install xlsform-lint")
    text = page(read_form(HERE / "base.md"))
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
