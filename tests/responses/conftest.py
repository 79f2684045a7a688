"""A small visit form with every kind of question, and its submissions as XML."""

from collections.abc import Callable

import pytest

from liuwen.form import builder as b
from liuwen.form.model import Form

NEEDS = b.choices("needs", ("water", "饮水", "Water"), ("road", "道路", "Road"), ("school", "入学", "School"))
YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


@pytest.fixture(scope="session")
def visit() -> Form:
    return b.build_form(
        "visit",
        zh="走访",
        en="Visit",
        version="2",
        items=[
            b.text("village", zh="哪个村？", en="Which village?"),
            b.date("visit_date", zh="哪天？", en="Which day?"),
            b.geopoint("place", zh="在哪里？", en="Where?"),
            b.select_one("consent", YES_NO, zh="同意吗？", en="Do you agree?"),
            b.group(
                "difficulties",
                zh="困难",
                en="Difficulties",
                relevant="${consent} = 'yes'",
                items=[
                    b.select_multiple("needs", NEEDS, zh="有什么困难？", en="What is difficult?"),
                    b.integer("people", zh="家里几口人？", en="How many people?"),
                    b.decimal("income", zh="收入多少？", en="What income?"),
                ],
            ),
            b.repeat(
                "member",
                zh="家庭成员",
                en="Member",
                items=[
                    b.text("called", zh="姓名？", en="What name?"),
                    b.repeat("illness", zh="疾病", en="Illness", items=[b.text("disease", zh="什么病？", en="Which?")]),
                ],
            ),
            b.group(
                "appraisal",
                zh="评价",
                en="Appraisal",
                relevant="${consent} = 'yes'",
                note="liuwen: unlinked",
                items=[
                    b.select_one("fair", YES_NO, zh="公道吗？", en="Are they fair?"),
                    b.text("why", zh="为什么？", en="Why?"),
                    b.image("proof", zh="照片？", en="A photo?"),
                ],
            ),
        ],
    )


@pytest.fixture(scope="session")
def submission() -> Callable[..., bytes]:
    """Writes one submission: its answers as XML, its instance ID, and what else its root and meta say."""

    def write(answers: str, instance_id: str = "uuid:1", *, form_id: str = "visit", version: str = "2", meta: str = "") -> bytes:
        told = f'<data xmlns:orx="http://openrosa.org/xforms" id="{form_id}" version="{version}">{answers}'
        return f"{told}<orx:meta><orx:instanceID>{instance_id}</orx:instanceID>{meta}</orx:meta></data>".encode()

    return write
