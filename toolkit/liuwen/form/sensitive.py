"""How a form declares a question sensitive, or asks for larger groups than usual: by words in the note column."""

import re

from liuwen.form.elements import Element

_SENSITIVE = re.compile(r"(?<!not )(?<!non-)(?<![\w-])sensitive\b|(?<!不)敏感", re.IGNORECASE)
_MINIMUM = re.compile(r"liuwen:\s*minimum\s+(\d+)", re.IGNORECASE)


def is_sensitive(element: Element) -> bool:
    """Whether the note of a question, or of a group around it, says `sensitive`: then 0 % and 100 % are withheld too."""
    return any(_SENSITIVE.search(around.cell("note")) for around in (element, *element.parents))


def own_minimum(element: Element) -> int:
    """The smallest number of households that may be shown of a question, where its note says `liuwen: minimum 10`; else 1."""
    written = (_MINIMUM.findall(around.cell("note")) for around in (element, *element.parents))
    return max((int(number) for found in written for number in found), default=1)
