"""Real submissions and exports that the project did not write load as their forms say."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.responses import MAIN, read_responses

ONADATA = ("grouped_gps", "nested_repeats", "new_repeats", "repeat_child_name_matches_repeat", "tutorial")


@pytest.mark.parametrize("name", ONADATA)
def test_every_instance_of_onadata_loads_value_for_value(corpus: Path, assert_value_for_value, name):
    """Groups, nested repeats, a repeat whose child has its name; the tutorial's are of an older form and keep its fields."""
    folder = corpus / "submissions" / "onadata" / name
    form = read_form(folder / f"{name}.xlsx")
    files = sorted(folder.rglob("*.xml"))
    assert files
    for file in files:
        responses = read_responses(file, form)
        assert responses.rejected.empty
        assert_value_for_value(file.read_bytes(), responses)


def test_a_csv_that_spreads_repeats_over_columns_says_what_the_xml_says(corpus: Path):
    """Ona's export of the nested repeats, beside the submissions it was made from."""
    folder = corpus / "submissions" / "onadata" / "nested_repeats"
    form = read_form(folder / "nested_repeats.xlsx")
    told, exported = read_responses(folder / "instances", form), read_responses(folder / "nested_repeats.csv", form)
    for name in ("kids_details", "kids_immunization"):
        pd.testing.assert_frame_equal(exported[name], told[name])
    tables = [one.table.drop(columns=["submitted_at", "form_version", "sent_by"]) for one in (exported, told)]
    for table in tables:
        table["web_browsers"] = table["web_browsers"].map(lambda text: sorted(text.split()))
    pd.testing.assert_frame_equal(*tables)


def test_the_assessment_has_its_632_interviews(corpus: Path):
    """Types, labels and select-multiples as its form has them."""
    folder = corpus / "submissions" / "reach-assessment"
    responses = read_responses(folder / "data.xlsx", read_form(folder / "form.xlsx"))
    table = responses.table
    assert len(table) == 632
    assert responses.rejected.empty
    assert str(table["start"].dtype) == "datetime64[us, UTC]"
    assert str(table["date_assessment"].dtype) == "datetime64[us]"
    assert str(table["tot_expenses"].dtype) in {"Int64", "Float64"}
    assert list(table["gender_hoh"].cat.categories) == list(responses.choices("gender_hoh").names)
    assert responses.selected("water_sources").sum().astype(int).to_dict() == _split_counts(folder / "data.xlsx", "water_sources")
    assert responses.labelled("en")["consent_remote"].unique().tolist() == ["Yes"]
    assert responses.labelled("ar")["gender_hoh"].isin(["ذكر", "انثى"]).all()
    assert responses.submissions["status"].notna().all()
    assert not responses.unknown["reason"].isin(["system", "field"]).any()


def test_the_assessment_is_asked_as_its_relevance_says(corpus: Path):
    """Only households that returned were asked when; every answer stands where it was asked."""
    folder = corpus / "submissions" / "reach-assessment"
    responses = read_responses(folder / "data.xlsx", read_form(folder / "form.xlsx"))
    returned = (responses.table["displace_status"] == "yes") & (responses.table["displace_status_returnee"] == "yes")
    assert responses.asked("return_date").tolist() == returned.tolist()
    for column in responses.plan.tables[MAIN].columns:
        assert responses.asked(column.name)[responses.answered(column.name)].all()


def test_the_needs_assessment_loads_with_its_repeats_linked(corpus: Path):
    """Four sheets of repeats; each person's ID begins with the ID of the household it is linked to."""
    folder = corpus / "submissions" / "msna-2024"
    responses = read_responses(folder / "data.xlsx", read_form(folder / "form.xlsx"))
    assert {name: len(table) for name, table in responses.tables.items()} == {
        MAIN: 241,
        "roster": 965,
        "edu_ind": 965,
        "health_ind": 965,
        "nut_ind": 965,
    }
    assert responses.rejected.empty
    for name, person in (("roster", "person_id"), ("edu_ind", "edu_person_id"), ("nut_ind", "nut_person_id")):
        table = responses[name]
        assert (table[person].str.rpartition("-")[0] == table["parent_key"]).all()
        assert table["parent_key"].isin(responses.table.index).all()
    assert str(responses["roster"]["ind_age"].dtype) == "Int64"


def _split_counts(path: Path, question: str) -> dict[str, int]:
    sheet = pd.read_excel(path, engine="calamine")
    heads = [head for head in sheet if head.startswith(f"{question}.")]
    return {head.partition(".")[2]: int(sheet[head].sum()) for head in heads}


FORM_ID = {"media-files": "export-media-files"}
"""A form of Briefcase's tests whose submission bears another ID than its definition."""


def test_every_instance_of_briefcase_loads_with_its_xform_value_for_value(corpus: Path, assert_value_for_value):
    """Each of its data types, blank and filled, choice lists, nested repeats, names that differ in case."""
    folder = corpus / "submissions" / "briefcase-export"
    files = [file for file in sorted(folder.glob("*-submission*.xml")) if not file.name.startswith("encrypted")]
    assert len(files) == 9
    for file in files:
        name = file.name.partition("-submission")[0]
        responses = read_responses(file, read_form(folder / f"{name}.xml"), form_id=FORM_ID.get(name))
        assert responses.rejected.empty
        assert_value_for_value(file.read_bytes(), responses)
        assert responses.unknown.empty


NOT_IN_THE_FORM = {"plot_id"}
"""What central-backend's repeatEntityTrees submits without its form asking it."""
NOT_OF_THE_TYPE = {"status"}
"""What its offlineEntity binds as a number and submits as a word."""


def test_every_instance_of_central_loads_with_its_xform_value_for_value(corpus: Path, assert_value_for_value):
    """Attachments, audits, entities in groups and repeats, prefixes that nobody declared; the encrypted aside."""
    folder = corpus / "submissions" / "central-backend"
    files = [file for file in sorted(folder.glob("*/instance-*.xml")) if file.parent.name != "encrypted"]
    assert len(files) == 38
    strange = set()
    for file in files:
        responses = read_responses(file, read_form(file.parent / "form.xml"))
        assert responses.rejected.empty
        assert_value_for_value(file.read_bytes(), responses)
        strange.update(responses.unknown["field"])
    assert strange == NOT_IN_THE_FORM | NOT_OF_THE_TYPE


def test_a_folder_of_centrals_submissions_finds_its_form(corpus: Path):
    """The definition lies among them."""
    responses = read_responses(corpus / "submissions" / "central-backend" / "withrepeat")
    assert responses.table["name"].to_dict() == {"rone": "Alice", "rthree": "Chelsea", "rtwo": "Bob"}
    assert responses["child"]["children/child/name"].tolist() == ["Candace", "Billy", "Blaine"]
