"""The report as one page that needs nothing from the network."""

from html import escape

from liuwen.charts.theme import FONTS, colour, ink_on
from liuwen.messages import Language
from liuwen.reports.blocks import ReportContent, ReportSection, ReportTable

_STYLE = """
body { margin: 0; background: #f3f5f4; color: #1f2a26; font: 16px/1.8 FONTS; }
html:lang(en) body { font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", FONTS; }
main { box-sizing: border-box; max-width: 58rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; background: #fff; }
header { text-align: center; } h1 { font-size: 1.7rem; line-height: 1.4; } h2 { margin-top: 2.2rem; font-size: 1.2rem; }
.marked { color: #8a4b00; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: .8rem 0 .4rem; }
th, td { border: 1px solid #c9d2ce; padding: .25rem .5rem; text-align: center; }
th:first-child, td:first-child { text-align: left; } thead th { background: #eef2f0; }
.note { font-size: .85rem; color: #4d5c56; }
"""


def as_html(content: ReportContent, language: Language) -> bytes:
    """The bytes of the page."""
    lines = "".join(f"<div>{escape(line)}</div>" for line in content.lines)
    marked = f'<p class="marked">{escape(content.marked)}</p>' if content.marked else ""
    body = "".join(_section(section) for section in content.sections)
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(content.title)}</title>'
        f"<style>{_STYLE.replace('FONTS', FONTS)}</style></head><body><main>"
        f"<header><h1>{escape(content.title)}</h1>{lines}{marked}</header>{body}</main></body></html>\n"
    ).encode()


def _section(section: ReportSection) -> str:
    blocks = (f"<p>{escape(block)}</p>" if isinstance(block, str) else _table(block) for block in section.blocks)
    return f"<section><h2>{escape(section.heading)}</h2>{''.join(blocks)}</section>"


def _table(table: ReportTable) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.columns)
    shades = table.shades or ((None,) * len(table.columns),) * len(table.rows)
    rows = "".join(
        f"<tr>{''.join(_cell(text, figure, number) for number, (text, figure) in enumerate(zip(*row, strict=True)))}</tr>"
        for row in zip(table.rows, shades, strict=True)
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    grid = f"<table><caption>{escape(table.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="scroll" tabindex="0">{grid}</div>{note}'


def _cell(text: str, figure: float | None, number: int) -> str:
    if number == 0:
        return f'<th scope="row">{escape(text)}</th>'
    paint = "" if figure is None else f' style="background:{colour(figure)};color:{ink_on(colour(figure))}"'
    return f"<td{paint}>{escape(text)}</td>"
