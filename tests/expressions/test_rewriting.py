"""An expression written out again means the same."""

import pytest

from liuwen.expressions import parse
from liuwen.expressions.rewriting import written


@pytest.mark.parametrize(
    "text",
    [
        "${a} > 1 or (${b} = 'x' and not(selected(., 'y')))",
        "1 - (2 - 3) - 4",
        "-(1 + 2) * 3",
        "(${a} = 1) = (${b} = 2)",
        "1 < (2 < 3)",
        "instance('l')/root/item[name = ${a} and position() < 3]/label",
        "../../r[1]/@id | //x",
        '${last-saved#a} div "it\'s"',
        "${r}[2]/age",
        "concat('a', 0.5, .)",
    ],
)
def test_reading_it_again_gives_the_same_text(text: str) -> None:
    """Brackets are kept where they matter and left out elsewhere."""
    once = written(parse(text))
    assert written(parse(once)) == once
    assert once.replace("(", "").replace(")", "").split() == text.replace("(", "").replace(")", "").split()


def test_spaces_and_brackets_make_no_difference() -> None:
    """The same meaning, the same text."""
    assert written(parse("((${a})>1)or(2=.)")) == written(parse("${a} > 1 or 2 = ."))


def test_thousands_of_operands_are_written() -> None:
    """Long lists of values are common, and recursion has an end."""
    text = " or ".join(f"${{a}} = '{number}'" for number in range(3000))
    assert written(parse(text)) == text
