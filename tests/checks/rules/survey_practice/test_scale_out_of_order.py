"""A rating scale whose answers do not run in one direction."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_jumbled_in_either_language(found: Found) -> None:
    """Jumbled, in either language."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| | select_one b | r | R |
| choices |
| | list_name | name | label |
| | a | 1 | Very satisfied |
| | a | 2 | Dissatisfied |
| | a | 3 | Satisfied |
| | a | 4 | Very dissatisfied |
| | b | 1 | 满意 |
| | b | 2 | 非常满意 |
| | b | 3 | 不满意 |
"""
    assert found("scale-out-of-order", form) == [("warning", 2, "label"), ("warning", 6, "label")]


def test_from_one_end_to_the_other_don_t_know_last(found: Found) -> None:
    """From one end to the other, don't know last."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | 1 | 非常满意 |
| | a | 2 | 比较满意 |
| | a | 3 | 一般 |
| | a | 4 | 不太满意 |
| | a | 5 | 非常不满意 |
| | a | 8 | 不知道 |
"""
    assert found("scale-out-of-order", form) == []
