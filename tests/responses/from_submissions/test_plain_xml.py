"""Submissions that are read without a parser say what the parser would say, and none is read that it would refuse."""

from functools import partial

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.form.model import Form
from liuwen.responses import read_responses
from liuwen.responses.from_submissions.instance import parse
from liuwen.responses.from_submissions.intake import Intake
from liuwen.responses.from_submissions.submission_document import parsed, plain_documents
from liuwen.responses.source import Submission
from liuwen.responses.versions import plain_version

META = "<orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta>"
PARTS = (
    "<village>湖滨</village>",
    "<village> \u3000</village>",
    "<village/>",
    "<village>a&amp;b</village>",
    "<village a='1'>x</village>",
    "<village>x<b>y</b></village>",
    "<village><![CDATA[<x>]]></village>",
    "<orx:village>x</orx:village>",
    "<v:village>undeclared</v:village>",
    "<consent>yes</consent>",
    "<place>1 2 3 4</place>",
    "<difficulties><needs>water road</needs><people>3</people></difficulties>",
    "<difficulties> text <people/>\n</difficulties>",
    "<difficulties/>",
    "<difficulties><income>1</income></difficulties>",
    "<member><called>Li</called><illness><disease>d</disease></illness><illness/></member>",
    "<member></member>",
    "<member xmlns:jr='http://openrosa.org/javarosa' jr:template=''><called/></member>",
    "<member xmlns='http://a/b'><called>x</called></member>",
    "<appraisal><fair>no</fair><odd>x</odd></appraisal>",
    "<old>kept</old>",
    "<unknown><a>1</a></unknown>",
    "<!-- said -->",
    "<meta><instanceID>uuid:2</instanceID><deprecatedID>uuid:0</deprecatedID></meta>",
    "<orx:meta><orx:instanceName> A b </orx:instanceName></orx:meta>",
    "text",
    "\r\n",
)
ROOTS = (
    '<data xmlns:orx="http://openrosa.org/xforms" id="visit" version="2">',
    '<data xmlns="http://x/y" id="visit">',
    '<data id="visit" instanceID="uuid:9" submissionDate="2026-01-01">',
    "<?xml version='1.0' ?><data id='visit'>",
    '<?xml version="1.0" encoding="gb18030"?>\n<data id="visit">',
)
HARD = (
    "<data id='visit'><meta><deprecatedID>uuid:0</deprecatedID></meta>{meta}</data>",
    "<data id='visit'>{meta}<meta><instanceID>uuid:2</instanceID></meta></data>",
    "<data id='visit'><meta><instanceID>uuid:2</instanceID><instanceID>uuid:3</instanceID></meta></data>",
    "<data id='visit'><meta><instanceID> uuid:2\n</instanceID><instanceName> A b </instanceName></meta></data>",
    "<data id='visit'><meta><instanceID>uuid:2</instanceID><entity><label>x</label></entity></meta></data>",
    "<data id='visit'><base64EncryptedKey>x</base64EncryptedKey>{meta}</data>",
    "<data id='visit'><village> \u3000\x85</village><unknown> \u3000</unknown>{meta}</data>",
    "<data id='visit'><village>a&amp;b</village><unknown>&#65;</unknown>{meta}</data>",
    "<data id='visit'><village>x</village><village>y</village><village/>{meta}</data>",
    "<data id='visit'><>{meta}</data>",
    "<data id='visit'><village>x</village><>y{meta}</data>",
    "<?XML version='1.0'?><data id='visit'>{meta}</data>",
    "<?xml VERSION='1.0'?><data id='visit'>{meta}</data>",
    "<?xml version='1.0' ENCODING='utf-8'?><data id='visit'>{meta}</data>",
    "<?xml version='1.0' encoding='UTF-8'?><data id='visit'>{meta}</data>",
    "<data id='visit'><village xmlns='http://[x'>a</village>{meta}</data>",
    "<data id='visit'><village xmlns='%zz'>a</village>{meta}</data>",
    "<data id='visit'><village xmlns='a|b'>a</village>{meta}</data>",
    "<data id='visit'><village xmlns='http://h:99999999999/'>a</village>{meta}</data>",
    "<data id='visit'><village xmlns='short'>a</village><v:consent>yes</v:consent>{meta}</data>",
    "<data xmlns='short' id='visit'><v:village>a</v:village>{meta}</data>",
    f"<data id='visit'><{'a' * 60_000}>x</{'a' * 60_000}>{{meta}}</data>",
    f"<data id='visit'><village xmlns:{'a' * 60_000}='http://a/b'>x</village>{{meta}}</data>",
)
"""What parsers refuse or read in ways of their own, and what is easily read otherwise."""
FAULTS = ("", "<>", "<", ">", "&", "/", '"', "\x0b", "\x00", "]]>", "\ufffe", "<x>", "</data>", " ", "é")


def gathered(intake: Intake) -> object:
    """All that was gathered of a document."""
    pack = intake.gatherer.taken_out()
    return {name: (raw.rows(), raw.keys, raw.parents) for name, raw in pack.tables.items()}, pack.strays, pack.entities


def said_by_the_parser(visit: Form, xml: bytes) -> object:
    intake, document = Intake(visit), parsed(parse(xml))
    intake.gatherer.take(document.tree(), plain_version(document.who.version))
    return document.who, document.synthetic, document.anonymous, document.audit, gathered(intake)


def said_plainly(visit: Form, xml: bytes) -> object:
    """What is gathered of it without the parser; None if the parser has to read it."""
    intake = Intake(visit)
    batch = intake.gatherer.plain([xml])
    if batch is None:
        return None
    document = plain_documents(batch, [xml])[0]
    intake.gatherer.take_plain(batch, {0: 0})
    return document.who, document.synthetic, document.anonymous, document.audit, gathered(intake)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ROOTS), st.lists(st.sampled_from(PARTS), max_size=3)), min_size=1, max_size=12))
def test_documents_of_any_kind_in_one_batch(visit: Form, documents: list[tuple[str, list[str]]]) -> None:
    """Plain ones and those that the parser reads, in any order: the same tables as one by one, in the order given."""
    given_xml = [
        f"{root}{''.join(parts)}{META.replace('uuid:1', f'uuid:{number}x')}</data>".encode()
        for number, (root, parts) in enumerate(documents)
    ]
    together, alone = Intake(visit), Intake(visit)
    together.take(given_xml_as_submissions(given_xml))
    for each in given_xml_as_submissions(given_xml):
        alone.take([each])
    told, expected = together.responses(), alone.responses()
    assert told.counts == expected.counts
    for name in expected.tables:
        pd.testing.assert_frame_equal(told[name], expected[name])
    pd.testing.assert_frame_equal(told.unknown, expected.unknown)
    assert list(told.rejected["reason"]) == list(expected.rejected["reason"])


def given_xml_as_submissions(given_xml: list[bytes]) -> list[Submission]:
    return [Submission(xml, str(number), again=partial(bytes, xml)) for number, xml in enumerate(given_xml)]


@settings(max_examples=150, deadline=None)
@given(
    root=st.sampled_from(ROOTS),
    parts=st.lists(st.sampled_from(PARTS), max_size=5),
    fault=st.sampled_from(("none", *FAULTS)),
    place=st.floats(0, 1),
)
def test_both_ways_of_reading_say_the_same(visit: Form, root: str, parts: list[str], fault: str, place: float) -> None:
    """Also of a document that was damaged anywhere."""
    text = f"{root}{''.join(parts)}{META}</data>"
    at = int(place * len(text))
    damaged = text if fault == "none" else text[:at] + fault + text[at + 1 :]
    check_both_ways(visit, damaged.encode())


@pytest.mark.parametrize("text", HARD)
def test_both_ways_say_the_same_of_hard_documents(visit: Form, text: str) -> None:
    """Two `meta`, spaces, references; empty tags, odd declarations, namespaces that are no addresses, very long names."""
    check_both_ways(visit, text.format(meta=META).encode())


def check_both_ways(visit: Form, xml: bytes) -> None:
    """Whether what is read without the parser is what the parser says, and nothing that the parser refuses."""
    found = said_plainly(visit, xml)
    if found is not None:
        assert found == said_by_the_parser(visit, xml)


@pytest.mark.parametrize(
    "part",
    [
        "<village>湖滨 100%!</village>",
        "<v:village xmlns:v='http://a.b/c'>x</v:village>",
        "<member><called>Li</called></member>",
        "<old>x</old>",
        "<village />",
    ],
)
def test_common_submissions_are_read_without_the_parser(visit: Form, part: str) -> None:
    """Chinese texts, repeats, unknown fields, empty nodes, prefixes that were declared."""
    xml = f"<?xml version='1.0' ?><data xmlns:orx=\"http://openrosa.org/xforms\" id='visit'>{part}{META}</data>"
    assert said_plainly(visit, xml.encode()) is not None


def test_a_repeated_id_is_compared_with_a_relative_namespace(visit: Form) -> None:
    """Canonical XML is not defined for it."""
    xml = b'<d:data xmlns:d="short" id="visit"><village>x</village><meta><instanceID>uuid:1</instanceID></meta></d:data>'
    told = read_responses([xml, xml.replace(b"<village>", b"<village >"), xml.replace(b">x<", b">y<")], visit)
    assert told.counts == {"given": 3, "read": 1, "rejected": 1, "again": 1, "replaced": 0}
