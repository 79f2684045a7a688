"""A section marked as unlinked is kept apart from whoever answered it."""

from itertools import permutations
from pathlib import Path

import pandas as pd

from liuwen.responses import read_responses

APPRAISALS = {
    "uuid:1": "<appraisal><fair>yes</fair><why>they listen</why><proof>1.jpg</proof></appraisal>",
    "uuid:2": "<appraisal><fair>no</fair><why/></appraisal>",
    "uuid:3": "",
    "uuid:4": "<appraisal><fair/><why/></appraisal>",
}


def test_it_has_no_key_and_no_household(visit, submission):
    """Its table holds the section's answers alone, by a fresh index."""
    responses = read_responses([submission(xml, key) for key, xml in APPRAISALS.items()], visit)
    table = responses["appraisal"]
    assert list(table) == ["fair", "why"]
    assert isinstance(table.index, pd.RangeIndex)
    assert not {"fair", "why", "proof"} & set(responses.table)


def test_its_order_comes_from_its_content(visit, submission):
    """However the submissions are ordered, the rows stand the same way."""
    given = [submission(xml, key) for key, xml in APPRAISALS.items()]
    tables = [read_responses(list(order), visit)["appraisal"] for order in permutations(given)]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])


def test_a_load_without_a_memory_says_so(visit, submission):
    """Compared with an earlier load, the rows of new answers show; a store remembers, and simulated answers need not."""
    asked, silent = (read_responses([submission(APPRAISALS[key], key)], visit) for key in ("uuid:1", "uuid:3"))
    assert any("without a memory" in note.en for note in asked.notes)
    assert not any("without a memory" in note.en for note in silent.notes)


def test_blank_answers_of_those_asked_count_in_the_base(visit, submission):
    """Those who were never asked are left out; those who were and said nothing belong to the base."""
    responses = read_responses([submission(xml, key) for key, xml in APPRAISALS.items()], visit)
    assert responses.base("fair") == 3
    assert int(responses.answered("fair").sum()) == 2


def test_faults_in_unlinked_sections_have_no_key(visit, submission):
    """An unknown field, a value off the list and an attachment's name could identify the submission."""
    odd = "<appraisal><fair>perhaps</fair><secret>x</secret><proof>2.jpg</proof></appraisal>"
    unknown = read_responses([submission(odd, "uuid:7")], visit).unknown
    assert unknown["key"].isna().all()
    assert sorted(unknown["value"]) == ["perhaps", "x"]


def test_on_disk_it_is_a_file_of_its_own(visit, submission, tmp_path: Path):
    """No file holds both an appraisal and an instance ID."""
    read_responses([submission(xml, key) for key, xml in APPRAISALS.items()], visit).to_parquet(tmp_path, raw=True)
    assert list(pd.read_parquet(tmp_path / "appraisal.parquet")) == ["fair", "why"]
    assert "fair" not in pd.read_parquet(tmp_path / "submissions.parquet")
