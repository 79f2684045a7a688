"""The report as a Word document, in the style of Chinese official documents, or plainly in English."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liuwen.charts.theme import colour, ink_on
from liuwen.errors import LiuwenError
from liuwen.messages import Language, Sentence
from liuwen.reports.blocks import ReportContent, ReportSection, ReportTable

if TYPE_CHECKING:
    from docx.document import Document

NO_DOCX = Sentence(
    zh='写 .docx 要用 python-docx：pip install "liuwen[report]"。也可以写成 .pdf 或 .html。',
    en='Writing .docx needs python-docx: pip install "liuwen[report]". Or write .pdf or .html.',
)
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class DocumentStyle:
    """Fonts and sizes (points): those that offices print official documents with, or common English ones."""

    title: str
    heading: str
    body: str
    title_size: float
    size: float
    table_size: float
    line: float | None
    indent: float


STYLES: dict[Language, DocumentStyle] = {
    "zh": DocumentStyle("方正小标宋简体", "黑体", "仿宋_GB2312", 22, 16, 10.5, 28, 32),
    "en": DocumentStyle("Calibri", "Calibri", "Calibri", 20, 11, 9.5, None, 0),
}
_PAGE = 15.6
"""Width of the text in centimetres."""
_WIDE = 8
"""Tables with more columns than this are set smaller."""


def as_docx(content: ReportContent, language: Language) -> bytes:
    """The bytes of the document."""
    try:
        import docx
    except ImportError as missing:
        raise LiuwenError(NO_DOCX) from missing
    document, style = docx.Document(), STYLES[language]
    _set_page(document, style, language)
    _title(document, content, style)
    for number, section in enumerate(content.sections):
        _section(document, section, style, NUMERALS[number] + "、" if language == "zh" else f"{number + 1}. ")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_page(document: "Document", style: DocumentStyle, language: Language) -> None:
    """Margins of official documents (GB/T 9704), and the page number between two dashes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    _font(document.styles["Normal"], style.body, style.size)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = foot.add_run(text or "")
        _font(run, "宋体" if language == "zh" else style.body, 14 if language == "zh" else 9)
        if text is None:
            _page_number(run)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)


def _page_number(run: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _title(document: "Document", content: ReportContent, style: DocumentStyle) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for text, font, size in (
        (content.title, style.title, style.title_size),
        *((line, style.body, style.size) for line in (*content.lines, content.marked) if line),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(paragraph.add_run(text), font, size)
    document.add_paragraph()


def _section(document: "Document", section: ReportSection, style: DocumentStyle, number: str) -> None:
    from docx.shared import Pt

    heading = document.add_heading(level=1)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    _font(heading.add_run(number + section.heading), style.heading, style.size, black=True)
    for block in section.blocks:
        if isinstance(block, str):
            _paragraph(document, block, style)
        else:
            _table(document, block, style)


def _paragraph(document: "Document", text: str, style: DocumentStyle) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.space_after = Pt(style.indent), Pt(0 if style.line else 6)
    if style.line:
        layout.line_spacing = Pt(style.line)
    _font(paragraph.add_run(text), style.body, style.size)


def _table(document: "Document", table: ReportTable, style: DocumentStyle) -> None:
    from docx.shared import Pt

    size = style.table_size - (2.5 if len(table.columns) > _WIDE else 0)
    caption = document.add_paragraph()
    caption.paragraph_format.space_before, caption.paragraph_format.keep_with_next = Pt(8), True
    _font(caption.add_run(table.caption), style.heading, style.table_size + 1)
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    grid.style, grid.autofit = document.styles["Table Grid"], False
    _repeat_heading(grid.rows[0])
    widths = _widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    shades = ((), *(table.shades or ((),) * len(table.rows)))
    for row in grid.rows:
        _mark_row(row, "w:cantSplit")
    for number, (row, texts, figures) in enumerate(zip(grid.rows, (table.columns, *table.rows), shades, strict=True)):
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[at]
            _cell(cell, text, figures[at] if figures else None, style, size, first=at == 0, head=number == 0)
    if table.note:
        _font(document.add_paragraph().add_run(table.note), style.body, style.table_size - 1)


def _widths(table: ReportTable) -> list[Any]:
    from docx.shared import Cm

    wanted = table.widths()
    return [Cm(_PAGE * one / sum(wanted)) for one in wanted]


def _cell(cell: Any, text: str, figure: float | None, style: DocumentStyle, size: float, *, first: bool, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if first else WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    _font(run, style.heading if head else style.body, size)
    if figure is not None:
        background = colour(figure)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), background.removeprefix("#"))
        cell._tc.get_or_add_tcPr().append(shade)
        run.font.color.rgb = RGBColor.from_string(ink_on(background).removeprefix("#").upper())


def _repeat_heading(row: Any) -> None:
    """The headings stand on every page that the table reaches."""
    _mark_row(row, "w:tblHeader")


def _mark_row(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _font(styled: Any, name: str, size: float, *, black: bool = False) -> None:
    """A font also for Chinese characters, for which Word keeps a name of its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styled.font.name, styled.font.size = name, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if black:
        styled.font.color.rgb = RGBColor(0, 0, 0)
