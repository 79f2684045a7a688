"""What somebody must look at before a list hangs: all of it, not only the first."""

import pytest

from liuwen.campaign.screening import marks_in, screen_texts


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("打13812345678或139 1234 5678", ["telephone", "telephone"]),
        ("座机0715-8881234", ["telephone"]),
        ("身份证110101199003078515和11010119900307851X", ["identity", "identity"]),
        ("鄂A12345挡路", ["plate"]),
        ("卡号6222021234567890123", ["bank"]),
        ("3组5号门前积水，2栋3单元402室漏水", ["house", "house"]),
        ("李某家和张大爷家都没水", ["name", "name"]),
        ("王小明户、老刘、小陈同志", ["name", "name", "name"]),
        ("Mrs Wang asks", ["name"]),
        ("全家农户大家国家每户都要修路", []),
        ("石桥村8组水渠漏水，2026年3月修好", []),
    ],
)
def test_every_occurrence_is_marked(text: str, kinds: list[str]) -> None:
    """Telephones, identity and card numbers, plates, addresses, names; and nothing in plain words."""
    assert [kind for kind, _ in marks_in(text)] == kinds


def test_the_code_changes_with_what_is_marked() -> None:
    """So that nobody publishes what they did not see; a matter's number is no part of it."""
    one = screen_texts([("1", "title", "李某家"), ("2", "title", "修路")])
    other = screen_texts([("1", "title", "王某家")])
    assert (len(one.marks), one.texts) == (1, 2)
    assert one.code != other.code
    assert one.code == screen_texts([("9", "title", "李某家")]).code
