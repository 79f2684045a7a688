"""The names that findings bear: of rules, and of pyxform and JavaRosa."""

from functools import cache
from pathlib import Path

from liuwen.checks.nearest import nearest
from liuwen.messages import Sentence

VERDICTS = frozenset({"pyxform", "javarosa"})
"""The names of what comes from outside; the rest are rules."""
MEANT = Sentence(zh="（是不是“{name}”？）", en=" (did you mean “{name}”?)")


@cache
def rule_names() -> frozenset[str]:
    """Every name that a finding may bear: each rule has a file named for it."""
    files = Path(__file__).with_name("rules").rglob("[!_]*.py")
    return VERDICTS | {file.stem.replace("_", "-") for file in files}


def suggestion(name: str) -> Sentence | str:
    """What to add to the refusal of a name that no rule has: the name that was probably meant, or nothing.

    >>> suggestion("no-consnt").en
    ' (did you mean “no-consent”?)'
    """
    close = nearest(name, rule_names())
    return MEANT.filled(name=close) if close else ""
