"""Parts of Central's URLs, and the page size of its answers."""

from urllib.parse import quote

PAGE = 1000
"""Number of rows per request."""


def quoted(part: str) -> str:
    """Quote one part of a URL, including slashes.

    >>> quoted("入户走访 2/2")
    '%E5%85%A5%E6%88%B7%E8%B5%B0%E8%AE%BF%202%2F2'
    """
    return quote(part, safe="")
