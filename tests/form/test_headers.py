"""Meanings of headers, compared with pyxform's table of aliases."""

import pytest
from pyxform import aliases

from liuwen.form.headers import COLUMNS, Header, meaning


@pytest.mark.parametrize("spelling", sorted(aliases.survey_header.keys() - {"body"}))
def test_every_survey_header_pyxform_knows_is_a_standard_column(spelling):
    """Two spellings of one column in pyxform are one column here."""
    column = meaning("survey", spelling).column
    assert column in COLUMNS["survey"]
    twins = [twin for twin, means in aliases.survey_header.items() if means == aliases.survey_header[spelling]]
    assert {meaning("survey", twin).column for twin in twins} == {column}


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("label::中文 (zh)", Header("label", "中文 (zh)")),
        ("label : English", Header("label", "English")),
        ("media::image::English", Header("image", "English")),
        ("media:image:English", Header("image", "English")),
        ("bind:relevant", Header("relevant", "")),
        ("bind::jr:constraintMsg::English", Header("constraint_message", "English")),
        ("jr:count", Header("repeat_count", "")),
        ("Constraint\u00a0Message", Header("constraint_message", "")),
        ("bind::odk:length", Header("bind::odk:length", "")),
        ("instance::tag", Header("instance::tag", "")),
        ("remarks of the town", Header("remarks of the town", "")),
    ],
)
def test_old_and_new_headers(header, means):
    """Old and new spellings are equivalent, and unknown headers are kept."""
    assert meaning("survey", header) == means
