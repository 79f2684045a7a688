"""How responses show themselves at a prompt and in a notebook."""

from html import escape
from typing import TYPE_CHECKING

from liuwen.messages import Sentence, language_in_force
from liuwen.responses.plan import Table

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_TITLE = Sentence(zh="“{title}”的 {count} 份答卷", en="{count} submissions to “{title}”")
_SYNTHETIC = Sentence(zh="合成数据，不是真人所答", en="synthetic: no real person gave these answers")
_REJECTED = Sentence(
    zh="{count} 份未能载入（见 .rejected）",
    en="{count} could not be loaded (see .rejected)",
)
_HEADINGS = tuple(
    Sentence(zh=zh, en=en) for zh, en in (("表", "Table"), ("每行是", "A row is"), ("行", "Rows"), ("列", "Columns"))
)
_A_SUBMISSION = Sentence(zh="一份答卷", en="one submission")
_ONE_OF = Sentence(zh="“{label}”中的一项", en="one of “{label}”")
_APART = Sentence(
    zh="“{label}”的一份回答，不与答卷相连",
    en="one answer to “{label}”, not linked to a submission",
)
_LEFT = "text-align:left;vertical-align:baseline;padding:.1em .8em .1em 0"


def summary(responses: "Responses") -> str:
    """One line: how many, to which form, in which tables."""
    sizes = ", ".join(f"{name} {len(table)}×{table.shape[1]}" for name, table in responses.tables.items())
    marks = [f"{len(responses.rejected)} rejected"] if len(responses.rejected) else []
    marks += ["synthetic"] if responses.synthetic else []
    return f"<Responses to {responses.form.id!r}: {'; '.join([sizes, *marks])}>"


def summary_html(responses: "Responses") -> str:
    """The same as a small page: the tables and what to know of the loading; no answers, for pages are passed on."""
    title = escape(str(_TITLE.filled(title=responses.form.title, count=len(responses))))
    said = [_SYNTHETIC] if responses.synthetic else []
    said += [_REJECTED.filled(count=len(responses.rejected))] if len(responses.rejected) else []
    items = "".join(f"<li>{escape(str(sentence))}</li>" for sentence in (*said, *responses.notes))
    heads = "".join(f'<th style="{_LEFT}">{escape(str(heading))}</th>' for heading in _HEADINGS)
    rows = "".join(_table_row(responses, name) for name in responses.tables)
    return f"<div><strong>{title}</strong><ul>{items}</ul><table><tr>{heads}</tr>{rows}</table></div>"


def _table_row(responses: "Responses", name: str) -> str:
    table = responses[name]
    told = (f"<code>{escape(name)}</code>", escape(_a_row(responses.plan.tables[name])), len(table), table.shape[1])
    cells = "".join(f'<td style="{_LEFT}">{cell}</td>' for cell in told)
    return f"<tr>{cells}</tr>"


def _a_row(table: Table) -> str:
    if table.element is None:
        return str(_A_SUBMISSION)
    label = " ".join(table.element.label(language_in_force()).split()) or table.name
    return str((_APART if table.unlinked else _ONE_OF).filled(label=label))
