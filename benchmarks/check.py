"""How long `check` takes beside `pyxform.convert(validate=True)`, and how it grows with choices.

Run with `python benchmarks/check.py`. Both are given the same workbook cells in one warm process, and both end with ODK
Validate's verdict; check also runs its own rules. The target is half of pyxform's time, and growth no faster than linear.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from pyxform.xls2xform import convert

from liuwen.check import check
from liuwen.form import Form, Sheet

SURVEY = ["type", "name", "label::English (en)", "label::中文 (zh)", "relevant", "constraint", "constraint_message::English (en)",
          "constraint_message::中文 (zh)", "calculation"]  # fmt: skip
CHOICES = ["list_name", "name", "label::English (en)", "label::中文 (zh)", "town"]
SETTINGS = Sheet.of("settings", ["form_id", "form_title", "version"], [["bench", "Bench", "1"]])


def question(number: int) -> list[str]:
    """One of five kinds of question, each with a condition on the one before; every 25 begin a section of their own."""
    label, chinese = f"What about matter {number}?", f"第 {number} 件事怎么样？"
    before = f"${{q{number - 1}}}"
    match number % 5:
        case 0:
            relevant = f"{before} != ''" if number % 25 else ""
            return ["integer", f"q{number}", label, chinese, relevant, f". >= 0 and . <= {100 + number}", "Too much", "太多", ""]
        case 1:
            return ["select_one water", f"q{number}", label, chinese, f"{before} > 5", "", "", "", ""]
        case 2:
            return [
                "select_multiple need",
                f"q{number}",
                label,
                chinese,
                f"{before} = 'well' or {before} = 'tank'",
                "",
                "",
                "",
                "",
            ]
        case 3:
            return [
                "text",
                f"q{number}",
                label,
                chinese,
                f"selected({before}, 'road') and not(selected({before}, 'school'))",
                "",
                "",
                "",
                "",
            ]
        case _:
            return ["calculate", f"q{number}", "", "", "", "", "", "", f"if(string-length({before}) > {number % 7}, 1, 0)"]


def form_with(questions: int, villages: int = 0) -> Form:
    """A form of so many questions, and a list of so many villages in 100 towns."""
    rows = [question(number) for number in range(questions)]
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


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = perf_counter()
    work()
    return perf_counter() - start


def edited(form: Form, number: int) -> Form:
    """The form as after an edit, so that nothing kept from the last run can serve."""
    survey, *others = form.sheets
    rows = [*map(list, survey.rows), ["note", f"edited_{number}", f"Edit {number}", f"改动 {number}"]]
    return Form((Sheet.of("survey", list(survey.header), rows), *others))


def compare(questions: int, villages: int = 0, times: int = 5) -> tuple[float, float]:
    """Median seconds of check, and of pyxform with ODK Validate, taken in turns; the first check only warms the engine."""
    forms = [edited(form_with(questions, villages), number) for number in range(times + 1)]
    check(forms.pop(), timeout=600)
    ours, theirs = [], []
    for form in forms:
        ours.append(seconds(lambda form=form: check(form, timeout=600)))
        theirs.append(seconds(lambda form=form: convert(xlsform=as_pyxform_takes_it(form), validate=True)))
    return median(ours), median(theirs)


def main() -> None:
    """Print both tables."""
    report = check(form_with(5))
    assert report.ok, str(report)
    print("| form | liuwen check (s) | pyxform convert + validate (s) | ratio |\n|---|---|---|---|")
    for questions in (100, 600, 3000):
        ours, theirs = compare(questions, times=5 if questions < 1000 else 3)
        print(f"| {questions} questions | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |")
    for villages in (10_000, 100_000):
        ours, theirs = compare(100, villages, times=3 if villages < 50_000 else 1)
        print(f"| 100 questions, {villages:,} choices | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |")


if __name__ == "__main__":
    main()
