"""The codebook as a file: a workbook, a page, Markdown, or DDI-Codebook 2.5."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.messages import Sentence, language_in_force
from liuwen.responses.exports.shown import SYNTHETIC, only_ending
from liuwen.responses.exports.workbook import CODEBOOK, write_sheets

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_TITLE = Sentence(zh="编码本：{title}", en="Codebook: {title}")
_STYLE = (
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;margin:2em auto;max-width:1500px;padding:0 1em}"
    "div{overflow-x:auto}table{border-collapse:collapse}th,td{border-bottom:1px solid #ddd;padding:.3em .7em;text-align:left;"
    "vertical-align:top;min-width:4em;max-width:22em;overflow-wrap:anywhere}th{background:#f5f5f2}td>div{max-height:9em;overflow:auto}"
)


def write_codebook(responses: "Responses", path: Path, language: str, minimum: int) -> Path:
    """Write the codebook as the ending says."""
    only_ending(path, ".xlsx", ".html", ".md", ".xml")
    book = responses.codebook(language, minimum=minimum)
    match path.suffix.lower():
        case ".xlsx":
            write_sheets(path, {CODEBOOK: book}, _heading(responses))
        case ".html":
            path.write_text(_page(responses, book), encoding="utf-8")
        case ".md":
            path.write_text(_markdown(responses, book), encoding="utf-8")
        case _:
            from liuwen.responses.exports.ddi import codebook_xml

            path.write_bytes(codebook_xml(responses, language, minimum))
    return path


def _heading(responses: "Responses") -> list[Sentence]:
    title = _TITLE.filled(title=responses.form.title)
    return [title, SYNTHETIC] if responses.synthetic else [title]


def _texts(book: pd.DataFrame) -> list[list[str]]:
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in book.itertuples(index=False)]


def _page(responses: "Responses", book: pd.DataFrame) -> str:
    title, *remarks = (escape(str(each)) for each in _heading(responses))
    heads = "".join(f"<th>{escape(head)}</th>" for head in book.columns)
    rows = "".join(f"<tr>{''.join(f'<td><div>{escape(text)}</div></td>' for text in row)}</tr>" for row in _texts(book))
    return (
        f'<!doctype html><html lang="{language_in_force()}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>'
        f"{''.join(f'<p>{remark}</p>' for remark in remarks)}<div><table><tr>{heads}</tr>{rows}</table></div></html>"
    )


def _markdown(responses: "Responses", book: pd.DataFrame) -> str:
    title, *remarks = map(str, _heading(responses))
    lines = [list(book.columns), ["---"] * len(book.columns), *_texts(book)]
    table = "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)
    return "\n\n".join([f"# {title}", *remarks, table]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
