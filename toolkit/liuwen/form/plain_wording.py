"""A wording without its markup: HTML, and the Markdown that phones show."""

import re

from liuwen.expressions import references

_BREAK = re.compile(r"<(br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRONG = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*|(?<![^\W_])__([^\W_](?:.*?[^\s_])?)__(?![^\W_])")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])|(?<!\w)_([^\W_](?:[^_\n]*[^\s_])?)_(?!\w)")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_HELD = "\ufffc"
_MARKS = re.compile(r"[<*_#\[$\ufffc]")
"""What markup and references begin with."""


def plain(written: str, blank: str = "") -> str:
    """The wording as it is read.

    Args:
        written: The wording, as it stands in the form.
        blank: What stands on the paper where the phone fills in an earlier answer.

    >>> plain("**How many** of <b>you</b> are < 5 or > 60, ${called}?", "____")
    'How many of you are < 5 or > 60, ____?'
    >>> plain("# Village *A*, see [the list](https://example.org): 2 * 3 * 4, my_file_name")
    'Village A, see the list (https://example.org): 2 * 3 * 4, my_file_name'
    """
    if not _MARKS.search(written):
        return written.strip()
    for reference in reversed(references(written)):
        written = written[: reference.start] + _HELD + written[reference.end :]
    written = _TAG.sub("", _BREAK.sub("\n", written))
    for markup in (_STRONG, _EMPHASIS):
        written = markup.sub(lambda found: found[1] or found[2], written)
    written = _LINK.sub(r"\1 (\2)", _HEADING.sub("", written))
    return written.replace(_HELD, blank).strip()
