"""Paths of questions, without (`member/age`) and with the positions of repeats (`member[2]/age`)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_POSITION = re.compile(r"\[(\d+)\]")


@lru_cache(maxsize=4096)
def unpositioned(path: str) -> str:
    """Remove the positions of repeats from a path."""
    return _POSITION.sub("", path)


def generic(reference: str) -> str:
    """A reference without its root and positions: "/data/member[2]/age" becomes "member/age"."""
    return _POSITION.sub("", reference).strip("/").partition("/")[2]


def ends(path: str, name: str) -> bool:
    """Whether a path with positions equals or ends in `name`; positions are compared only if the name has them."""
    if "[" not in name:
        path = _POSITION.sub("", path)
    return path == name or path.endswith("/" + name)


def repeat_depths(index: Any) -> set[int]:
    """The depth below the root of each repeat in a FormIndex."""
    depths = set()
    while index is not None:
        if index.getInstanceIndex() >= 0:
            depths.add(int(index.getLocalReference().size()) - 1)
        index = index.getNextLevel()
    return depths


def question_paths(element: Any) -> Iterator[str]:
    """The paths of all questions in a FormDef or group, in order."""
    for child in element.getChildren() or ():
        if child.getChildren() is None:
            yield generic(str(child.getBind().getReference().toString(False)))
        else:
            yield from question_paths(child)


def repeat_paths(element: Any) -> Iterator[str]:
    """The paths of all repeats in a FormDef or group, in order."""
    for child in element.getChildren() or ():
        if child.getChildren() is not None:
            if child.getRepeat():
                yield generic(str(child.getBind().getReference().toString(False)))
            yield from repeat_paths(child)


def node_paths(node: Any, path: str = "") -> Iterator[str]:
    """The paths of all descendants of an instance node, including templates of repeats."""
    for position in range(int(node.getNumChildren())):
        child = node.getChildAt(position)
        here = f"{path}/{child.getName()}".strip("/")
        yield here
        yield from node_paths(child, here)


def relevant_values(node: Any, path: str, plain: str, repeats: set[str]) -> Iterator[tuple[str, str]]:
    """The relevant non-blank values below an instance node, by path with positions."""
    for position in range(int(node.getNumChildren())):
        child = node.getChildAt(position)
        if int(child.getMult()) < 0 or not child.isRelevant():
            continue
        name = str(child.getName())
        below = f"{plain}/{name}".strip("/")
        here = f"{path}/{name}".strip("/") + (f"[{int(child.getMult()) + 1}]" if below in repeats else "")
        data = child.getValue()
        if data is not None:
            yield here, str(data.uncast().getString())
        yield from relevant_values(child, here, below, repeats)
