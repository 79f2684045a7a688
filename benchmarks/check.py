"""How long `check` takes beside `pyxform.convert(validate=True)`, and how it grows with choices.

Run with `python benchmarks/check.py [rounds]` (5 by default). Both are given the same workbook cells in one process, and both
end with ODK Validate's verdict; check also runs its own rules. Warm means that check has judged a few earlier versions of the
form, as it has for who edits one: Java compiles what runs often. The target is half of pyxform's time, and growth no faster
than linear.

Cold are the two commands, `liuwen check` and `xls2xform`, each a process of its own with all that it starts; in turns, with
Python's compiled files and Java's class archive kept, as after the first run.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from pyxform.xls2xform import convert

from liuwen.checks import check
from liuwen.engine import engine
from liuwen.engine.class_archive import make
from liuwen.form import Form, Sheet

SURVEY = ["type", "name", "label::English (en)", "label::中文 (zh)", "relevant", "constraint", "constraint_message::English (en)",
          "constraint_message::中文 (zh)", "calculation"]  # fmt: skip
CHOICES = ["list_name", "name", "label::English (en)", "label::中文 (zh)", "town"]
SECTION = 25
SETTINGS = Sheet.of("settings", ["form_id", "form_title", "version"], [["bench", "Bench", "1"]])


def question(number: int) -> list[str]:
    """One of five kinds of question, most with a condition on the one before; a section's first has none."""
    label, chinese = f"What about matter {number}?", f"第 {number} 件事怎么样？"
    before = f"${{q{number - 1}}}"
    relevant = constraint = calculation = ""
    match number % 5:
        case 0:
            kind, relevant = "integer", f"{before} != ''" if number % SECTION else ""
            constraint = f". >= 0 and . <= {100 + number}"
        case 1:
            kind, relevant = "select_one water", f"{before} > 5"
        case 2:
            kind, relevant = "select_multiple need", f"{before} = 'well' or {before} = 'tank'"
        case 3:
            kind, relevant = "text", f"selected({before}, 'road') and not(selected({before}, 'school'))"
        case _:
            kind, label, chinese = "calculate", "", ""
            calculation = f"if(string-length({before}) > {number % 7}, 1, 0)"
    messages = ["Too much", "太多"] if constraint else ["", ""]
    return [kind, f"q{number}", label, chinese, relevant, constraint, *messages, calculation]


def in_sections(rows: list[list[str]]) -> Iterator[list[str]]:
    """The rows in groups of 25, as long forms are written."""
    blank = [""] * (len(SURVEY) - 4)
    for start in range(0, len(rows), SECTION):
        yield ["begin group", f"section_{start}", f"Section {start}", f"第 {start} 节", *blank]
        yield from rows[start : start + SECTION]
        yield ["end group", "", "", "", *blank]


def form_with(questions: int, villages: int = 0, *, sections: bool = True) -> Form:
    """A form of so many questions, and a list of so many villages in 100 towns."""
    rows = [question(number) for number in range(questions)]
    rows = list(in_sections(rows)) if sections else rows
    choices = [["water", name, name.title(), name] for name in ("well", "tank", "river")]
    choices += [["need", name, name.title(), name] for name in ("road", "school", "clinic", "water")]
    if villages:
        towns = min(villages, 100)
        rows += [["select_one town", "town", "Town", "镇"], ["select_one village", "village", "Village", "村"]]
        choices += [["town", f"t{number}", f"Town {number}", f"{number} 镇"] for number in range(towns)]
        choices += [["village", f"v{n}", f"Village {n}", f"{n} 村", f"t{n % towns}"] for n in range(villages)]
        header = [*SURVEY, "choice_filter"]
        rows[-1] += [""] * (len(SURVEY) - 4) + ["town = ${town}"]
    else:
        header = SURVEY
    return Form((Sheet.of("survey", header, rows), Sheet.of("choices", CHOICES, choices), SETTINGS))


def as_pyxform_takes_it(form: Form) -> dict[str, object]:
    """The same cells as dictionaries, blank ones left out."""
    return {
        **{
            sheet.name: [{key: cell for key, cell in zip(sheet.header, row, strict=True) if cell} for row in sheet.rows]
            for sheet in form.sheets
        },
        **{f"{sheet.name}_header": [dict.fromkeys(sheet.header)] for sheet in form.sheets},
    }


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor and of waiting that it takes once."""
    before, start = spent(), perf_counter()
    work()
    waited = perf_counter() - start
    return spent() - before, waited


def spent() -> float:
    """Seconds of processor so far: this process, those it has waited for, and the engine's worker (on Linux)."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + _spent_by(engine().pid)


def _spent_by(pid: int | None) -> float:
    stat = Path(f"/proc/{pid}/stat")
    if pid is None or not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def edited(form: Form, number: int) -> Form:
    """The form as after an edit, so that nothing kept from the last run can serve."""
    survey, *others = form.sheets
    rows = [*map(list, survey.rows), ["note", f"edited_{number}", f"Edit {number}", f"改动 {number}"]]
    return Form((Sheet.of("survey", list(survey.header), rows), *others))


def compare(form: Form, times: int, warm: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median seconds (processor, waiting) of check, and of pyxform with ODK Validate, in turns, after checks that warm up."""
    forms = [edited(form, number) for number in range(warm + times)]
    for earlier in forms[:warm]:
        check(earlier, timeout=600)
    ours, theirs = [], []
    for later in forms[warm:]:
        ours.append(seconds(lambda form=later: check(form, timeout=600)))
        theirs.append(seconds(lambda form=later: convert(xlsform=as_pyxform_takes_it(form), validate=True)))
    one, other = ([median(each) for each in zip(*taken, strict=True)] for taken in (ours, theirs))
    return (one[0], one[1]), (other[0], other[1])


def cold(workbook: Path, times: int = 5) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median seconds of processor and of waiting, of `liuwen check` and of `xls2xform`."""
    code = "import sys; from liuwen.cli import main; main(sys.argv[1:])"
    ours = [sys.executable, "-c", code, "check", str(workbook)]
    theirs = [str(Path(sys.executable).with_name("xls2xform")), str(workbook), os.devnull]
    taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for _ in range(times + 1):
        for own, command in ((True, ours), (False, theirs)):
            taken[own].append(process(command))
    one, other = ([median(each) for each in zip(*taken[own][1:], strict=True)] for own in (True, False))
    return (one[0], one[1]), (other[0], other[1])


def process(command: list[str]) -> tuple[float, float]:
    """Seconds of processor, with all that it starts, and of waiting."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    waited, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, waited


def main(rounds: int) -> None:
    """Print the tables."""
    print("| cold | liuwen check, CPU (s) | xls2xform, CPU (s) | ratio | liuwen check (s) | xls2xform (s) | ratio |")
    print("|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        os.environ["LIUWEN_CACHE"] = folder
        make()
        tiny = Path(folder) / "tiny.xlsx"
        form_with(1).write(tiny)
        household = Path(__file__).parent.parent / "forms" / "household_interview.xlsx"
        for name, workbook in (("1 question", tiny), ("household interview", household)):
            (cpu, wall), (their_cpu, their_wall) = cold(workbook, rounds)
            cells = (cpu, their_cpu, cpu / their_cpu, wall, their_wall, wall / their_wall)
            print(f"| {name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |", flush=True)
    report = check(form_with(5))
    assert report.ok, str(report)
    print(
        "| warm | liuwen check, CPU (s) | pyxform + Validate, CPU (s) | ratio "
        "| liuwen check (s) | pyxform + Validate (s) | ratio |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, form, times, warm in (
        ("100 questions", form_with(100), rounds, rounds + 1),
        ("600 questions", form_with(600), rounds, rounds + 1),
        ("3,000 questions", form_with(3000), rounds, rounds + 1),
        ("3,000 questions, in no sections", form_with(3000, sections=False), rounds, rounds + 1),
        ("100 questions, 10,000 choices", form_with(100, 10_000), min(rounds, 3), 1),
        ("100 questions, 100,000 choices", form_with(100, 100_000), 1, 1),
    ):
        (cpu, wall), (their_cpu, their_wall) = compare(form, times, warm)
        cells = (cpu, their_cpu, cpu / their_cpu, wall, their_wall, wall / their_wall)
        print(f"| {name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
