"""Which nodes of an XForm may hold a value that nobody gave as an answer."""

from collections.abc import Iterator
from typing import Any

from liuwen.engine.paths import generic


def prefilled(tree: Any) -> frozenset[str]:
    """The paths, without the root, of what has a default or a calculation, or is set by an event.

    Args:
        tree: The XForm as parsed by lxml.

    Returns:
        Such paths as "visit/date".
    """
    calculated = (bind.get("nodeset", "") for bind in tree.iter("{*}bind") if "calculate" in bind.attrib)
    set_by_events = (each.get("ref") or each.get("bind") or "" for each in tree.iter("{*}setvalue"))
    return frozenset({*(generic(path.strip()) for path in (*calculated, *set_by_events)), *_defaults(tree)})


def _defaults(tree: Any) -> Iterator[str]:
    instance = next(tree.iter("{*}instance"), None)
    for root in instance if instance is not None else ():
        yield from _filled(root, "")


def _filled(node: Any, path: str) -> Iterator[str]:
    for child in node.iterchildren("*"):
        here = f"{path}/{child.tag.rpartition('}')[2]}".strip("/")
        if len(child):
            yield from _filled(child, here)
        elif child.text:
            yield here
