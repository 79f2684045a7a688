"""Habits from spreadsheets and programming languages, each told with what XPath writes."""

import pytest

from liuwen.expressions import ExpressionError, try_parse


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("${a} > 18 AND ${b} = 'yes'", 10, "lower case: and"),
        ("${a} > 18 Or ${b} = 'yes'", 10, "lower case: or"),
        ("${a} > 18 && ${b} = 'yes'", 10, "write and"),
        (". &gt;= 1", 2, "write >"),
        ("${a} || ${b}", 6, "write or"),
        ("${a} & ${b}", 5, "concat(a, b)"),
        ("${a} DIV 2", 5, "lower case: div"),
        ("${a} > = 18", 7, "write >= without"),
        ("${a} ! = 18", 5, "write != without"),
        (". >= 0 and <= 5", 11, "must stand before <="),
        (". >= 0, . <= 5", 6, "and or or"),
        ("= ${a} + 1", 0, "delete it"),
        ("${a} = 'yes' ? 1 : 0", 13, "if(condition"),
        ("${a} x 2", 5, "write *"),
        ("${a} has 'b'", 5, "contains"),
        ("${a} <> 18", 6, "<> here; write !="),
        ("${a} => 18", 6, "=> here; write >="),
        ("${a} =< 18", 6, "=< here; write <="),
        ("${a} =! 18", 6, "=! here; write !="),
        ("${a} ≥ 18", 5, "write >="),
        ("${a} ≤ 18", 5, "write <="),
        ("${a} ≠ 18", 5, "write !="),
        ("not ${b} = 'yes'", 4, "not(…)"),
        ("${a} = 1 and NOT ${b} = 'yes'", 17, "not(…)"),
        ("!${b}", 0, "not(…)"),
        ("${b} is 'yes'", 5, "write ="),
        ("${b} is not 'yes'", 5, "write !="),
        ("${a} gt 5", 5, "write >"),
        ("${a} > 0,5", 8, "0.5"),
        ("if(${a} > 1; 1; 0)", 11, "comma"),
        ("${a} = 1;", 8, "delete the ;"),
        ("and ${a} = 1", 4, "before and"),
        ("${a} = ('x', 'y')", 11, "one value at a time"),
        ("between 1 and 5", 8, ">= 1 and"),
        ("${a} x 2", 5, "there is no x here; write *"),
        ("Household ${a}", 10, "concat("),
        ("Household no. ${a}", 10, "concat("),
        ("{a} = 1", 0, "${a}"),
        ("$a = 1", 0, "${a}"),
        ("#{a} = 1", 0, "${a}"),
        ("[a] = 1", 0, "${a}"),
        ("${a} / 2", 7, "div"),
        ("${a} % 2", 5, "mod"),
        ("${a} ^ 2", 5, "pow(a, b)"),
        ("${a} ** 2", 8, "pow(a, b)"),
        ("${a} × 2", 5, "write *"),
        ("${a} − 2", 5, "write -"),
        ("${a} in ('x', 'y')", 5, "or selected"),
        ("${a} between 1 and 5", 5, ">= 1 and"),
        ("${a} contains 'x'", 5, "contains(${a}"),
        ("if ${a} > 1 then 2", 3, "if(condition"),
        ("${a} = 1 et ${b} = 2", 9, "write and"),
        ("${a} = 1 或 ${b} = 2", 9, "write or"),
        ("${a} = 1)", 8, "no matching"),
        ("(${a} = 1", 9, "not closed"),
        ("${a} 'x'", 5, "operator"),
        ("'x' ${a}", 4, "operator"),
    ],
)
def test_message_contains_the_remedy(text: str, position: int, said: str) -> None:
    """At the character where the reading stops."""
    fault = try_parse(text)
    assert isinstance(fault, ExpressionError)
    assert fault.position == position
    assert said in fault.sentence.en
    assert fault.sentence.zh != fault.sentence.en


@pytest.mark.parametrize("text", ["and = 1", "${a} mod 2", "div", "is", "${a} = 'x AND y'", "../not", "if(${a}, 1, 2)"])
def test_words_are_also_names(text: str) -> None:
    """Valid names give no message."""
    assert not isinstance(try_parse(text), ExpressionError)
