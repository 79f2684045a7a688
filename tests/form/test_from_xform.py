"""XForm → Form → XForm keeps its meaning: the same answers' tree, binds, body, choices and words."""

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
    """The form without the XForm that it was read from: what its sheets alone say."""
    return replace(form, original=None)


# -- what is kept ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_workbooks_keep_their_meaning(convertible: dict[str, Path], forms: dict[str, Form], differences, tmp_path: Path):
    """Every workbook of the corpus that converts: XForm → Form → XForm says the same."""
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
    "external_choices sheet",  # itemsets.csv is not beside it
    "There should be a choices sheet",  # a list that is nowhere
)


@pytest.mark.slow
def test_xforms_of_other_makers_keep_their_meaning(corpus: Path, differences):
    """Those of ODK Collect, Briefcase and Central, but for what an XLSForm has no words for."""
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


def test_our_own_forms_keep_their_meaning(differences):
    """Those the project publishes."""
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
    """What submissions hold lies where the form read from XML has a question."""
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


# -- how it is written ------------------------------------------------------------------------------------------------


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


def test_a_choice_among_the_members_keeps_its_filter():
    """The one that leaves out members without a name is pyxform's own."""
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


def test_a_name_that_two_questions_bear_stays_a_path():
    """`${name}` would not say which."""
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


def test_paths_that_a_name_could_not_replace_stay():
    """Within a predicate `..` is another node; within a repeat a name means this record, and the path all of them."""
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
    """Each text in its language, and its pictures."""
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


def test_a_text_without_a_language_stands_under_each_where_its_column_is_translated(tmp_path: Path):
    """As phones show it in all, such as the question that or_other adds; a column that no other text parts stays whole."""
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
    """Lists that submissions fill, encryption, the names of submissions, and what the device fills in."""
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


def test_it_is_written_as_a_workbook(everything: Form, differences, tmp_path: Path):
    """An XForm becomes a workbook that converts again."""
    xml = everything.write(tmp_path / "visit.xml")
    book = read_form(xml).write(tmp_path / "visit.xlsx")
    assert differences(xml.read_text(encoding="utf-8"), to_xform(read_form(book)).xml) == {}


def test_lists_in_itemsets_csv_come_back(tmp_path: Path):
    """`select_one_external` keeps its list beside the XForm."""
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


# -- what is not read ---------------------------------------------------------------------------------------------------

WHOLE = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
    '<model><instance><data id="d"><a/></data></instance><bind nodeset="/data/a" type="int"/></model></h:head>'
    "<h:body>BODY</h:body></h:html>"
)


def test_what_an_xlsform_cannot_say_is_said():
    """A page of questions that is no group among the answers."""
    xml = WHOLE.replace("BODY", '<group appearance="field-list"><input ref="/data/a"><label>A</label></input></group>')
    with pytest.warns(LiuwenWarning, match=r"^visit\.xml: .*field-list") as warned:
        form = read_form(xml.encode(), name="visit.xml")
    assert form["a"].type == "integer"
    assert warned[0].filename == __file__


def test_a_select_from_answers_that_no_name_reaches_takes_text():
    """Rather than name a list that is not there; what it drew on is said."""
    drawn = '<itemset nodeset="/data/b"><value ref="c"/><label ref="c"/></itemset>'
    with pytest.warns(LiuwenWarning, match="/data/b"):
        form = read_form(WHOLE.replace("BODY", f'<select1 ref="/data/a"><label>A</label>{drawn}</select1>').encode())
    assert form["a"].type == "text"


def test_a_form_without_a_body_says_what_is_stored():
    """Some servers' forms only do."""
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
def test_what_is_no_xform_is_refused(xml, words):
    """Other XML, broken XML, endless depth, entities and outside files."""
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
def test_an_audits_priority_is_read_as_collect_reads_it(written: str, read: str):
    """What Collect does not know is high accuracy to it; pyxform would refuse the word."""
    form = read_form(XFORM.format(encoding="utf-8", priority=written).encode())
    assert f"location-priority={read}" in form["audit"].cell("parameters")
    assert f'odk:location-priority="{read}"' in rebuilt(form).to_xform()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_xml_itself_is_kept_as_long_as_the_sheets_are(encoding: str, tmp_path: Path):
    """Whatever encoding it came in; it goes with the form to another process, and not with a changed form."""
    path = tmp_path / "a.xml"
    path.write_bytes(XFORM.format(encoding=encoding, priority="balanced").encode(encoding))
    form = read_form(path)
    assert "<label>哪个村？</label>" in form.original_xml
    assert pickle.loads(pickle.dumps(form)).original_xml == form.original_xml
    assert read_form(form.write(tmp_path / "again.xml"))["town"].label() == "哪个村？"
    assert replace(form, sheets=form.sheets[:1]).original_xml == ""
    assert read_form(form.write(tmp_path / "a.md")).original_xml == ""
