"""A page as HTML: no script, no network, readable on a phone and printable."""

from html import escape
from importlib.resources import files

from liuwen.campaign.months.grid import PageGrid, grid_html, grid_style
from liuwen.campaign.months.pages import SYNTHETIC, CellText, PageColumn, PageSection, TownPage, in_words
from liuwen.charts.theme import FONTS
from liuwen.messages import Language, Sentence

COLON = Sentence(zh="：", en=": ")
JUMP = Sentence(zh="本页内容", en="On this page")


def page_html(page: TownPage, language: Language) -> str:
    """The page as one HTML file in one language."""
    say = _Speaker(language)
    parts = "".join(_section(section, f"s{number}", say) for number, section in enumerate(page.sections, start=1))
    notes = "".join(f"<p>{say(sentence)}</p>" for sentence in page.said)
    made_up = f'<p class="made-up">{say(SYNTHETIC)}</p>' if page.synthetic else ""
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{say(page.title)}</title>'
        f"<style>{page_style()}</style></head><body><main>"
        f'<header><p class="issuer">{say(page.issuer)}</p><h1>{say(page.title)}</h1>'
        f'<p class="dateline">{say(page.dateline)}</p>{made_up}</header>'
        f"{_figures(page, say)}{_contents(page, say)}{parts}<footer>{notes}</footer></main></body></html>\n"
    )


def page_fragment(page: TownPage, language: Language) -> str:
    """The figures and tables of a page without its head, for a place inside another page.

    A notebook that is not trusted drops style sheets, so that every cell says itself on which side its text is.
    """
    say = _Speaker(language)
    parts = "".join(_section(section, f"s{number}", say, inline=True) for number, section in enumerate(page.sections, start=1))
    notes = "".join(f"<p>{say(sentence)}</p>" for sentence in page.said)
    made_up = f'<p class="made-up">{say(SYNTHETIC)}</p>' if page.synthetic else ""
    head = f'<p class="dateline">{say(page.dateline)}</p>{made_up}'
    css = page_style().replace(":root {", f"& {{ color: var(--ink); font: 15px/1.5 {FONTS};", 1)
    style = f"<style>.liuwen-ledger {{ {css} }}</style>"
    return f'<div class="liuwen-ledger">{style}{head}{_figures(page, say)}{parts}<footer>{notes}</footer></div>'


class _Speaker:
    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, cell: CellText) -> str:
        return escape(in_words(cell, self._language))


def _figures(page: TownPage, say: _Speaker) -> str:
    items = "".join(
        f"<div><dt>{say(one.label)}</dt><dd>{say(one.value)}{f'<small>{say(one.under)}</small>' if one.under else ''}</dd></div>"
        for one in page.figures
    )
    return f'<dl class="figures">{items}</dl>' if items else ""


def _contents(page: TownPage, say: _Speaker) -> str:
    if len(page.sections) < 3:
        return ""
    links = "".join(
        f'<li><a href="#s{number}">{say(section.heading)}</a>{f" {len(section.rows)}" if section.counted else ""}</li>'
        for number, section in enumerate(page.sections, start=1)
    )
    return f'<nav aria-label="{say(JUMP)}"><ul>{links}</ul></nav>'


def _section(section: PageSection, anchor: str, say: _Speaker, *, inline: bool = False) -> str:
    note = f'<p class="note">{say(section.note)}</p>' if section.note else ""
    count = f" <small>{len(section.rows)}</small>" if section.counted and section.rows else ""
    heading = f'<section id="{anchor}"><h2>{say(section.heading)}{count}</h2>{note}'
    if not section.rows:
        return f'{heading}<p class="empty">{say(section.empty)}</p></section>'
    if isinstance(section, PageGrid):
        return f"{heading}{grid_html(section, say)}</section>"
    names = [say(column.heading) for column in section.columns]
    widths = sum(column.width for column in section.columns)
    columns = "".join(f'<col style="width:{100 * column.width / widths:.2f}%">' for column in section.columns)
    kinds = [_kind(column) + (_side(column) if inline else "") for column in section.columns]
    head = "".join(f'<th scope="col"{kind}>{name}</th>' for name, kind in zip(names, kinds, strict=True))
    opened = [f'<td data-label="{name}{say(COLON)}"{kind}>' for name, kind in zip(names, kinds, strict=True)]
    body = "".join(_row(section, at, opened, say) for at in range(len(section.rows)))
    return f"{heading}<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"


def _row(section: PageSection, at: int, opened: list[str], say: _Speaker) -> str:
    cells = "".join([f"{tag}{say(cell)}</td>" for tag, cell in zip(opened, section.rows[at], strict=True)])
    return f'<tr class="marked">{cells}</tr>' if at in section.marked else f"<tr>{cells}</tr>"


def _kind(column: PageColumn) -> str:
    kinds = " ".join(name for name, held in (("n", column.number), ("main", column.main)) if held)
    return f' class="{kinds}"' if kinds else ""


def _side(column: PageColumn) -> str:
    return f' style="text-align:{"right" if column.number else "left"}"'


def page_style() -> str:
    """The style sheet of every page."""
    css = files("liuwen.campaign").joinpath("prints/page.css").read_text(encoding="utf-8")
    return css.replace("var(--fonts)", FONTS) + grid_style()
