"""How long it takes to load submissions: liuwen beside the usual ways to do it by hand.

    python benchmarks/responses.py [submissions] [questions]

Each way reads the same XML into pandas frames. The others give less: no types, no choice order, no asked-or-not, no check
of what is broken, doubled or of another form. A ratio under 1 means that liuwen took less time than the other.
"""

import io
import json
import resource
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import count

import pandas as pd
from lxml import etree

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import read_responses

CHOICES = b.choices("scale", *((f"c{number}", f"选{number}", f"Choice {number}") for number in range(6)))


def form_of(questions: int) -> Form:
    """A form with as many questions, of each kind in turn, a fifth of them in a repeat."""
    kinds = (
        lambda name: b.text(name, zh="文字？", en="Text?"),
        lambda name: b.integer(name, zh="整数？", en="Whole number?"),
        lambda name: b.select_one(name, CHOICES, zh="选一个？", en="Choose one?"),
        lambda name: b.select_multiple(name, CHOICES, zh="选几个？", en="Choose some?"),
        lambda name: b.date(name, zh="日期？", en="Which day?"),
    )
    items = [kinds[number % 5](f"q{number}") for number in range(questions)]
    inner = b.repeat("member", zh="成员", en="Member", items=items[: questions // 5])
    return b.build_form("bench", zh="测试", en="Bench", version="1", items=[*items[questions // 5 :], inner])


def submission(number: int, questions: int) -> bytes:
    """One filled submission with two members."""
    values = (f"回答 {number}", str(number), f"c{number % 6}", f"c{number % 6} c{(number + 1) % 6}", "2026-11-02")
    nodes = [f"<q{place}>{values[place % 5]}</q{place}>" for place in range(questions)]
    member = "<member>" + "".join(nodes[: questions // 5]) + "</member>"
    body = "".join(nodes[questions // 5 :]) + member * 2
    meta = f"<orx:meta><orx:instanceID>uuid:{number:032d}</orx:instanceID></orx:meta>"
    return f'<data xmlns:orx="http://openrosa.org/xforms" id="bench" version="1">{body}{meta}</data>'.encode()


def with_read_xml(files: list[bytes]) -> pd.DataFrame:
    """With pandas alone: `read_xml` on each file (flat answers only, no repeats), then one concatenation."""
    return pd.concat([pd.read_xml(io.BytesIO(file), xpath="/data") for file in files], ignore_index=True)


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
    table = pd.DataFrame(rows)
    for name in table.columns:
        if name.startswith("q") and int(name[1:]) % 5 == 1:
            table[name] = pd.to_numeric(table[name])
        elif name.startswith("q") and int(name[1:]) % 5 == 4:
            table[name] = pd.to_datetime(table[name])
    return table, pd.DataFrame(members)


def normalized(records: list[dict]) -> pd.DataFrame:
    """The same answers as JSON records, with `json_normalize` and a type for each column."""
    table = pd.json_normalize(json.loads(json.dumps(records)))
    for name in table.columns:
        if name.startswith("q") and int(name[1:]) % 5 == 1:
            table[name] = pd.to_numeric(table[name])
        elif name.startswith("q") and int(name[1:]) % 5 == 4:
            table[name] = pd.to_datetime(table[name])
    return table


def records_of(files: list[bytes]) -> list[dict]:
    """The submissions as JSON records."""
    return [{node.tag: node.text for node in ET.fromstring(file) if not len(node)} for file in files]


def timed(ways: dict[str, Callable[[], object]], rounds: int = 3) -> dict[str, tuple[float, float]]:
    """Seconds of processor time and on the clock of the best of some rounds, in each of which all ways have their turn."""
    best = dict.fromkeys(ways, (float("inf"), float("inf")))
    for _ in range(rounds):
        for name, run in ways.items():
            cpu, wall = time.process_time(), time.perf_counter()
            run()
            taken = time.process_time() - cpu, time.perf_counter() - wall
            best[name] = min(best[name], taken)
    return best


def main() -> None:
    """Print a line a way: seconds of processor and clock, submissions a second, ratio; and the peak of memory."""
    submissions, questions = (int(argument) for argument in [*sys.argv[1:], "10000", "100"][:2])
    form = form_of(questions)
    files = [submission(number, questions) for number in range(submissions)]
    sample, records = files[: max(1, submissions // 20)], records_of(files)
    own = "liuwen"
    best = timed(
        {
            own: lambda: read_responses(files, form),
            "bare lxml.etree.fromstring": lambda: [etree.fromstring(file) for file in files],
            "dictionaries row by row (xml.etree)": lambda: row_by_row(files),
            "json_normalize and types (no repeats)": lambda: normalized(records),
            "pandas.read_xml (a twentieth; no repeats)": lambda: with_read_xml(sample),
        }
    )
    print(f"{submissions} submissions of {len(files[0])} bytes, {questions} questions, two members each")
    for name, (cpu, wall) in best.items():
        scale = submissions / len(sample) if "twentieth" in name else 1
        ratio = best[own][0] / (cpu * scale)
        speed = submissions / cpu / scale
        print(f"{name:45}{cpu * scale:8.2f} s CPU {wall * scale:8.2f} s {speed:9.0f}/s   liuwen/this: {ratio:.2f}")
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
