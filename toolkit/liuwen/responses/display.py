"""How responses show themselves at a prompt and in a notebook."""

from html import escape
from typing import TYPE_CHECKING

from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_TITLE = Sentence(zh="“{title}”的 {count} 份答卷", en="{count} submissions to “{title}”")
_SYNTHETIC = Sentence(zh="合成数据，不是真人所答", en="synthetic: no real person gave these answers")
_REJECTED = Sentence(zh="{count} 份未能载入（见 .rejected）", en="{count} could not be taken in (see .rejected)")
_HEADINGS = tuple(Sentence(zh=zh, en=en) for zh, en in (("表", "Table"), ("行", "Rows"), ("列", "Columns")))
_ROWS_SHOWN = 5


def summary(responses: "Responses") -> str:
    """One line: how many, to which form, in which tables."""
    sizes = ", ".join(f"{name} {len(table)}×{table.shape[1]}" for name, table in responses.tables.items())
    marks = [f"{len(responses.rejected)} rejected"] if len(responses.rejected) else []
    marks += ["synthetic"] if responses.synthetic else []
    return f"<Responses to {responses.form.id!r}: {'; '.join([sizes, *marks])}>"


def summary_html(responses: "Responses") -> str:
    """The same as a small page: counts, what to know of the loading, the first rows."""
    title = escape(str(_TITLE.filled(title=responses.form.title, count=len(responses))))
    said = [_SYNTHETIC] if responses.synthetic else []
    said += [_REJECTED.filled(count=len(responses.rejected))] if len(responses.rejected) else []
    items = "".join(f"<li>{escape(str(sentence))}</li>" for sentence in (*said, *responses.notes))
    heads = "".join(f"<th>{escape(str(heading))}</th>" for heading in _HEADINGS)
    sizes = "".join(
        f"<tr><td>{escape(name)}</td><td>{len(table)}</td><td>{table.shape[1]}</td></tr>"
        for name, table in responses.tables.items()
    )
    first = responses.table.head(_ROWS_SHOWN).to_html(max_cols=12, border=0)
    return f"<h4>{title}</h4><ul>{items}</ul><table><tr>{heads}</tr>{sizes}</table>{first}"
