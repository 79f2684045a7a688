"""What no form may be published with, whatever its notes say."""

import pytest

from liuwen.checks.publishable import refuse_broken_promises
from liuwen.errors import FormError
from liuwen.form import builder as b

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
ABLE = b.select_one("able", YES_NO, zh="能", en="Able?")
SECTION = b.group("appraisal", zh="评价", en="Appraisal", unlinked=True, items=[ABLE])
HOUSE = b.image("house", zh="照片", en="Photo")


def test_a_note_that_silences_check_does_not_let_it_be_published() -> None:
    """The promise is made to those who answer, not to the designer."""
    ignored = b.text("why", zh="为", en="Why", relevant="${able} = 'no'", note="# liuwen: ignore=unlinked-steers-linked")
    form = b.build_form("visit", version="1", zh="走访", en="Visit", items=[SECTION, ignored])
    with pytest.raises(FormError, match=r'"visit" cannot be published\. survey row 5, relevant: this uses “able”'):
        refuse_broken_promises(form)


def test_an_anonymous_form_with_a_photo() -> None:
    """The place is named."""
    form = b.build_form("poll", version="1", zh="测评", en="Poll", anonymous=True, items=[HOUSE])
    with pytest.raises(FormError, match=r"survey row 2, type: an anonymous form must not have image \(“house”\)"):
        refuse_broken_promises(form)


def test_a_sound_form_passes() -> None:
    """A photo in a form that is not anonymous, and a section that steers only itself."""
    refuse_broken_promises(b.build_form("visit", version="1", zh="走访", en="Visit", items=[SECTION, HOUSE]))
