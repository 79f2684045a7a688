"""Submissions become typed tables; those that cannot are refused with a reason."""

import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import AnswerError, ReadError
from liuwen.form import builder as b
from liuwen.form import read_form
from liuwen.messages import use_language
from liuwen.responses import Export, Submission, read_responses

ANSWERED = (
    "<village>湖滨</village><visit_date>2026-11-02</visit_date><place>30.5 120.25 4.0 12.5</place><consent>yes</consent>"
    "<difficulties><needs>road  water</needs><people>4</people><income>1200.5</income></difficulties>"
)


def test_each_question_has_the_dtype_of_its_type(visit, submission):
    """Text, date, position, select, whole number and decimal each come typed."""
    table = read_responses([submission(ANSWERED)], visit).table
    assert table.dtypes.astype(str).to_dict() == {
        "submitted_at": "datetime64[us, UTC]",
        "form_version": "string",
        "sent_by": "string",
        "village": "string",
        "visit_date": "datetime64[us]",
        "place.latitude": "Float64",
        "place.longitude": "Float64",
        "place.altitude": "Float64",
        "place.accuracy": "Float64",
        "consent": "category",
        "needs": "string",
        "people": "Int64",
        "income": "Float64",
    }
    row = table.loc["uuid:1"]
    assert row["village"] == "湖滨"
    assert row["visit_date"] == pd.Timestamp(2026, 11, 2)
    assert (row["place.latitude"], row["place.accuracy"]) == (30.5, 12.5)
    assert (row["needs"], row["people"], row["income"]) == ("road water", 4, 1200.5)


def test_a_select_keeps_the_order_of_its_list(visit, submission):
    """Categories are the stored names as listed, whichever were chosen."""
    table = read_responses([submission("<consent>no</consent>")], visit).table
    assert list(table["consent"].cat.categories) == ["yes", "no"]


def test_no_submissions_still_make_typed_tables(visit):
    """A store that holds nothing yet gives empty tables with every column."""
    responses = read_responses([], visit)
    assert len(responses) == 0
    assert str(responses.table["people"].dtype) == "Int64"
    assert str(responses["member"].index.dtype) == "str"


def test_the_folder_of_a_store_gives_its_own_error(visit, tmp_path):
    """The sentence names the line that reads a store."""
    with pytest.raises(ReadError, match="no submissions"), use_language("en"):
        read_responses(tmp_path, visit)
    (tmp_path / "store.sqlite").touch()
    with pytest.raises(ReadError, match=r"is a store; read it with lw\.read_responses"), use_language("en"):
        read_responses(tmp_path, visit)


def test_a_blank_node_was_asked_and_a_missing_one_was_not(visit, submission):
    """The base of a question counts who was asked, whether or not they answered."""
    given = [
        submission("<difficulties><people>4</people></difficulties>", "uuid:1"),
        submission("<difficulties><people/></difficulties>", "uuid:2"),
        submission("<difficulties/>", "uuid:3"),
        submission("", "uuid:4"),
    ]
    responses = read_responses(given, visit)
    assert responses.asked("people").tolist() == [True, True, False, False]
    assert responses.base("people") == 2
    assert responses.answered("people").tolist() == [True, False, False, False]


def test_selected_tells_chosen_from_not_asked(visit, submission):
    """Asked and nothing chosen is False; not asked is missing."""
    given = [
        submission("<difficulties><needs>road water</needs></difficulties>", "uuid:1"),
        submission("<difficulties><needs/></difficulties>", "uuid:2"),
        submission("", "uuid:3"),
    ]
    selected = read_responses(given, visit).selected("needs")
    assert list(selected) == ["water", "road", "school"]
    assert selected.loc["uuid:1"].tolist() == [True, True, False]
    assert selected.loc["uuid:2"].tolist() == [False, False, False]
    assert selected.loc["uuid:3"].isna().all()


def test_selected_is_for_selects(visit):
    """A question that offers nothing has nothing selected."""
    with pytest.raises(AnswerError):
        read_responses([], visit).selected("village")


def test_repeats_are_linked_at_any_depth(visit, submission):
    """Each instance has a key of its own, its parent's, and its submission's."""
    answers = (
        "<member><called>甲</called><illness><disease>a</disease></illness><illness><disease>b</disease></illness></member>"
        "<member><called>乙</called></member><member><called>丙</called><illness><disease>c</disease></illness></member>"
    )
    responses = read_responses([submission(answers)], visit)
    member, illness = responses["member"], responses["illness"]
    assert member["called"].to_dict() == {"uuid:1/member[1]": "甲", "uuid:1/member[2]": "乙", "uuid:1/member[3]": "丙"}
    assert illness["disease"].to_dict() == {
        "uuid:1/member[1]/illness[1]": "a",
        "uuid:1/member[1]/illness[2]": "b",
        "uuid:1/member[3]/illness[1]": "c",
    }
    assert illness.join(member["called"], on="parent_key")["called"].tolist() == ["甲", "甲", "丙"]
    assert set(illness["instance_id"]) == {"uuid:1"}


def test_content_unknown_to_the_form_is_kept(visit, submission):
    """Unknown fields, values off the list and values of another type are reported with their place."""
    answers = (
        "<consent>perhaps</consent><mood>good</mood><difficulties><needs>road moon</needs><people>four</people></difficulties>"
        "<member><nickname>小甲</nickname></member>"
    )
    responses = read_responses([submission(answers)], visit)
    assert sorted(responses.unknown.itertuples(index=False, name=None)) == [
        ("member", "uuid:1/member[1]", "member/nickname", "小甲", "field"),
        ("submissions", "uuid:1", "consent", "perhaps", "choice"),
        ("submissions", "uuid:1", "difficulties/needs", "road moon", "choice"),
        ("submissions", "uuid:1", "difficulties/people", "four", "type"),
        ("submissions", "uuid:1", "mood", "good", "field"),
    ]
    assert responses.table["consent"].tolist() == ["perhaps"]
    assert responses.table["people"].isna().all()
    assert responses.asked("people").all()
    assert "moon" in responses.selected("needs")
    with use_language("en"):
        assert any("mood" in str(note) for note in responses.notes)


def test_bad_submissions_are_reported_and_good_ones_loaded(visit, submission):
    """Broken XML, an empty file, a DOCTYPE, another form: one reason each, and the batch goes on."""
    bomb = b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><data id="visit">&b;</data>'
    files = {
        "good.xml": submission(ANSWERED),
        "broken.xml": b"<data id='visit'><village>",
        "empty.xml": b"  ",
        "bomb.xml": bomb,
        "other.xml": submission("", "uuid:9", form_id="harvest"),
        "no-form.xml": b"<data/>",
        "form.xml": b'<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>',
    }
    with use_language("en"):
        responses = read_responses(files, visit)
    assert len(responses) == 1
    reasons = responses.rejected.set_index("source")["reason"]
    assert list(reasons.index) == ["broken.xml", "empty.xml", "bomb.xml", "other.xml", "no-form.xml"]
    assert "damaged" in reasons["broken.xml"]
    assert "DOCTYPE" in reasons["bomb.xml"]
    assert "harvest" in reasons["other.xml"]


def test_no_entity_is_expanded_and_no_file_read(visit, tmp_path):
    """An external entity gives nothing of the file it names."""
    (tmp_path / "secret").write_text("secret")
    evil = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><data id="visit"><village>&x;</village></data>'
    responses = read_responses([evil.encode(), evil.encode("utf-16")], visit)
    assert len(responses) == 0
    assert responses.rejected["reason"].str.contains("DOCTYPE").all()


def test_every_submission_of_another_form_is_a_mistake_of_the_caller(visit, submission):
    """Then there is nothing to look at, and the error names the form they are of."""
    with pytest.raises(ReadError, match=r"another form \(“harvest”\), not to “visit”"):
        read_responses([submission("", form_id="harvest")], visit)


def test_a_server_may_have_given_the_form_another_id(visit, submission):
    """The caller says which."""
    responses = read_responses([submission("<village>a</village>", form_id="aX7"), submission("")], visit, form_id="aX7")
    assert responses.table["village"].tolist() == ["a"]
    assert responses.rejected["source"].tolist() == ["2"]


def test_entities_are_kept_with_the_row_that_declares_them(visit):
    """In the submission's meta, a group's, or a repeat's."""

    def entity(name: str) -> str:
        return f'<meta><entity dataset="people" id="{name}" create="1"><label>{name}!</label></entity></meta>'

    data = (
        f'<data id="visit"><difficulties>{entity("a")}</difficulties><member>{entity("b")}<called/></member>'
        f'<meta><instanceID>uuid:1</instanceID><entity dataset="homes" id="c" update="1" baseVersion="3"/></meta></data>'
    )
    responses = read_responses([data.encode()], visit)
    assert responses.entities[["table", "key", "dataset", "id", "action", "label"]].fillna("").to_numpy().tolist() == [
        ["submissions", "uuid:1", "people", "a", "create", "a!"],
        ["member", "uuid:1/member[1]", "people", "b", "create", "b!"],
        ["submissions", "uuid:1", "homes", "c", "update", ""],
    ]
    assert responses.unknown.empty


def test_the_same_instance_counts_once(visit, submission):
    """Word for word the same is one submission; other words under the same ID are refused."""
    given = [submission("<village>a</village>"), submission("<village>a</village>"), submission("<village>b</village>")]
    responses = read_responses(given, visit)
    assert responses.table["village"].tolist() == ["a"]
    assert responses.rejected["source"].tolist() == ["3"]


def test_an_edit_takes_the_place_of_what_it_edits(visit, submission):
    """In whichever order they come, through a chain of edits, repeats included."""
    first = submission("<village>a</village><member><called>甲</called></member>", "uuid:1")
    second = submission("<village>b</village>", "uuid:2", meta="<deprecatedID>uuid:1</deprecatedID>")
    third = submission("<village>c</village>", "uuid:3", meta="<deprecatedID>uuid:2</deprecatedID>")
    for order in ([first, second, third], [third, first, second]):
        responses = read_responses(order, visit)
        assert responses.table["village"].to_dict() == {"uuid:3": "c"}
        assert len(responses["member"]) == 0


def test_edits_tell_what_they_changed(visit, submission, tmp_path):
    """Each answer before and after, in whichever order they come; never of an unlinked section."""
    views = "<appraisal><fair>{}</fair></appraisal>"
    first = submission("<village>a</village><member><called>甲</called></member>" + views.format("yes"), "uuid:1")
    second = submission("<village>b</village>" + views.format("no"), "uuid:2", meta="<deprecatedID>uuid:1</deprecatedID>")
    third = submission("<village>b </village><consent>yes</consent>", "uuid:3", meta="<deprecatedID>uuid:2</deprecatedID>")
    other = submission("<village>z</village>", "uuid:9", meta="<deprecatedID>uuid:8</deprecatedID>")
    sent = Submission(second, "2.xml", sent_by="Wang", submitted_at="2026-11-03T08:00:00Z")
    for order in ([first, sent, third, other], [third, first, sent, other]):
        responses = read_responses(order, visit)
        edits = responses.edits.astype(object).where(responses.edits.notna(), None)
        assert sorted(map(tuple, edits.drop(columns=["edited_at"]).to_numpy()), key=str) == [
            ("uuid:3", "member", "uuid:3/member[1]", "member/called", "甲", None, "Wang"),
            ("uuid:3", "submissions", "uuid:3", "consent", None, "yes", None),
            ("uuid:3", "submissions", "uuid:3", "village", "a", "b", "Wang"),
        ]
        assert edits["edited_at"].dropna().astype(str).unique().tolist() == ["2026-11-03 08:00:00+00:00"]
    read = read_responses(responses.to_parquet(tmp_path / "tables"))
    pd.testing.assert_frame_equal(read.edits, responses.edits)
    assert (len(responses.where(village="z").edits), len(responses.where(village="b ").edits)) == (0, 3)
    assert list(read_responses([first], visit).edits.columns) == list(responses.edits.columns)


def test_edits_in_a_circle_lose_nothing(visit, submission):
    """Two submissions that each claim to replace the other: the later claim is not believed."""
    first = submission("<village>a</village>", "uuid:1", meta="<deprecatedID>uuid:2</deprecatedID>")
    second = submission("<village>b</village>", "uuid:2", meta="<deprecatedID>uuid:1</deprecatedID>")
    assert read_responses([first, second], visit).table["village"].tolist() == ["a"]
    itself = submission("<village>a</village>", "uuid:1", meta="<deprecatedID>uuid:1</deprecatedID>")
    assert read_responses([itself], visit).table["village"].tolist() == ["a"]


def test_a_circle_does_not_undo_an_edit_that_holds(visit, submission):
    """B replaces A; C claims to be A's edit and A to be C's: B still stands for A."""
    first = submission("<village>a</village>", "uuid:a", meta="<deprecatedID>uuid:c</deprecatedID>")
    second = submission("<village>b</village>", "uuid:b", meta="<deprecatedID>uuid:a</deprecatedID>")
    third = submission("<village>c</village>", "uuid:c", meta="<deprecatedID>uuid:a</deprecatedID>")
    assert read_responses([first, second, third], visit).table["village"].tolist() == ["b"]


def test_a_faulty_form_still_reads_what_it_can():
    """A question with a group's name: the group's questions are read, the other's answer is kept apart."""
    rows = ("| type | name |", "| text | a |", "| begin group | a |", "| text | b |", "| end group | |", "| text | meta |")
    sheet = "\n".join(["| survey |", *(f"| {row}" for row in rows)]).encode()
    data = b'<data id="x"><a><b>1</b></a><a>2</a><meta><instanceID>uuid:1</instanceID></meta></data>'
    responses = read_responses([data], read_form(sheet))
    assert responses.table["b"].to_dict() == {"uuid:1": "1"}


def test_another_version_is_loaded_and_noted(visit, submission):
    """Its version is kept with its answers."""
    responses = read_responses([submission(ANSWERED, version="1")], visit)
    assert responses.table["form_version"].tolist() == ["1"]
    assert any("“1”" in note.en for note in responses.notes)


def test_a_prefix_that_nobody_declared_is_read_as_the_bare_name(visit):
    """Some clients write `orx:meta` without saying what orx is."""
    data = b'<data id="visit"><orx:meta><orx:instanceID>uuid:5</orx:instanceID></orx:meta><village>a</village></data>'
    assert read_responses([data], visit).table["village"].to_dict() == {"uuid:5": "a"}


def test_folders_and_zips_hold_submissions(visit, submission, tmp_path: Path):
    """A folder is searched through and through; what is not XML is passed over."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "submission.xml").write_bytes(submission("<village>a</village>", "uuid:1"))
    (tmp_path / "a" / "photo.jpg").write_bytes(b"\xff")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "a" / "b" / "submission.xml", "x/submission.xml")
    for source in (tmp_path / "a", str(tmp_path / "all.zip"), tmp_path / "a" / "b" / "submission.xml"):
        assert read_responses(source, visit).table["village"].tolist() == ["a"]


def test_the_form_that_lies_among_the_submissions_is_theirs(visit, submission, tmp_path: Path):
    """Where there is one; else the caller must say which."""
    (tmp_path / "1.xml").write_bytes(submission("<village>a</village>"))
    with pytest.raises(ReadError, match="form="):
        read_responses(tmp_path)
    visit.write(tmp_path / "visit.xlsx")
    assert read_responses(tmp_path).table["village"].tolist() == ["a"]
    visit.write(tmp_path / "visit2.xlsx")
    with pytest.raises(ReadError, match=r"contains 2 forms; .*form="):
        read_responses(tmp_path)
    with pytest.raises(ReadError, match="form="):
        read_responses([submission("")])


@pytest.mark.parametrize("name", ["nowhere", "empty", "cut.zip"])
def test_nothing_to_read_is_one_clear_error(visit, tmp_path: Path, name):
    """A missing path, a folder without submissions, a zip cut short."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError):
        read_responses(tmp_path / name, visit)


def test_a_receiver_may_say_when_a_submission_came(visit, submission):
    """The time of receipt becomes `submitted_at`."""
    given = Submission(submission(ANSWERED), "7", "2026-11-02T10:00:00+08:00")
    assert read_responses([given], visit).table["submitted_at"].iloc[0] == pd.Timestamp("2026-11-02T02:00:00Z")


def test_tables_are_the_readers_own(visit, submission):
    """Changing a table that was handed out changes nothing else."""
    responses = read_responses([submission(ANSWERED)], visit)
    table = responses.table
    table["village"] = "changed"
    assert responses.table["village"].tolist() == ["湖滨"]


def test_an_unknown_table_is_named_with_those_there_are(visit):
    """The error lists the tables."""
    with pytest.raises(AnswerError, match="member"):
        read_responses([], visit)["members"]


def test_names_shared_by_two_groups_get_their_path():
    """A name stands alone where it is the form's only one, and so does a repeat's."""
    items = [
        b.group(name, zh="组", en="Group", items=[b.text("name", zh="名", en="Name"), b.text(f"of_{name}", zh="问", en="Q")])
        for name in ("a", "b")
    ]
    form = b.build_form("twins", zh="表", en="Form", version="1", items=items)
    data = b'<data id="twins"><a><name>x</name><of_a>y</of_a></a><b><name>z</name></b></data>'
    table = read_responses([data], form).table
    assert list(table)[3:] == ["a/name", "of_a", "b/name", "of_b"]
    assert table[["a/name", "of_a", "b/name"]].iloc[0].tolist() == ["x", "y", "z"]


def test_a_question_may_have_the_name_of_a_system_column():
    """The system's column keeps its name; the question's has a slash before it."""
    form = b.build_form("s", zh="表", en="Form", version="1", items=[b.text("form_version", zh="问", en="Q")])
    table = read_responses([b'<data id="s" version="1"><form_version>x</form_version></data>'], form).table
    assert table[["form_version", "/form_version"]].iloc[0].tolist() == ["1", "x"]


def test_an_export_stands_among_submissions(visit, submission):
    """Rows that a server deciphered join those of the XML: repeats under their own submission, strays and refusals told."""
    own = "<village>东</village><member><called>张</called></member>"
    tables = {
        "visit": pd.DataFrame({"village": ["西", "南"], "nothing": ["", "x"], "KEY": ["uuid:2", "uuid:3"]}),
        "visit-member": pd.DataFrame(
            {
                "called": ["李", "王", "赵"],
                "PARENT_KEY": ["uuid:3", "uuid:3", "uuid:9"],
                "KEY": ["uuid:3/member[1]", "uuid:3/member[2]", "uuid:9/member[1]"],
            }
        ),
    }
    received = [submission(own, "uuid:1"), Export(tables, "server"), submission(own, "uuid:4")]
    responses = read_responses(received, visit)
    assert responses.table["village"].to_dict() == {"uuid:1": "东", "uuid:2": "西", "uuid:3": "南", "uuid:4": "东"}
    assert responses["member"]["parent_key"].to_list() == ["uuid:1", "uuid:3", "uuid:3", "uuid:4"]
    assert responses["member"]["called"].to_list() == ["张", "李", "王", "张"]
    assert responses.unknown[["key", "field", "value"]].to_numpy().tolist() == [["uuid:3", "nothing", "x"]]
    assert responses.rejected["source"].tolist() == ["server visit-member!4"]


@pytest.mark.parametrize(("device", "synthetic"), [("liuwen:synthetic:7", True), ("collect:7", False)])
def test_made_up_answers_are_known_by_their_device(device, synthetic):
    """However they came back: an export leaves out the mark on the root element."""
    form = read_form(b"| survey |\n| | type | name |\n| | deviceid | device |\n| settings |\n| | form_id |\n| | x |")
    xml = f'<data id="x"><device>{device}</device></data>'
    assert read_responses([xml.encode()], form).synthetic is synthetic


def test_the_signed_in_sender_is_a_column():
    """The account that was signed in, which is not what the form's own question says."""
    form = b.build_form("s", zh="表", en="Form", version="1", items=[b.text("visitor", zh="谁", en="Who?")])
    given = [
        Submission(f'<data id="s"><visitor>{name}</visitor></data>'.encode(), name, sent_by=sent)
        for name, sent in (("a", "wang"), ("b", ""))
    ]
    table = read_responses(given, form).table
    assert table["sent_by"].fillna("").tolist() == ["wang", ""]


def test_source_metadata_is_kept_per_submission(visit, submission):
    """Its review, its edits, its attachments; and what the submission says of itself."""
    meta = "<orx:instanceName>Hubin 3</orx:instanceName>"
    given = Submission(
        submission("<village>a</village>", meta=meta), server={"review_state": "approved", "attachments_present": "2"}
    )
    known = read_responses([given], visit).submissions
    assert known.loc["uuid:1", ["instance_name", "review_state", "attachments_present"]].tolist() == ["Hubin 3", "approved", 2]


def test_one_submission_written_in_two_ways_counts_once(visit, submission, tmp_path: Path):
    """Other quotation marks and spaces between attributes say nothing; another answer does."""
    xml = submission("<village>a</village>")
    (tmp_path / "1.xml").write_bytes(xml)
    (tmp_path / "2.xml").write_bytes(xml.replace(b'id="visit" version="2"', b"version='2'  id='visit'"))
    (tmp_path / "3.xml").write_bytes(xml.replace(b">a<", b">b<"))
    read = read_responses(tmp_path, visit)
    assert read.counts == {"given": 3, "read": 1, "rejected": 1, "again": 1, "replaced": 0}
    assert read.rejected["source"].tolist() == ["3.xml"]


def test_attachments_open_by_question_and_row(tmp_path: Path):
    """Also those of a repeat; each that cannot be opened says why, and unlinked sections have none."""
    form = b.build_form(
        "roofs",
        version="1",
        en="Roofs",
        languages=("en",),
        items=[
            b.image("front", en="Front?"),
            b.text("village", en="Village?"),
            b.repeat("house", en="House", items=[b.image("roof", en="Roof?")]),
            b.group("views", en="Views", note="liuwen: unlinked", items=[b.image("office", en="Office?")]),
        ],
    )
    answers = (
        '<data id="roofs" version="1"><front>f.jpg</front><village>a</village><house><roof>r.jpg</roof></house>'
        "<house><roof>lost.jpg</roof></house><house><roof/></house><views><office>o.jpg</office></views>"
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    for name, content in (("a.xml", answers), ("f.jpg", "front"), ("r.jpg", "roof"), ("o.jpg", "office")):
        (tmp_path / name).write_text(content)
    responses = read_responses(tmp_path, form)
    for question, key, content in (("front", "uuid:1", b"front"), ("roof", "uuid:1/house[1]", b"roof")):
        with responses.attachment(question, key) as file:
            assert file.read() == content
    for question, key, reason in (
        ("roof", "uuid:1/house[2]", "does not hold the file “lost.jpg”"),
        ("roof", "uuid:1/house[3]", "no answer"),
        ("roof", "uuid:1", "no such row"),
        ("village", "uuid:1", "not answered by a file"),
        ("office", "uuid:1", "no question"),
    ):
        with pytest.raises(AnswerError, match=re.escape(reason)):
            responses.attachment(question, key)


@pytest.mark.parametrize(
    "name", ["../secret.txt", "{folder}/secret.txt", "..\\secret.txt", "..", "x" * 300, "a/../../secret.txt"]
)
def test_an_answer_opens_no_file_outside_its_source(tmp_path: Path, name: str):
    """A name out of an answer or of a log is never a path, in a folder, a zip, or what is in memory."""
    form = b.build_form("roofs", version="1", en="Roofs", languages=("en",), items=[b.image("roof", en="Roof?"), b.audit()])
    (tmp_path / "secret.txt").write_text("event,node\nquestion,/data/roof\n")
    named = name.format(folder=tmp_path)
    meta = f"<meta><instanceID>uuid:1</instanceID><audit>{named}</audit></meta>"
    xml = f'<data id="roofs" version="1"><roof>{named}</roof>{meta}</data>'
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "a.xml").write_text(xml)
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        archive.writestr("in/a.xml", xml)
        archive.writestr(f"in/{named}", "secret")
        archive.writestr(named, "secret")
    for source in (tmp_path / "sent", tmp_path / "sent.zip", {"in/a.xml": xml.encode(), f"in/{named}": b"", named: b""}):
        read = read_responses(source, form)
        assert len(read.audit) == 0
        with pytest.raises(AnswerError, match="does not hold the file"):
            read.attachment("roof", "uuid:1")


def test_no_recording_opens_beside_unlinked_sections(tmp_path: Path):
    """A log or a recording of it all holds the unlinked answers too."""
    form = (
        "| survey |\n| | type | name | label | note |\n| | audit | audit | | |\n| | background-audio | heard | | |\n"
        "| | begin group | views | Views | {note} |\n| | text | fair | Fair? | |\n| | end group | | | |\n"
        "| settings |\n| | form_id | version |\n| | roofs | 1 |\n"
    )
    xml = (
        '<data id="roofs" version="1"><heard>h.m4a</heard>'
        "<meta><instanceID>uuid:1</instanceID><audit>audit.csv</audit></meta></data>"
    )
    for name, content in (("a.xml", xml), ("h.m4a", "heard"), ("audit.csv", "event,node\n")):
        (tmp_path / name).write_text(content)
    for note in ("", "liuwen: unlinked"):
        read = read_responses(tmp_path, read_form(form.format(note=note).encode()))
        for question in ("heard", "audit"):
            if not note:
                read.attachment(question, "uuid:1").close()
            else:
                with pytest.raises(AnswerError, match="records the whole interview"):
                    read.attachment(question, "uuid:1")
