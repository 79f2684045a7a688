"""Parts of Central's addresses, and how many rows a page of an answer holds."""

from urllib.parse import quote

PAGE = 1000
"""Rows asked for at once."""


def quoted(part: str) -> str:
    """One part of an address, with everything in it that addresses give a meaning.

    >>> quoted("入户走访 2/2")
    '%E5%85%A5%E6%88%B7%E8%B5%B0%E8%AE%BF%202%2F2'
    """
    return quote(part, safe="")
