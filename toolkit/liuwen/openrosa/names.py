"""Names that people give: any script, any space, nothing that breaks a line or hides what it says."""

import unicodedata

_BREAKING = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of writing, so that a name reads as another."""


def is_plain(name: str) -> bool:
    r"""Whether a name can be shown as it is: no control characters, line ends, or marks that turn the direction of writing.

    Spaces of every width may stand in it, as in a two-letter name drawn out, and the joiners of emoji.

    >>> is_plain("王\u3000芳"), is_plain("湖滨\n村"), is_plain("visit\u202etxt.exe")
    (True, False, False)
    """
    return not any(letter in _TURNING or unicodedata.category(letter) in _BREAKING for letter in name)
