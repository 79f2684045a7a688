"""Texts that a spreadsheet would run as formulas when it opens a CSV."""

_BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""After OWASP, "CSV Injection", with the full-width signs that Excel in Chinese and Japanese takes for plain ones."""


def without_formula(text: str) -> str:
    """The text, led by an apostrophe if it would be a formula; a number may begin with its sign.

    >>> without_formula("=1+1"), without_formula("-3.5"), without_formula("湖滨")
    ("'=1+1", '-3.5', '湖滨')
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) and not text[1:].replace(".", "", 1).isdigit() else text
