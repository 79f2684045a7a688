"""The published folder: written from the code, the same each time, and never stale."""

from pathlib import Path

import pytest

from liuwen.form import read_form
from liuwen.questionnaires import published

FORMS = Path(__file__).parents[2] / "forms"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    published.write(folder)
    return folder


def test_published_forms_are_up_to_date(written: Path):
    """If this fails, run `liuwen build`."""
    assert [path.name for path in FORMS.iterdir() if path.read_bytes() != (written / path.name).read_bytes()] == []
    assert {path.name for path in FORMS.iterdir()} == {path.name for path in written.iterdir()}


def test_a_changed_or_missing_file_is_found(written: Path):
    """By its bytes."""
    (written / "satisfaction_survey.xlsx").write_bytes(b"")
    (written / "household_appraisal.xlsx").unlink()
    assert [path.name for path in published.stale(written)] == ["household_appraisal.xlsx", "satisfaction_survey.xlsx"]


def test_published_workbooks_read_back_unchanged():
    """A workbook loses nothing."""
    for each in published.published():
        assert read_form(FORMS / f"{each.form.id}.xlsx") == each.form


def test_no_two_published_forms_share_an_id():
    """A server tells forms apart by it."""
    ids = [each.form.id for each in published.published()]
    assert len(set(ids)) == len(ids)
