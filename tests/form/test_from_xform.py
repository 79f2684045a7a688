"""XForm → Form → XForm preserves the instance, binds, body, choices and texts."""

import pickle
import re
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from liuwen.errors import ConversionError, LiuwenWarning, ReadError
from liuwen.form import Form, read_form, to_xform


def form_of(table: str) -> Form:
    return read_form("\n".join(line.strip() for line in table.strip().splitlines()).encode())


def rebuilt(form: Form) -> Form:
    """The form without its original XForm: only what its sheets contain."""
    return replace(form, original=None)


# -- what is preserved ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_workbooks_stay_equivalent(convertible: dict[str, Path], forms: dict[str, Form], differences, tmp_path: Path):
    """All convertible workbooks of the corpus: XForm → Form → XForm gives an equivalent XForm."""
    kept = 0
    for name_of_form in convertible:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LiuwenWarning)
            first = forms[name_of_form].write(tmp_path / "form.xml")
            after = to_xform(rebuilt(read_form(first))).xml
        assert differences(first.read_text(encoding="utf-8"), after) == {}, name_of_form
        kept += 1
        for file in tmp_path.iterdir():
            file.unlink()
    assert kept >= 40


NOT_SAID_BY_AN_XLSFORM = {
    "briefcase-export/choice-lists-predicate.xml": "a column named value, which an XLSForm takes for the name",
    "briefcase-export/nested-repeats.xml": "a language in which nothing is said",
    "getodk__collect/emptyGroupFieldList.xml": "the same",
    "getodk__collect/entity-update-pulldata.xml": "a question both calculated and set when another changes",
    "getodk__collect/external_select_10.xml": "translated labels of a list in a file",
    "getodk__collect/intent-group.xml": "a group with texts of a kind of their own",
    "getodk__collect/one-question-partial.xml": "only a part of the answers is sent",
    "itemsets/form.xml": "only what is stored, and a list's file under another address",
    "withAttachments/form.xml": "the same, and files that are no lists",
}
REFUSED_BY_PYXFORM = (
    "does not have a label",  # entities of the first specification
    "required for encryption",  # an encrypted form without instanceID
    "external_choices sheet",  # itemsets.csv is missing
    "There should be a choices sheet",  # a list that does not exist
)


@pytest.mark.slow
def test_xforms_of_other_software_stay_equivalent(corpus: Path, differences):
    """Forms of ODK Collect, Briefcase and Central, except for parts that an XLSForm cannot express."""
    kept, unlike = 0, {}
    for path in sorted([*corpus.glob("xforms/**/*.xml"), *corpus.glob("submissions/**/*.xml")]):
        before = path.read_text(encoding="utf-8")
        if "html" not in before[:600]:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LiuwenWarning)
            try:
                after = to_xform(rebuilt(read_form(path))).xml
            except ConversionError as refused:
                assert any(reason in refused.detail for reason in REFUSED_BY_PYXFORM), path
                continue
            except ReadError as refused:
                assert "invalid at line" in refused.sentence.en, path
                continue
        lost = differences(before, after)
        kept += not lost
        unlike |= {f"{path.parent.name}/{path.name}": lost} if lost else {}
    assert unlike.keys() == NOT_SAID_BY_AN_XLSFORM.keys()
    assert kept > 130


def test_published_forms_stay_equivalent(differences):
    """The forms published by this project."""
    published = sorted((Path(__file__).parents[2] / "forms").glob("*.xlsx"))
    for path in published:
        form = read_form(path)
        first = to_xform(form).xml
        again = read_form(first.encode(), name=f"{form.id}.xml")
        assert differences(first, to_xform(rebuilt(again)).xml) == {}, path.name
        assert {element.path for element in again.questions} == {
            element.path for element in form.questions if element.type != "audit"
        } | {element.path for element in again.questions if element.type == "audit"}


def test_every_answer_has_its_question(corpus: Path):
    """Every answer in a submission belongs to a question of the form read from XML."""
    checked = 0
    for folder in sorted((corpus / "submissions/central-backend").iterdir()):
        instances = sorted(folder.glob("instance*.xml"))
        if not instances or not (folder / "form.xml").is_file():
            continue
        try:
            form = read_form(folder / "form.xml")
        except ReadError:
            continue
        known = {element.path for element in form.elements}
        for instance in instances:
            paths = set(paths_below(etree.parse(instance, etree.XMLParser(recover=True)).getroot(), ()))
            if ("encryptedXmlFile",) in paths:
                continue
            strangers = {path for path in paths - known if path[-1] in (folder / "form.xml").read_text(encoding="utf-8")}
            assert not strangers, instance
            checked += 1
    assert checked > 20


def paths_below(node, above: tuple[str, ...]):
    for inner in node.iterchildren(tag=etree.Element):
        name = re.split("[:}]", inner.tag)[-1]
        if name != "meta":
            yield (*above, name)
            yield from paths_below(inner, (*above, name))


# -- expressions and cells --------------------------------------------------------------------------------------------


def restored(table: str) -> Form:
    return rebuilt(read_form(to_xform(form_of(table)).xml.encode()))


def test_paths_become_references():
    """Outside and inside repeats, in filters, labels, defaults and counts."""
    form = restored("""
        | survey |
        | | type | name | label | relevant | calculation | choice_filter | default | repeat_count |
        | | text | village | Village | | | | | |
        | | integer | people | People | . > 0 or ${village} = 'a/b' | | | ${last-saved#people} | |
        | | begin repeat | member | Member of ${village} | | | | | ${people} |
        | | text | called | Name | | | | | |
        | | select_one trades | trade | Trade of ${called} | | | place = ${village} and who = ${called} | | |
        | | end repeat | | | | | | | |
        | | calculate | first | | | indexed-repeat(${called}, ${member}, 1) | | | |
        | | calculate | total | | | count(${member}) + ${people} | | | |
        | choices |
        | | list_name | name | label | place | who |
        | | trades | a | A | x | y |
    """)
    cells = {element.name: element for element in form.elements}
    assert cells["people"].cell("relevant") == ". > 0 or ${village} = 'a/b'"
    assert cells["people"].cell("default") == "${last-saved#people}"
    assert cells["member"].label() == "Member of ${village}"
    assert cells["member"].cell("repeat_count") == "${people}"
    assert cells["trade"].label() == "Trade of ${called}"
    assert cells["trade"].cell("choice_filter") == "place = ${village} and who = ${called}"
    assert cells["first"].cell("calculation") == "indexed-repeat(${called}, ${member}, 1)"
    assert cells["total"].cell("calculation") == "count(${member}) + ${people}"


def test_choice_from_a_repeat_keeps_its_filter():
    """pyxform itself adds the filter for members without a name."""
    form = restored("""
        | survey |
        | | type | name | label | choice_filter |
        | | begin repeat | member | Member | |
        | | text | called | Name | |
        | | integer | age | Age | |
        | | end repeat | | | |
        | | select_one ${called} | any | Which? | |
        | | select_one ${called} | head | The head? | ${age} > 17 |
    """)
    found = [(form[name].list_name, form[name].cell("choice_filter")) for name in ("any", "head")]
    assert found == [("${called}", ""), ("${called}", "${age} > 17")]


def test_ambiguous_name_stays_a_path():
    """`${name}` would be ambiguous."""
    form = restored("""
        | survey |
        | | type | name | label | relevant |
        | | begin group | a | A | |
        | | text | same | S | |
        | | end group | | | |
        | | begin group | b | B | |
        | | text | same | S | |
        | | end group | | | |
        | | note | n | N | /data/a/same = 1 |
    """)
    assert form["n"].cell("relevant") == "/data/a/same = 1"


def test_paths_without_an_equivalent_name_are_unchanged():
    """In a predicate `..` is another node; inside a repeat a name is the current record, a path all records."""
    form = restored("""
        | survey |
        | | type | name | label | calculation |
        | | begin group | home | Home | |
        | | integer | people | People | |
        | | calculate | alike | | count(/data/member[../people = 1]) |
        | | end group | | | |
        | | begin repeat | member | Member | |
        | | integer | age | Age | |
        | | calculate | ages | | sum(/data/member/age) |
        | | calculate | older | | /data/member[1]/age + ${age} |
        | | end repeat | | | |
    """)
    assert form["alike"].cell("calculation") == "count(/data/member[../people = 1])"
    assert form["ages"].cell("calculation") == "sum(/data/member/age)"
    assert form["older"].cell("calculation") == "/data/member[1]/age + ${age}"


def test_languages_hints_messages_and_media(everything: Form):
    """Each text in its language, with its media."""
    form = restored("""
        | survey |
        | | type | name | label::zh | label::en | hint::zh | hint::en | guidance_hint::en | constraint_message::en | image::en |
        | | integer | age | 年龄？ | Age? | 周岁 | in years | as on the card | too old | card.png |
        | settings |
        | | default_language | form_id |
        | | zh | ages |
    """)
    age = form["age"]
    assert form.languages == ("zh", "en")
    assert form.settings["default_language"] == "zh"
    assert (age.label("zh"), age.label("en")) == ("年龄？", "Age?")
    assert (age.wording("hint", "zh"), age.wording("guidance_hint"), age.wording("image")) == (
        "周岁",
        "as on the card",
        "card.png",
    )
    assert dict(age.wordings["constraint_message"].texts) == {"en": "too old"}


def test_text_without_a_language_is_copied_to_all_languages_of_its_column(tmp_path: Path):
    """Phones show such text in all languages, as with the question of or_other; a column without translations keeps no
    language.
    """
    form = form_of("""
        | survey |
        | | type | name | label::English (en) | label::中文 (zh) | hint |
        | | select_one l or_other | a | Which? | 哪个？ | One |
        | choices |
        | | list_name | name | label::English (en) | label::中文 (zh) |
        | | l | x | Ex | 艾克斯 |
    """)
    back = read_form(read_form(form.write(tmp_path / "a.xml")).write(tmp_path / "b.xlsx"))
    assert back.languages == form.languages
    assert back["a_other"].wordings["label"].texts == dict.fromkeys(form.languages, "Specify other.")
    assert back["a"].wordings["hint"].texts == {"": "One"}


def test_entities_settings_and_metadata():
    """Entity lists, encryption, instance names and metadata."""
    form = restored("""
        | survey |
        | | type | name | label | save_to | parameters | trigger | calculation |
        | | start | begun | | | | | |
        | | deviceid | device | | | | | |
        | | audit | audit | | | identify-user=true | | |
        | | text | village | Village | place | rows=3 | | |
        | | range | often | How often? | | start=0 end=10 step=2 | | |
        | | calculate | asked_at | | | | ${village} | now() |
        | entities |
        | | list_name | label | create_if |
        | | households | ${village} | ${often} > 2 |
        | settings |
        | | form_id | form_title | version | public_key | submission_url | instance_name | name | style |
        | | visit | The visit | 7 | KEY | https://example.org/x | concat(${village}, 1) | visit | pages |
    """)
    assert [element.type for element in form.questions] == ["start", "deviceid", "text", "range", "calculate", "audit"]
    assert form["village"].cell("save_to") == "place"
    assert form["often"].cell("parameters") == "start=0 end=10 step=2"
    assert (form["asked_at"].cell("trigger"), form["asked_at"].cell("calculation")) == ("${village}", "now()")
    assert form["audit"].cell("parameters") == "identify-user=true"
    assert form.entities == ({"list_name": "households", "label": "${village}", "create_if": "${often} > 2"},)
    assert dict(form.settings) == {
        "form_id": "visit",
        "form_title": "The visit",
        "version": "7",
        "public_key": "KEY",
        "submission_url": "https://example.org/x",
        "instance_name": "concat(${village}, 1)",
        "name": "visit",
        "style": "pages",
    }


def test_xform_can_be_written_as_a_workbook(everything: Form, differences, tmp_path: Path):
    """A workbook written from an XForm converts again."""
    xml = everything.write(tmp_path / "visit.xml")
    book = read_form(xml).write(tmp_path / "visit.xlsx")
    assert differences(xml.read_text(encoding="utf-8"), to_xform(read_form(book)).xml) == {}


def test_lists_in_itemsets_csv_are_restored(tmp_path: Path):
    """`select_one_external` has its list beside the XForm."""
    form = form_of("""
        | survey |
        | | type | name | label | choice_filter |
        | | text | town | Town | |
        | | select_one_external villages | village | Village | town=${town} |
        | external_choices |
        | | list_name | name | town |
        | | villages | v1 | t1 |
    """)
    again = read_form(form.write(tmp_path / "a.xml"))
    assert again.choices_of("village").names == ("v1",)
    assert again["village"].cell("choice_filter") == "town= ${town}"
    assert not again.media
    assert "<label>Village</label>" in again.original_xml
    assert read_form(again.write(tmp_path / "b.xml")) == again


# -- what is not supported ----------------------------------------------------------------------------------------------

WHOLE = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
    '<model><instance><data id="d"><a/></data></instance><bind nodeset="/data/a" type="int"/></model></h:head>'
    "<h:body>BODY</h:body></h:html>"
)


def test_unsupported_parts_are_listed_in_a_warning():
    """A group of the body that has no node in the instance."""
    xml = WHOLE.replace("BODY", '<group appearance="field-list"><input ref="/data/a"><label>A</label></input></group>')
    with pytest.warns(LiuwenWarning, match=r"^visit\.xml: .*field-list") as warned:
        form = read_form(xml.encode(), name="visit.xml")
    assert form["a"].type == "integer"
    assert warned[0].filename == __file__


def test_select_from_an_unreachable_repeat_becomes_text():
    """A list that does not exist is not named; the warning says what was used."""
    drawn = '<itemset nodeset="/data/b"><value ref="c"/><label ref="c"/></itemset>'
    with pytest.warns(LiuwenWarning, match="/data/b"):
        form = read_form(WHOLE.replace("BODY", f'<select1 ref="/data/a"><label>A</label>{drawn}</select1>').encode())
    assert form["a"].type == "text"


def test_form_without_a_body():
    """Some servers' forms have no body."""
    form = read_form(WHOLE.replace("<h:body>BODY</h:body>", "").encode())
    assert (form["a"].type, form["a"].is_asked) == ("integer", True)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<data><a>1</a></data>", "not an XForm"),
        ("<?xml version='1.0'?><html><head/></html>", "not an XForm"),
        (WHOLE.replace("<instance>", "<!--").replace("</instance>", "-->"), "not an XForm"),
        (WHOLE[:200], "invalid at line"),
        ("<a>" * 100_000, "invalid at line"),
        ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + WHOLE.replace("BODY", "&b;"), "DOCTYPE"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + WHOLE, "DOCTYPE"),
    ],
)
def test_invalid_xforms_are_refused(xml, words):
    """Other XML, invalid XML, extreme depth, entities and external files."""
    with pytest.raises(ReadError, match=words):
        read_form(xml.encode())


XFORM = """<?xml version="1.0" encoding="{encoding}"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:odk="http://www.opendatakit.org/xforms" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>村</h:title><model><instance><data id="a"><orx:meta><orx:audit/></orx:meta><town/></data></instance>
<bind nodeset="/data/meta/audit" type="binary" odk:location-priority="{priority}" odk:location-min-interval="1"
      odk:location-max-age="2"/><bind nodeset="/data/town" type="string"/></model></h:head>
<h:body><input ref="/data/town"><label>哪个村？</label></input></h:body></h:html>"""


@pytest.mark.parametrize(("written", "read"), [("low_power", "low-power"), ("high_priority", "high-accuracy")])
def test_audit_priority_is_read_as_in_collect(written: str, read: str):
    """Collect treats unknown values as high accuracy; pyxform would refuse them."""
    form = read_form(XFORM.format(encoding="utf-8", priority=written).encode())
    assert f"location-priority={read}" in form["audit"].cell("parameters")
    assert f'odk:location-priority="{read}"' in rebuilt(form).to_xform()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_original_xml_is_kept_while_the_sheets_are_unchanged(encoding: str, tmp_path: Path):
    """In any encoding; it is pickled with the form, and dropped if the form is changed."""
    path = tmp_path / "a.xml"
    path.write_bytes(XFORM.format(encoding=encoding, priority="balanced").encode(encoding))
    form = read_form(path)
    assert "<label>哪个村？</label>" in form.original_xml
    assert pickle.loads(pickle.dumps(form)).original_xml == form.original_xml
    assert read_form(form.write(tmp_path / "again.xml"))["town"].label() == "哪个村？"
    assert replace(form, sheets=form.sheets[:1]).original_xml == ""
    assert read_form(form.write(tmp_path / "a.md")).original_xml == ""
