"""The directive `house-picture`: an SVG of the rooms in their order, drawn from pyproject.toml and the packages' docstrings."""

import ast
import tomllib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from textwrap import wrap

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "toolkit" / "liuwen"
WIDTH, LINE, PADDING, GAP, LETTERS = 460, 16, 9, 16, 62


def room_names(pyproject: str) -> list[str]:
    """The rooms from the top down, as import-linter's contract lists them; planned ones, in brackets, are left out.

    Args:
        pyproject: The text of pyproject.toml.

    Returns:
        One name a room.
    """
    contract = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"][0]
    return [name for name in contract["layers"] if not name.startswith("(")]


def room_summary(name: str) -> str:
    """The first sentence of a room's docstring.

    Args:
        name: The name of a package or module of liuwen.

    Returns:
        The sentence, without Markdown's backticks.
    """
    package = PACKAGE / name / "__init__.py"
    source = package if package.exists() else PACKAGE / f"{name}.py"
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("`", "")


def draw(rooms: Sequence[tuple[str, str]]) -> str:
    """The picture: a box a room, each resting on the rooms it may import.

    Args:
        rooms: Names and summaries, from the top down.

    Returns:
        An SVG element.
    """
    boxes, top = [], GAP // 2
    for name, summary in rooms:
        lines = wrap(summary, LETTERS)
        height = 2 * PADDING + LINE * (1 + len(lines))
        boxes.append(_box(name, lines, top, height))
        top += height + GAP
    arrows = '<defs><marker id="down" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    arrows += '<path d="M0 0 L8 4 L0 8 z" class="house-arrow-head"/></marker></defs>'
    title = "<title>The rooms of liuwen in their order; each imports only rooms below it</title>"
    return f'<svg class="house" viewBox="0 0 {WIDTH} {top}" role="img">{title}{arrows}{"".join(boxes)}</svg>'


def _box(name: str, lines: Sequence[str], top: int, height: int) -> str:
    words = "".join(
        f'<text x="{PADDING + 4}" y="{top + PADDING + LINE * (number + 1) - 4}" class="house-said">{escape(line)}</text>'
        for number, line in enumerate(lines, start=1)
    )
    arrow = (
        f'<line x1="{WIDTH / 2}" x2="{WIDTH / 2}" y1="{top - GAP}" y2="{top - 1}" marker-end="url(#down)"/>' if top > GAP else ""
    )
    heading = f'<text x="{PADDING + 4}" y="{top + PADDING + LINE - 4}" class="house-name">{escape(name)}</text>'
    return f'{arrow}<rect x="1" y="{top}" width="{WIDTH - 2}" height="{height}" rx="5"/>{heading}{words}'


class HousePicture(SphinxDirective):
    """Draws the picture where it stands."""

    def run(self) -> list[nodes.Node]:
        """The SVG as raw HTML; the page is built again when the contract changes."""
        pyproject = ROOT / "pyproject.toml"
        self.env.note_dependency(str(pyproject))
        rooms = [(name, room_summary(name)) for name in room_names(pyproject.read_text(encoding="utf-8"))]
        return [nodes.raw("", draw(rooms), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("house-picture", HousePicture)
    return {"parallel_read_safe": True}
