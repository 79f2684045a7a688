"""Shows links to files outside the documentation as text: on GitHub they lead there, on the site they would lead nowhere."""

import re
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent.parent
LINK = re.compile(r"\[([^\]]+)\]\((\.\./[^)#]+)(?:#[^)]*)?\)")


def without_outside_links(text: str, folder: Path) -> str:
    """The text with each link that leaves the documentation replaced by its words.

    Args:
        text: A page in Markdown.
        folder: The folder of the page.

    Returns:
        The page.
    """
    return LINK.sub(lambda link: link[0] if (folder / link[2]).resolve().is_relative_to(DOCS) else link[1], text)


def drop_outside_links(app: Sphinx, name: str, source: list[str]) -> None:
    """Change the source of a page before it is parsed."""
    source[0] = without_outside_links(source[0], Path(app.srcdir, name).parent)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the change."""
    app.connect("source-read", drop_outside_links)
    return {"parallel_read_safe": True}
