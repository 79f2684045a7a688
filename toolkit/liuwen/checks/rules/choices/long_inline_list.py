"""A list so long that phones open the form slowly."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.messages import Sentence

LONG = Sentence(
    zh="列表“{list}”有 {count} 项，手机打开问卷会变慢：建议改用 select_one_from_file 和 CSV 文件。",
    en="the list “{list}” has {count} choices, which makes the form slow to open; use select_one_from_file with a CSV file.",
)
MOST = 1000


def long_inline_list(facts: Facts) -> Iterator[Fault]:
    """Villages and households belong in a file of their own."""
    for name, choices in facts.form.choice_lists.items():
        if len(choices) > MOST:
            place = facts.place("choices", choices.choices[0].row, "list_name")
            yield note(place, LONG.filled(list=name, count=len(choices)))
