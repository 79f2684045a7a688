"""Joins the lines of a Chinese paragraph: a line break in the source would otherwise be shown as a space."""

import re

from sphinx.application import Sphinx

FENCE = re.compile(r"(^```.*?^```|^:::.*?^:::)", re.MULTILINE | re.DOTALL)
BREAK = re.compile(
    "(?<=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e])\n(?=[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e])|(?<=[，。；：、（“])\n(?=[^\\s#|>*-])"
)


def joined(text: str) -> str:
    """The text without line breaks between Chinese characters; code and directives stay as they are.

    Args:
        text: A page in Markdown.

    Returns:
        The page.
    """
    parts = FENCE.split(text)
    return "".join(part if number % 2 else BREAK.sub("", part) for number, part in enumerate(parts))


def join_lines(_app: Sphinx, _name: str, source: list[str]) -> None:
    """Change the source of a page before it is parsed."""
    source[0] = joined(source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the change."""
    app.connect("source-read", join_lines)
    return {"parallel_read_safe": True}
