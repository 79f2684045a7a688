"""The logs that phones keep of an interview become a table."""

import io

import pandas as pd

from liuwen.form import read_form
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
