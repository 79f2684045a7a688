"""What each header of an export stands for, in every exporter's spelling."""

import pytest

from liuwen.form import read_form
from liuwen.responses.from_exports.headers import Headers, Meaning
from liuwen.responses.plan import MAIN, plan_of

FORM = read_form(
    """
| survey |
| | type | name | label::中文 (zh) | label::English (en) |
| | text | village | 哪个村？ | Which village? |
| | text | _id | 编号 | Number |
| | geopoint | place | 在哪里？ | Where? |
| | begin group | home | 家里 | Home |
| | select_multiple needs | needs | 需要什么？ | What is needed? |
| | select_one needs | first | 先要什么？ | What first? |
| | text | other | 其他 | Other |
| | begin group | inner | 里面 | Inside |
| | text | note-2 | 说明 | Remark |
| | geopoint | spot | 地点 | Spot |
| | end group | | | |
| | end group | | | |
| | begin group | work | 工作 | Work |
| | text | other | 其他 | Other |
| | end group | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | needs | road | 修路 | Roads |
| | needs | water-2 | 饮水 | Safe  water |
""".encode()
)
PLAN = plan_of(FORM)
HEADERS = Headers(PLAN, [MAIN], {column.element.path: column for column in PLAN.tables[MAIN].columns})


def said(header: str) -> object:
    """The column's name; with a choice or part, both; "system: …"; None."""
    found = HEADERS.meaning(header)
    if found is None:
        return None
    if found.server:
        return f"server: {found.server}"
    if found.system:
        return f"system: {found.system}"
    assert found.column is not None
    if found.choice is not None:
        return (found.column.name, found.choice)
    return found.column.name if found.part is None else (found.column.name, found.part)


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        # a question, by its name, by its path in any spelling, whole or in part, and by its label
        ("village", "village"),
        (" village ", "village"),
        ("\ufeffvillage", "village"),
        ("X.U.FEFF.village", "village"),
        ("home/needs", "needs"),
        ("home-needs", "needs"),
        ("home.needs", "needs"),
        ("home:needs", "needs"),
        ("needs", "needs"),
        ("home/inner/note-2", "note-2"),
        ("inner-note-2", "note-2"),
        ("note.2", "note-2"),
        ("home.inner.note.2", "note-2"),
        ("哪个村？", "village"),
        ("Which village?", "village"),
        ("家里/需要什么？", "needs"),
        ("Home/Inside/Remark", "note-2"),
        ("Inside/Remark", "note-2"),
        # two questions with the same name or label are distinguished by their path only
        ("home/other", "home/other"),
        ("work-other", "work/other"),
        ("other", None),
        ("其他", None),
        ("工作/其他", "work/other"),
        # the parts of a position
        ("_place_latitude", ("place", 0)),
        ("place_longitude", ("place", 1)),
        ("place-Altitude", ("place", 2)),
        ("place-Accuracy", ("place", 3)),
        ("place.precision", ("place", 3)),
        ("home/inner/_spot_latitude", ("spot", 0)),
        ("_home/inner/spot_latitude", ("spot", 0)),
        ("home-inner-spot-Longitude", ("spot", 1)),
        ("X_place_latitude", ("place", 0)),
        ("place_depth", None),
        # the choices of a select that is split
        ("needs/road", ("needs", "road")),
        ("home/needs/road", ("needs", "road")),
        ("needs.road", ("needs", "road")),
        ("needs:road", ("needs", "road")),
        ("needs/修路", ("needs", "road")),
        ("needs/Safe water", ("needs", "water-2")),
        ("needs.water.2", ("needs", "water-2")),
        ("家里/需要什么？/饮水", ("needs", "water-2")),
        ("needs/bridge", ("needs", "bridge")),
        ("needs/", None),
        ("first/road", None),
        ("village/road", None),
        # what exporters write themselves, in any case
        ("KEY", "system: instance_id"),
        ("meta/instanceID", "system: instance_id"),
        ("meta-instanceID", "system: instance_id"),
        ("meta.instanceID", "system: instance_id"),
        ("instanceID", "system: instance_id"),
        ("__id", "system: instance_id"),
        ("_uuid", "system: uuid"),
        ("X_uuid", "system: uuid"),
        ("_index", "system: index"),
        ("_parent_index", "system: parent_index"),
        ("_parent_table_name", "system: parent_table"),
        ("PARENT_KEY", "system: parent_key"),
        ("_submission__uuid", "system: submission_uuid"),
        ("_submission__id", "system: submission_number"),
        ("SubmissionDate", "system: submitted_at"),
        ("_submission_time", "system: submitted_at"),
        ("__system/submissionDate", "system: submitted_at"),
        ("SubmitterName", "system: sent_by"),
        ("_submitted_by", "system: sent_by"),
        ("__version__", "system: form_version"),
        ("FormVersion", "system: form_version"),
        ("_validation_status", "server: validation_status"),
        ("AttachmentsPresent", "server: attachments_present"),
        ("formhub/uuid", "system: other"),
        ("formhub-uuid", "system: other"),
        ("SET-OF-member", "system: other"),
        ("set-of-任何", "system: other"),
        # a question of the form's own comes before what exporters write
        ("_id", "_id"),
        # nothing is guessed
        ("", None),
        ("Village", None),
        ("ｖｉｌｌａｇｅ", None),
        ("home", None),
        ("which village?", None),
        ("x" * 50_000, None),
        ("/" * 5_000, None),
    ],
)
def test_headers_are_matched_to_questions(header: str, meaning: object) -> None:
    """In the spellings of ODK, KoboToolbox, Ona and R; what is not known for certain is not taken."""
    assert said(header) == meaning


def test_a_header_has_one_meaning() -> None:
    """A column whole, one choice or part of it, or the exporter's own."""
    assert HEADERS.meaning("village") == Meaning(PLAN.column("village"))
    assert HEADERS.meaning("_index") == Meaning(system="index")
