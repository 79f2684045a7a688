"""A list so long that phones open the form slowly."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.checks.lists_in_files import LONGEST
from liuwen.messages import Sentence

LONG = Sentence(
    zh="列表“{list}”有 {count} 项，手机打开问卷会变慢：请改用 select_one_from_file 和 CSV 文件（liuwen check --fix 可以代劳）。",
    en="the list “{list}” has {count} choices, which makes the form slow to open; "
    "use select_one_from_file with a CSV file (liuwen check --fix does it).",
)


def long_inline_list(facts: Facts) -> Iterator[Fault]:
    """Villages and households belong in a file of their own."""
    for name, choices in facts.form.choice_lists.items():
        if len(choices) > LONGEST:
            place = facts.place("choices", choices.choices[0].row, "list_name")
            yield note(place, LONG.filled(list=name, count=len(choices)))
