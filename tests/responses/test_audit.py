"""The logs that phones keep of an interview become a table."""

import io

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.form.anonymity import made_anonymous
from liuwen.responses import Submission, read_responses

FORM = read_form(
    b"| survey |\n| | type | name | label |\n| | audit | audit | |\n| | text | place | Place |\n"
    b"| settings |\n| | form_id | version |\n| | a | 1 |\n"
)
XML = b'<data id="a" version="1"><place>x</place><meta><audit>audit.csv</audit><instanceID>uuid:1</instanceID></meta></data>'
LOG = (
    b"event,node,start,end,latitude,longitude,accuracy,old-value,new-value\n"
    b"form start,,1709600000000,,,,,,\n"
    b"question,/data/place,1709600001000,1709600004500,30.5,120.25,9,,x\n"
)


def with_log(log: bytes | None) -> Submission:
    return Submission(XML, "1.xml", open_file=lambda name: io.BytesIO(log) if log is not None and name == "audit.csv" else None)


def test_events_have_times_durations_changes_and_places() -> None:
    """A row an event, the question by its path."""
    audit = read_responses([with_log(LOG)], FORM).audit
    question = audit.iloc[1]
    assert audit["event"].tolist() == ["form start", "question"]
    assert (question["instance_id"], question["node"], question["seconds"]) == ("uuid:1", "place", 3.5)
    assert question["start"] == pd.Timestamp(1709600001, unit="s", tz="UTC")
    assert (question["latitude"], question["new_value"]) == (30.5, "x")


def test_missing_and_broken_logs_are_ignored() -> None:
    """The submission itself is read."""
    for log in (None, b"", b"\xff\xfe\x00", LOG[:70]):
        responses = read_responses([with_log(log)], FORM)
        assert len(responses) == 1
        assert {"event", "node", "seconds"} <= set(responses.audit.columns)


VIEWS = b"""
| survey |
| | type | name | label | note |
| | audit | audit | | |
| | text | place | Place | |
| | begin repeat | officer | Officer | |
| | begin group | views | Views | %s |
| | text | fair | Fair? | |
| | end group | | | |
| | end repeat | | | |
| settings |
| | form_id | version |
| | a | %s |
"""


@pytest.mark.parametrize("promised_by", ["this version", "an earlier one"])
def test_events_in_unlinked_sections_are_left_out(promised_by: str) -> None:
    """They hold the answers beside the instance ID."""
    older = read_form(VIEWS % (b"liuwen: unlinked", b"1"))
    form = older if promised_by == "this version" else read_form(VIEWS % (b"", b"2"))
    log = LOG + b"group questions,/data/officer[2]/views,1709600001000,1709600004500,,,,,\n"
    log += b"question,/data/officer[2]/views/fair,1709600001000,1709600004500,,,,,no\n"
    audit = read_responses([with_log(log)], form, earlier=[older]).audit
    assert audit["event"].tolist() == ["form start", "question"]
    assert not audit.astype("string").isin(["no"]).any().any()


def test_an_anonymous_form_has_no_log() -> None:
    """Whether the form says so or the submission itself."""
    says = Submission(
        XML.replace(b'version="1"', b'version="1" anonymous="yes"'), "1.xml", open_file=lambda name: io.BytesIO(LOG)
    )
    assert read_responses([says], FORM).audit.empty
    assert read_responses([with_log(LOG)], made_anonymous(FORM)).audit.empty
