"""Validates names entered by people: any script, but no line breaks or invisible formatting."""

import unicodedata

_BREAKING = {"Cc", "Cs", "Zl", "Zp"}
_BIDI_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional control characters, which make a name look like another."""


def is_plain(name: str) -> bool:
    r"""Whether a name contains no control characters, line breaks or bidirectional controls.

    It may contain spaces of any width, as in two-character Chinese names, and zero-width joiners of emoji.

    >>> is_plain("王\u3000芳"), is_plain("湖滨\n村"), is_plain("visit\u202etxt.exe")
    (True, False, False)
    """
    if name.isascii():
        return name.isprintable()
    return not any(letter in _BIDI_CONTROLS or unicodedata.category(letter) in _BREAKING for letter in name)
