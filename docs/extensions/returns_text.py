"""Keeps the first sentence under `Returns:` as text: napoleon takes what stands before a colon for a type."""

from typing import Any

from sphinx.application import Sphinx

HEADINGS = {"Returns:", "Yields:"}


def mark_as_text(_app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Begin the first line of each such section with a colon, so that its type is blank.

    Args:
        lines: The docstring, changed in place.
    """
    for number, line in enumerate(lines[:-1]):
        text = lines[number + 1]
        if line.strip() in HEADINGS and text.strip():
            indent = text[: len(text) - len(text.lstrip())]
            lines[number + 1] = f"{indent}: {text.strip()}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the change before napoleon's own, which has priority 500."""
    app.connect("autodoc-process-docstring", mark_as_text, priority=400)
    return {"parallel_read_safe": True}
