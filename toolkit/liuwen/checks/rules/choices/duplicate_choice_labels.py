"""Two choices of one list that read the same."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.elements import Choice
from liuwen.messages import Sentence

TWICE = Sentence(
    zh="列表“{list}”里“{label}”与第 {row} 行的文字一样，访问员分不清：请改掉一个。",
    en="“{label}” is also the label of row {row} in the list “{list}”, so nobody can tell them apart; change one.",
)


def duplicate_choice_labels(facts: Facts) -> Iterator[Fault]:
    """In one language, among choices that a filter can show together."""
    for name, choices in facts.form.choice_lists.items():
        seen: dict[tuple[str, str, tuple[str, ...]], Choice] = {}
        for choice in choices:
            wording = choice.wordings.get("label")
            apart = tuple(value for column, value in choice.columns.items() if column in facts.filter_columns)
            for language, text in wording.texts.items() if wording else ():
                first = seen.setdefault((language, text.strip().lower(), apart), choice)
                if first is not choice and first.name != choice.name and len(text) > 1:
                    place = facts.place("choices", choice.row, "label", language)
                    yield warning(place, TWICE.filled(list=name, label=text, row=first.row))
