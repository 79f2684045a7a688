"""Expressions are parsed into trees; invalid ones say where the problem is."""

from pathlib import Path as FilePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.expressions import (
    Binary,
    Call,
    ExpressionError,
    Named,
    Negative,
    Number,
    Path,
    Text,
    broken_references,
    parse,
    parsing,
    references,
    try_parse,
    walk,
)


def test_a_comparison_of_a_question_with_a_text() -> None:
    """The most common expression."""
    tree = parse("${water} = 'well'")
    assert isinstance(tree, Binary)
    assert (tree.operator, tree.left, tree.right) == ("=", Named("water", False, 0, 8), Text("well", 11, 17))


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("1 or 2 and 3", "or"),
        ("1 and 2 = 3", "and"),
        ("1 = 2 < 3", "="),
        ("1 < 2 + 3", "<"),
        ("1 + 2 * 3", "+"),
        ("-1 mod 2", "mod"),
    ],
)
def test_operators_bind_as_in_xpath(text: str, operator: str) -> None:
    """The operator that binds loosest is the root of the tree."""
    tree = parse(text)
    assert isinstance(tree, Binary)
    assert tree.operator == operator


def test_operators_of_equal_precedence_are_left_associative() -> None:
    """10 - 3 - 2 is (10 - 3) - 2."""
    tree = parse("10 - 3 - 2")
    assert isinstance(tree, Binary)
    assert isinstance(tree.left, Binary)


@pytest.mark.parametrize("word", ["and", "or", "div", "mod"])
def test_operator_words_may_be_names(word: str) -> None:
    """A name where an operand is expected, an operator after an operand."""
    tree = parse(f"{word} {word} {word}-x")
    assert isinstance(tree, Binary)
    assert (tree.operator, [side.bare_word for side in (tree.left, tree.right)]) == (word, [word, f"{word}-x"])  # type: ignore[union-attr]


def test_star_is_multiplication_after_an_operand_and_a_wildcard_elsewhere() -> None:
    """`* * *` is everything times everything."""
    tree = parse("* * *")
    assert isinstance(tree, Binary)
    assert tree.operator == "*"


def test_a_function_with_its_arguments() -> None:
    """Prefixes belong to a function's name."""
    tree = parse("jr:choice-name(${crop}, '${crop}')")
    assert isinstance(tree, Call)
    assert tree.function == "jr:choice-name"
    assert [type(argument) for argument in tree.arguments] == [Named, Text]


def test_an_instance_path_knows_its_instance_and_its_filter() -> None:
    """Lookups in a list are paths that start with a function."""
    tree = parse("instance('villages')/root/item[town = ${town}]/label")
    assert isinstance(tree, Path)
    assert tree.instance == "villages"
    assert [step.name for step in tree.steps] == ["root", "item", "label"]
    assert len(tree.steps[1].predicates) == 1


def test_reference_may_have_predicates_and_steps() -> None:
    """`${member}[…]/age` reads an answer inside a repeat."""
    tree = parse("${member}[position() = 1]/../age")
    assert isinstance(tree, Path)
    assert isinstance(tree.origin, Named)
    assert (len(tree.predicates), [step.axis for step in tree.steps]) == (1, ["parent", "child"])


def test_dot_is_the_current_answer() -> None:
    """Constraints refer to `.`."""
    tree = parse(". > -5")
    assert isinstance(tree, Binary)
    assert isinstance(tree.left, Path)
    assert tree.left.is_here
    assert isinstance(tree.right, Negative)


def test_axes_attributes_and_descendants() -> None:
    """The rarer parts of XPath are parsed too."""
    tree = parse("//a/@b | ancestor::c/self::node()")
    assert isinstance(tree, Binary)
    axes = [[step.axis for step in side.steps] for side in (tree.left, tree.right) if isinstance(side, Path)]
    assert axes == [["descendant-or-self", "child", "attribute"], ["ancestor", "self"]]


def test_walk_visits_every_part() -> None:
    """Including predicates and arguments."""
    named = [part.name for part in walk(parse("if(${a}, ${b}[. = ${c}], -${d})")) if isinstance(part, Named)]
    assert named == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("${a} = “yes”", 7, "curly"),
        ("${a} == 1", 6, "single ="),
        ("${a}，1", 4, "full-width"),
        ("${a} =\u00a01", 6, "non-breaking"),
        ("${a} = 'yes", 7, "not closed"),
        ("${a} and", 8, "is incomplete"),
        ("if(${a}, 1", 10, "is incomplete"),
        ("${a b} = 1", 0, "${name}"),
        ("${a} = 1 && ${b}", 9, "&"),
        ("1 2", 2, "2"),
        ("", 0, "is incomplete"),
    ],
)
def test_error_has_position_and_remedy(text: str, position: int, words: str) -> None:
    """The message names the problem and the remedy, the position its character."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position
    assert words in caught.value.sentence.en


def test_deep_nesting_is_refused_and_long_chains_are_not() -> None:
    """Neither can exhaust the stack."""
    assert isinstance(try_parse("(" * 100_000 + "1" + ")" * 100_000), ExpressionError)
    assert sum(isinstance(part, Number) for part in walk(parse("1" + " + 1" * 5_000))) == 5_001


@given(st.text(max_size=60))
def test_any_text_gives_a_tree_or_an_error(text: str) -> None:
    """No other exception is raised."""
    outcome = try_parse(text)
    assert isinstance(outcome, ExpressionError) or 0 <= outcome.start <= outcome.end <= len(text)


def test_references_in_a_label() -> None:
    """Positions refer to the text."""
    text = "你好 ${name}，上次 ${last-saved#age}"
    assert [(found.name, found.last_saved, text[found.start : found.end]) for found in references(text)] == [
        ("name", False, "${name}"),
        ("age", True, "${last-saved#age}"),
    ]


def test_broken_references_report_their_start() -> None:
    """A space or a missing brace makes a reference malformed."""
    assert broken_references("${a} ${ b } ${c") == (5, 12)


@pytest.mark.parametrize("damaged", [b"", b"no tables", None])
def test_the_tables_of_the_parser_are_kept(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch, damaged: bytes | None) -> None:
    """Damaged ones are made again, and the tree is the same."""
    monkeypatch.setenv("LIUWEN_CACHE", str(tmp_path / "kept"))
    make = parsing._parser.__wrapped__
    fresh = make().parse("${age} >= 18")
    [file] = (tmp_path / "kept").iterdir()
    size = file.stat().st_size
    if damaged is not None:
        file.write_bytes(damaged)
    assert make().parse("${age} >= 18") == fresh == parse("${age} >= 18")
    assert abs(file.stat().st_size - size) < 1000


def test_where_nothing_can_be_kept_expressions_are_read_all_the_same(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder should be; or nothing is to be kept."""
    (tmp_path / "file").touch()
    for folder in (str(tmp_path / "file"), str(tmp_path / "file" / "kept"), ""):
        monkeypatch.setenv("LIUWEN_CACHE", folder)
        assert parsing._parser.__wrapped__().parse("1 + 1") == parse("1 + 1")
