"""Properties of parsed expressions."""

import pytest

from liuwen.expressions import parse, parts, walk
from liuwen.expressions.tree import Named, Path


@pytest.mark.parametrize(
    ("text", "is_here", "bare_word", "instance"),
    [
        (".", True, None, None),
        ("./a", False, None, None),
        ("..", False, None, None),
        ("yes", False, "yes", None),
        ("/yes", False, None, None),
        ("a/yes", False, None, None),
        ("yes[1]", False, None, None),
        ("*", False, None, None),
        ("@id", False, None, None),
        ("${a}/yes", False, None, None),
        ("instance('villages')/root/item", False, None, "villages"),
        ("instance('villages')/root/item[name = 'a']/label", False, None, "villages"),
        ("instance(villages)/root/item", False, None, None),
        ("current()/a", False, None, None),
        ("instance('a', 'b')/root", False, None, None),
    ],
)
def test_properties_of_a_path(text: str, is_here: bool, bare_word: str | None, instance: str | None) -> None:
    """The current question, a word without quotes, or a path into a secondary instance."""
    tree = parse(text)
    assert isinstance(tree, Path)
    assert (tree.is_here, tree.bare_word, tree.instance) == (is_here, bare_word, instance)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("1", []),
        ("'a'", []),
        ("${a}", []),
        ("-${a}", ["${a}"]),
        ("${a} + 2", ["${a}", "2"]),
        ("if(${a}, 2, 'x')", ["${a}", "2", "'x'"]),
        ("${m}[1]/b[2]/c[3]", ["${m}", "1", "2", "3"]),
        ("/data/m[${a}]", ["${a}"]),
        ("a/b", []),
    ],
)
def test_parts_of_an_expression_are_in_order(text: str, inside: list[str]) -> None:
    """Each part knows its position in the text; predicates are parts of a path."""
    assert [text[part.start : part.end] for part in parts(parse(text))] == inside


def test_walk_visits_outermost_first() -> None:
    """From left to right, at any depth, even beyond Python's recursion limit."""
    text = "if(${a} > 1, ${b}, sum(${c}[${d} = 1]))"
    assert [each.name for each in walk(parse(text)) if isinstance(each, Named)] == ["a", "b", "c", "d"]
    first, *_ = walk(parse(text))
    assert first == parse(text)
    long = " and ".join(["${a}"] * 3_000)
    assert sum(isinstance(each, Named) for each in walk(parse(long))) == 3_000
