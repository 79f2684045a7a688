"""How long it takes to load answers: liuwen beside the usual ways to do it by hand, and how much memory it needs.

    python benchmarks/responses.py xml [submissions] [questions]
    python benchmarks/responses.py json | csv | kobo | workbook [submissions] [questions]
    python benchmarks/responses.py again [submissions] [questions]
    python benchmarks/responses.py memory | streamed [submissions] [questions]

Each way reads the same answers into pandas frames. The others give less: no types, no choice order, no asked-or-not, no check
of what is broken, doubled or of another form. A ratio under 1 means that liuwen took less time than the other.
"""

import json
import random
import resource
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from lxml import etree
from python_calamine import CalamineWorkbook

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import Responses, read_responses

CHOICES = b.choices("scale", *((f"c{number}", f"选{number}", f"Choice {number}") for number in range(6)))
Ways = dict[str, Callable[[], object]]
OWN = "liuwen"


def form_of(questions: int, *, repeat: bool = True) -> Form:
    """A form with as many questions, of each kind in turn, a fifth of them in a repeat."""
    kinds = (
        lambda name: b.text(name, zh="文字？", en="Text?"),
        lambda name: b.integer(name, zh="整数？", en="Whole number?"),
        lambda name: b.select_one(name, CHOICES, zh="选一个？", en="Choose one?"),
        lambda name: b.select_multiple(name, CHOICES, zh="选几个？", en="Choose some?"),
        lambda name: b.date(name, zh="日期？", en="Which day?"),
    )
    items = [kinds[number % 5](f"q{number}") for number in range(questions)]
    if repeat:
        inner = b.repeat("member", zh="成员", en="Member", items=items[: questions // 5])
        items = [*items[questions // 5 :], inner]
    return b.build_form("bench", zh="测试", en="Bench", version="1", items=items)


def answer(number: int, place: int) -> str:
    """What a submission says to a question."""
    return (
        f"回答 {number}",
        str(number),
        f"c{number % 6}",
        f"c{number % 6} c{(number + 1) % 6}",
        f"2026-11-{number % 28 + 1:02}",
    )[place % 5]


def submission(number: int, questions: int) -> bytes:
    """One filled submission with two members."""
    nodes = [f"<q{place}>{answer(number, place)}</q{place}>" for place in range(questions)]
    member = "<member>" + "".join(nodes[: questions // 5]) + "</member>"
    body = "".join(nodes[questions // 5 :]) + member * 2
    meta = f"<orx:meta><orx:instanceID>uuid:{number:032d}</orx:instanceID></orx:meta>"
    return f'<data xmlns:orx="http://openrosa.org/xforms" id="bench" version="1">{body}{meta}</data>'.encode()


def record(number: int, questions: int) -> dict[str, object]:
    """The same submission as JSON of ODK Central."""
    cells = {f"q{place}": answer(number, place) for place in range(questions)}
    member = {name: cells.pop(name) for name in list(cells)[: questions // 5]}
    return {"__id": f"uuid:{number:032d}", **cells, "member": [member, member]}


def row_by_row(files: list[bytes]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """As formpack and home-made scripts do: each tree walked into dictionaries, repeats apart, frames made of those."""
    rows, members = [], []
    numbers = count()
    for file in files:
        row = {"_index": next(numbers)}
        for node in ET.fromstring(file):
            if node.tag == "member":
                members.append({"_parent_index": row["_index"], **{child.tag: child.text for child in node}})
            elif len(node):
                row.update({child.tag: child.text for child in node})
            else:
                row[node.tag] = node.text
        rows.append(row)
    return with_types(pd.DataFrame(rows)), with_types(pd.DataFrame(members))


def normalized(file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers of a JSON file, with `json_normalize` and a type for each column."""
    records = json.loads(file.read_text(encoding="utf-8"))["value"]
    main = pd.json_normalize([{name: cell for name, cell in each.items() if name != "member"} for each in records])
    return with_types(main), with_types(pd.json_normalize(records, "member", ["__id"]))


def with_types(table: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers and days as such."""
    for name in table.columns:
        if name.startswith("q") and int(name[1:]) % 5 == 1:
            table[name] = pd.to_numeric(table[name])
        elif name.startswith("q") and int(name[1:]) % 5 == 4:
            table[name] = pd.to_datetime(table[name])
    return table


def timed(ways: Ways, rounds: int = 3) -> dict[str, tuple[float, float]]:
    """Seconds of processor time and on the clock of the best of some rounds, in each of which all ways have their turn."""
    best = dict.fromkeys(ways, (float("inf"), float("inf")))
    for _ in range(rounds):
        for name, run in ways.items():
            cpu, wall = time.process_time(), time.perf_counter()
            run()
            taken = time.process_time() - cpu, time.perf_counter() - wall
            best[name] = min(best[name][0], taken[0]), min(best[name][1], taken[1])
    return best


def report(title: str, ways: Ways) -> None:
    """Print a line a way: seconds of processor and clock, and the ratios."""
    best = timed(ways)
    print(title)
    for name, (cpu, wall) in best.items():
        ratio = f"liuwen/this: {best[OWN][0] / cpu:.2f} CPU {best[OWN][1] / wall:.2f} clock {best[OWN][1] / cpu:.2f} clock/CPU"
        print(f"{name:42}{cpu:8.2f} s CPU {wall:8.2f} s   {ratio}")


def xml(submissions: int, questions: int) -> None:
    """Submissions as XML."""
    form, files = form_of(questions), [submission(number, questions) for number in range(submissions)]
    report(
        f"{submissions} submissions of {len(files[0])} bytes, {questions} questions, two members each",
        {
            OWN: lambda: read_responses(files, form),
            "bare lxml.etree.fromstring": lambda: [etree.fromstring(file) for file in files],
            "dictionaries row by row (xml.etree)": lambda: row_by_row(files),
        },
    )


def again(submissions: int, questions: int) -> None:
    """Submissions as XML, read a second time with what the first reading kept."""
    form, files = form_of(questions), [submission(number, questions) for number in range(submissions)]
    with TemporaryDirectory() as folder:
        read_responses(files, form, cache=folder)
        kept = size_below(Path(folder)) / 1e6
        report(
            f"{submissions} submissions of {questions} questions, read before ({kept:.0f} MB are kept)",
            {OWN: lambda: read_responses(files, form, cache=folder), "the first time": lambda: read_responses(files, form)},
        )


def size_below(folder: Path) -> int:
    """The bytes of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def json_(submissions: int, questions: int) -> None:
    """The same submissions as JSON."""
    form, files = form_of(questions), [submission(number, questions) for number in range(submissions)]
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.json")
        file.write_text(json.dumps({"value": [record(number, questions) for number in range(submissions)]}), encoding="utf-8")
        report(
            f"{submissions} submissions, {questions} questions, two members each, as XML and as JSON",
            {
                OWN: lambda: read_responses(files, form),
                "json_normalize and types, equal JSON": lambda: normalized(file),
                "liuwen, equal JSON": lambda: read_responses(file, form),
            },
        )


def flat(submissions: int, questions: int) -> tuple[list[str], list[list[str]]]:
    """Header and rows of an export without repeats; texts are all different, numbers are small."""
    rows = [
        [*(answer(number if place % 5 == 0 else number * 31 % 97, place) for place in range(questions)), f"uuid:{number}"]
        for number in range(submissions)
    ]
    return [*(f"q{place}" for place in range(questions)), "_uuid"], rows


def csv(submissions: int, questions: int) -> None:
    """A CSV of KoboToolbox."""
    form = form_of(questions, repeat=False)
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.csv")
        header, rows = flat(submissions, questions)
        file.write_text("".join(";".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
        del rows
        report(
            f"CSV of {submissions} rows and {questions} questions, {file.stat().st_size / 1e6:.0f} MB",
            {OWN: lambda: read_responses(file, form), "pandas.read_csv": lambda: pd.read_csv(file, sep=";")},
        )


def asked_of_some(groups: int) -> Form:
    """A form with as many questions and groups of six, of which each is asked of those who say yes, and one of some of them."""
    yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))

    def items(number: int) -> list[b.Item]:
        inner = [
            b.text(f"text{number}", zh="文字？", en="Text?"),
            b.integer(f"size{number}", zh="整数？", en="Whole number?"),
            b.select_multiple(f"some{number}", CHOICES, zh="选几个？", en="Choose some?"),
            b.date(f"day{number}", zh="日期？", en="Which day?"),
            b.decimal(f"rent{number}", zh="金额？", en="How much?", relevant=f"${{size{number}}} > 50"),
        ]
        asked = b.group(f"group{number}", zh="组", en="Group", relevant=f"${{has{number}}} = 'yes'", items=inner)
        return [b.select_one(f"has{number}", yes_no, zh="有吗？", en="Any?"), asked]

    made = [item for number in range(groups) for item in items(number)]
    return b.build_form("bench", zh="测试", en="Bench", version="1", items=made)


def kobo_rows(submissions: int, groups: int) -> Iterator[list[str]]:
    """The header and rows of its export by KoboToolbox: each select joined and split, blank where it was not asked."""
    names = [f"c{number}" for number in range(6)]
    inner = ["text{0}", "size{0}", "some{0}", *(f"some{{0}}/{name}" for name in names), "day{0}", "rent{0}"]
    heads = [[f"has{number}", *(f"group{number}/{head.format(number)}" for head in inner)] for number in range(groups)]
    yield [*chain.from_iterable(heads), "_id", "_uuid", "_submission_time"]
    chance = random.Random(7)
    for number in range(submissions):
        cells = []
        for _ in range(groups):
            if chance.random() < 0.4:
                cells += ["no", *[""] * 11]
                continue
            size, chosen = chance.randrange(100), chance.sample(names, chance.randrange(1, 4))
            split = ["1" if name in chosen else "0" for name in names]
            rent = f"{chance.random() * 9999:.2f}" if size > 50 else ""
            said = f"说法 {chance.randrange(10**6)}" if chance.random() < 0.7 else ""
            cells += ["yes", said, str(size), " ".join(chosen), *split, f"2026-11-{number % 28 + 1:02}", rent]
        yield [
            *cells,
            str(number),
            f"{number:032x}",
            f"2026-11-30T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}",
        ]


def kobo(submissions: int, questions: int) -> None:
    """A CSV of KoboToolbox in which half is blank."""
    groups = questions // 6
    form = asked_of_some(groups)
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.csv")
        file.write_text("".join(";".join(row) + "\n" for row in kobo_rows(submissions, groups)), encoding="utf-8")
        report(
            f"CSV of {submissions} rows and {groups * 6} questions, half of it blank, {file.stat().st_size / 1e6:.0f} MB",
            {OWN: lambda: read_responses(file, form), "pandas.read_csv": lambda: pd.read_csv(file, sep=";")},
        )


def workbook(submissions: int, questions: int) -> None:
    """The same as a workbook."""
    form = form_of(questions, repeat=False)
    header, rows = flat(submissions, questions)
    with TemporaryDirectory() as folder:
        file = Path(folder, "data.xlsx")
        with_types(pd.DataFrame(rows, columns=header)).to_excel(file, index=False, engine="xlsxwriter")
        report(
            f"workbook of {submissions} rows and {questions} questions",
            {
                OWN: lambda: read_responses(file, form),
                "calamine": lambda: CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python(),
            },
        )


def size_of(responses: Responses) -> int:
    """The bytes of the finished tables."""
    frames = [*responses.tables.values(), *responses._asked.values(), responses.submissions]
    return int(sum(frame.memory_usage(deep=True).sum() for frame in frames))


def memory(submissions: int, questions: int) -> None:
    """The peak of memory while a generator of submissions is read, which keeps none of them."""
    from liuwen.responses import Submission

    form = form_of(questions)
    read_responses([submission(0, questions)], form)
    before = peak()

    def given(number: int) -> Submission:
        return Submission(submission(number, questions), str(number), again=lambda: submission(number, questions))

    wall = time.perf_counter()
    responses = read_responses((given(number) for number in range(submissions)), form)
    wall = time.perf_counter() - wall
    tables = size_of(responses)
    more = peak() - before
    print(f"{submissions} submissions, {questions} questions: {wall:.1f} s with making them")
    print(f"peak {more >> 20} MiB above {before >> 20}; tables {tables >> 20} MiB: {more / tables:.2f} times")


def streamed(submissions: int, questions: int) -> None:
    """The peak of memory while submissions go straight into a folder of Parquet."""
    from liuwen.responses import Submission, load_to_parquet

    form, some = form_of(questions), [submission(number, questions) for number in range(1000)]

    def given(number: int) -> Submission:
        own, instead = (f"uuid:{each:032d}".encode() for each in (number % 1000, number))
        return Submission(some[number % 1000].replace(own, instead), str(number), again=bytes)

    with TemporaryDirectory() as folder:
        load_to_parquet([given(0)], Path(folder, "one"), form)
        before, wall, cpu = peak(), time.perf_counter(), time.process_time()
        written = load_to_parquet((given(number) for number in range(submissions)), Path(folder, "all"), form)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{submissions} submissions, {questions} questions: {wall:.0f} s, {cpu:.0f} s CPU, with making them")
        print(f"peak {peak() - before >> 20} MiB above {before >> 20}; {size_below(written) >> 20} MiB written")


def peak() -> int:
    """The most memory that the process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Run the benchmark that is named."""
    ways = {"xml": (xml, 3000, 280), "again": (again, 3000, 280), "json": (json_, 3000, 280), "csv": (csv, 50_000, 448)}
    ways |= {"kobo": (kobo, 50_000, 120)}
    ways |= {"workbook": (workbook, 3000, 280), "memory": (memory, 100_000, 280), "streamed": (streamed, 1_000_000, 280)}
    name, *sizes = [*sys.argv[1:], "xml"][: max(1, len(sys.argv) - 1)]
    run, submissions, questions = ways[name]
    run(*(int(size) for size in [*sizes, *[submissions, questions][len(sizes) :]]))


if __name__ == "__main__":
    main()
