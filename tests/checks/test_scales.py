"""Points of rating scales, recognised by their words."""

import pytest

from liuwen.checks.scales import point, scale_of


@pytest.mark.parametrize(
    "label",
    [
        "说不上满意，也说不上不满意",
        "不好也不差",
        "既不同意也不反对",
        "谈不上满意不满意",
        "满意和不满意各一半",
        "不好不坏",
        "无所谓",
        "中等",
        "Neither satisfied nor dissatisfied",
        "Not good, not bad",
        "so so",
    ],
)
def test_a_neutral_midpoint_is_never_unfavourable(label: str):
    """Although it names the unfavourable answer too."""
    assert point(label) == ("", 0.0)


@pytest.mark.parametrize(
    ("label", "scale"),
    [("不太满意", "satisfied"), ("不大方便", "easy"), ("不太好", "good"), ("不怎么安全", "safe"), ("不大公平", "fair")],
)
def test_a_weak_no_is_unfavourable(label: str, scale: str):
    """By one step, and not a yes."""
    assert point(label) == (scale, -1.0)


def test_dont_know_has_no_position_on_a_scale():
    """Neither "don't know", "would rather not say" nor "not sure"."""
    assert [point(label) for label in ("不知道、说不清", "不想说", "不确定", "Don't know")] == [None] * 4


def test_the_midpoint_stands_between_both_sides():
    """In the order of the list."""
    labels = ("很满意", "比较满意", "说不上满意，也说不上不满意", "不太满意", "很不满意", "不知道、说不清", "不想说")
    assert scale_of(labels) == [3.0, 1.0, 0.0, -1.0, -3.0]
