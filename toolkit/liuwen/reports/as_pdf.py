"""The report as a PDF (typst)."""

from importlib.resources import files

from liuwen.charts.theme import colour, ink_on
from liuwen.messages import Language
from liuwen.printing import printed
from liuwen.reports.blocks import ReportContent, ReportTable


def as_pdf(content: ReportContent, language: Language) -> bytes:
    """The bytes of the PDF; the same report gives the same bytes."""
    told = {
        "title": content.title,
        "lines": list(content.lines),
        "marked": content.marked,
        "sections": [
            {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]} for section in content.sections
        ],
    }
    return printed(files("liuwen.reports").joinpath("report.typ").read_bytes(), told, language)


def _block(block: str | ReportTable) -> dict[str, object]:
    if isinstance(block, str):
        return {"text": block}
    shades = block.shades or ((None,) * len(block.columns),) * len(block.rows)
    rows = [[_cell(text, figure) for text, figure in zip(*row, strict=True)] for row in zip(block.rows, shades, strict=True)]
    return {"caption": block.caption, "columns": list(block.columns), "widths": block.widths(), "rows": rows, "note": block.note}


def _cell(text: str, figure: float | None) -> dict[str, str]:
    background = "#ffffff" if figure is None else colour(figure)
    return {"text": text, "fill": background, "ink": "#000000" if figure is None else ink_on(background)}
