"""Gathers the rows of a plain submission in one pass over its tags."""

from dataclasses import dataclass, field

from lxml import etree

from liuwen.responses.from_submissions.gather import ASKED_BLANK, IGNORED, Cell, Gatherer, RawTable, Scope, Stray
from liuwen.responses.from_submissions.plain_xml import PlainXml, plain_name, tag_of

_Step = "int | Steps | None"
_DEEPEST = 100


class Steps(dict[str, "int | Steps | None"]):
    """What stands below one node, by names as they are written; found in the scope when a name is first met."""

    __slots__ = ("is_meta", "scope")

    def __init__(self, scope: Scope, *, is_meta: bool = False) -> None:
        super().__init__()
        self.scope = scope
        self.is_meta = is_meta
