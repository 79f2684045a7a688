"""Place words, ages and consent are recognised in names and labels."""

import pytest

from liuwen.form.vocabulary import AGE, CONSENT, place_in_label, place_in_name


@pytest.mark.parametrize(
    ("name", "fineness"),
    [
        ("village", 0), ("village_name", 0), ("所在村", 0), ("admin3", 1), ("town", 1), ("county_code", 2), ("province", 3),
        ("village_committee", None), ("village_fund", None), ("marital_status", None), ("村民", None), ("age", None),
    ],
)  # fmt: skip
def test_names_that_end_in_a_place_word(name: str, fineness: int | None) -> None:
    """From the smallest to the largest; a village committee is not a village."""
    assert place_in_name(name) == fineness


@pytest.mark.parametrize(
    ("label", "fineness"), [("Which village?", 0), ("所在乡镇", 1), ("对村干部满意吗", None), ("Name", None)]
)
def test_labels_that_mention_a_place(label: str, fineness: int | None) -> None:
    """Not if it asks for an opinion."""
    assert place_in_label(label) == fineness


def test_ages_and_consent() -> None:
    """ "age" must be a separate word; consent has many phrasings."""
    assert [bool(AGE.search(name)) for name in ("age", "head_age", "年龄", "village", "wage")] == [True, True, True, False, False]
    assert [bool(CONSENT.search(text)) for text in ("consent", "是否同意接受访问", "Do you agree to take part?", "age")] == [
        True, True, True, False,
    ]  # fmt: skip
