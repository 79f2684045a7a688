"""Messages of pyxform and JavaRosa appear in both languages, at their cell, and never in a programmer's words."""

import re
from collections.abc import Callable

import pytest

from liuwen.checks import check
from liuwen.checks.facts import Facts
from liuwen.checks.verdicts.javarosa_words import javarosa_place, javarosa_sentence
from liuwen.checks.verdicts.pyxform_places import pyxform_place
from liuwen.checks.verdicts.pyxform_words import is_advice, pyxform_sentence
from liuwen.form import Form
from liuwen.form.sheets import Place, Sheet

ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")
PROGRAMMERS = re.compile(r"[A-Z]\w+(Error|Exception)|org\.|java\.|__row|\{'\w")
FORM = """
| survey |
| | type | name | label::eng | label | parameters | appearance | repeat_count | trigger | calculation | required | relevant |
| | audit | audit | | | identify-user=maybe location-max-age=3 | | | | | | |
| | image | photo | A | B | max-pixels=many | | | | | | |
| | select_one l or_other | q1 | A | B | seed=7 | search('x') | | | | | |
| | select_one_external x | q2 | A | B | | | | | | | |
| | begin repeat | r1 | A | B | | | ${q1} | | | | |
| | calculate | age | | | | | | ${q1} | 1 + | | |
| | end repeat | | | | | | | | | | |
| | integer | late | A | B | | | | | | yes | ${q1} = 1 |
| | csv-external | towns | | | | | | | | | |
| settings |
| | form_id | form_title | omit_instanceID |
| | a | A | yes |
| choices |
| | list_name | name | label |
| | l | one two | One |
| entities |
| | list_name | label |
| | e | ${q1} |
"""
SAID_BY_PYXFORM = [
    ("[row : 3] Use the max-pixels parameter to speed up submission sending.", Place("survey", 3)),
    ("[row : 9] Question with no type.\n{'label': 'x', '__row': 9}", Place("survey", 9)),
    ("[row : 6] Group has no label: {'name': 'g', 'type': 'begin group'}", Place("survey", 6)),
    ("[row : unknown] On the 'survey' sheet, the 'name' value 'r1_count' is invalid. Questions, groups, and repeats must be "
     "unique within their nearest parent group or repeat, or the survey if not inside a group or repeat.",
     Place("survey", 6, "repeat_count")),
    ("Unknown question type 'select_one_external x'.", Place("survey", 5, "type")),
    ("identify-user must be set to true or false: 'maybe' is an invalid value.", Place("survey", 2, "parameters")),
    ("Parameter location-max-age must be greater  than or equal to zero.", Place("survey", 2, "parameters")),
    ("To include location information in the audit, 'location-priority', 'location-min-interval', and 'location-max-age' are "
     "required parameters.", Place("survey", 2, "type")),
    ("Parameter max-pixels must have an integer value.", Place("survey", 3, "parameters")),
    ("Parameters must include randomize=true to use a seed.", Place("survey", 4, "parameters")),
    ("Question 'q1' is a select from file type, using 'search()'. This combination is not supported.",
     Place("survey", 4, "appearance")),
    ("There should be a choices sheet in this xlsform. When looking for a sheet named 'choices', the following sheets with "
     "similar names were found: 'chioces'. Please ensure that the choices sheet has the mandatory columns.",
     Place("survey", 4, "type")),
    ("There should be an external_choices sheet in this xlsform. Please ensure it.", Place("survey", 5, "type")),
    ("The question ${q1} is not user-visible so it can't be used as a calculation trigger for question ${age}.",
     Place("survey", 7, "trigger")),
    ("This form uses or_other and translations, which is not recommended.", Place("survey", 4, "type")),
    ("Language 'eng' is missing the survey hint column.\nLanguage 'default' is missing the choices columns audio, image.",
     Place("survey", None, "label::eng")),
    ("The following language declarations do not contain valid machine-readable codes: eng. Learn more: http://xlsform.org",
     Place("survey", None, "label::eng")),
    ("Instance names must be unique within a form. The name 'towns' was found 2 time(s), under these contexts: [x]",
     Place("survey", 10, "name")),
    ("The same instance id will be generated for different external instance source URIs. Please check the form. "
     "Instance name: 'towns', Existing type: 'file'", Place("survey", 10, "name")),
    ("Choice names with spaces cannot be added to multiple choice selects. See [one two] in [l]", Place("choices", 2, "name")),
    ("Cannot omit instanceID, it is required for encryption.", Place("settings", 2, "omit_instanceID")),
    ("There has been a problem trying to replace ${q1} with the XPath to the survey element named 'q1'. There are multiple "
     "survey elements named 'q1'.", Place("survey", 6, "repeat_count")),
    ("When looking for a sheet named 'settings', the following sheets with similar names were found: 'setting', 'stetings'. "
     "If you do not mean to include a sheet, to suppress this message, prefix the sheet name with an underscore.",
     Place("setting")),
    ("Media type: eng not supported", Place("survey", 1, "label::eng")),
    ("The survey element named 'generated_note_name_8' has no label or hint.", Place("survey", 8, "label")),
    ("PyXForm reference - parsing failed", Place("")),
    ("Badly formatted table list, list names don't match: happy_sad vs. yes_no", Place("")),
    ("KeyError: 'label'", Place("")),
    ("RecursionError: maximum recursion depth exceeded", Place("")),
    ("Internal error: PyXForm expected processed trigger data as a tuple", Place("")),
]  # fmt: skip
SAID_BY_JAVAROSA = [
    ("Error evaluating field 'age' (/a/r1[1]/age[1]): Unclosed character class near index 0\n[\n^", Place("survey", 7)),
    ("Error evaluating field 'late' (/a/late[1]): The problem was located in Condition expression for /a/late\n"
     "XPath evaluation: type mismatch \nnot a nodeset", Place("survey", 9, "relevant")),
    ("Encountered a problem with display condition for node [/a/late] at line: {r}, Couldn't understand the expression "
     "starting at this point: {r}", Place("survey", 9, "relevant")),
    ("Encountered a problem with require condition for node [/a/late] at line: )(, Mismatched brackets or parentheses",
     Place("survey", 9, "required")),
    ('Invalid calculate for the bind attached to "/a/r1/age" : an expression is incomplete or wrongly put together',
     Place("survey", 7, "calculation")),
    ("Error evaluating field 'age' (/a/r1[1]/age[1]): The problem was located in Calculate expression for /a/r1/age\n"
     "XPath evaluation: type mismatch \nThis field is repeated: \n\n/a/r1[1]/age[1];/a/r1[2]/age[1]\n\nYou may need to use the "
     "indexed-repeat() function to specify which value you want.", Place("survey", 7, "calculation")),
    ("Error evaluating field 'branchId' (/a/meta[1]/entity[1]/@branchId): The problem was located in Calculate expression for "
     "/a/meta/entity/@branchId\nXPath evaluation: Instance referenced by instance(e1)/root/item/__branchId does not exist",
     Place("entities", 2)),
    ("Group has no children! Group: /a/r1. The XML is invalid.", Place("survey", 6)),
    ("Question bound to non-existent node: [/a/gone]", Place("")),
    ("XPath evaluation: unsupported construct [Unsupported nodeset expression: instance('l')/root/item[label::eng != '']]",
     Place("")),
    ("<label> node for itemset doesn't exist! [instance(choices)/root/item/label]", Place("")),
    ("<item> without proper <label>\n    Problem found at nodeset: /html/body/select1[@ref=/a/q1]/item\n    With element <item>",
     Place("")),
    ("<value> in <itemset> requires 'ref'", Place("")),
    ("Question <label> '/a/q1:label': text is not localizable for default locale [English]!", Place("survey", 4, "label::eng")),
    ("Error evaluating field 'r1' (/a/r1[1]): Can't set data value for node that has children!", Place("survey", 6)),
    ("Invalid XPath in value set action declaration: 'concat('", Place("")),
    ("XPath evaluation: cannot handle function 'indexed'", Place("")),
    ('An invalid XML character (Unicode: 0x4) was found in the value of attribute "calculate" and element is "bind".', Place("")),
    ('Element type "late" must be followed by either attribute specifications, ">" or "/>".', Place("survey", 9)),
    ('For input string: "１"', Place("")),
    ("Error loading locale chinese. There were 1 keys which were contained in this locale, but were not properly registered",
     Place("")),
    ("a part that every XForm has is missing", Place("")),
]  # fmt: skip


@pytest.fixture
def facts(form_of: Callable[..., Form]) -> Facts:
    return Facts(form_of(FORM))


@pytest.mark.parametrize(("said", "place"), SAID_BY_PYXFORM, ids=[said[:40] for said, _ in SAID_BY_PYXFORM])
def test_messages_of_pyxform_are_translated(facts: Facts, said: str, place: Place) -> None:
    """In Chinese without English sentences, in English without Python, and at the cell."""
    sentence = pyxform_sentence(said)
    assert not ENGLISH.search(sentence.zh)
    assert not PROGRAMMERS.search(sentence.en)
    assert not sentence.en.startswith("[row")
    assert pyxform_place(facts, said) == place


@pytest.mark.parametrize(("said", "place"), SAID_BY_JAVAROSA, ids=[said[:40] for said, _ in SAID_BY_JAVAROSA])
def test_messages_of_javarosa_are_translated(facts: Facts, said: str, place: Place) -> None:
    """In words of our own in both languages, and at the cell."""
    sentence = javarosa_sentence(said)
    assert not ENGLISH.search(sentence.zh)
    assert "JavaRosa" not in sentence.en
    assert javarosa_place(facts, said) == place


def test_every_template_of_pyxform_has_its_chinese_twin() -> None:
    """The installed pyxform's whole catalogue, whatever fills its places."""
    from pyxform.errors import ErrorCode

    for code in ErrorCode:
        said = code.value.format(row=2, sheet="survey", column="type", name="step", candidates="'chioces'", value="v", q="q")
        assert not ENGLISH.search(pyxform_sentence(said).zh), code.name


def test_advice_is_not_a_warning() -> None:
    """A photo without max-pixels works; one with a wrong max-pixels does not."""
    assert is_advice("[row : 3] Use the max-pixels parameter to speed up submission sending.")
    assert not is_advice("Parameter max-pixels must have an integer value.")


def test_groups_nested_too_deeply_are_reported() -> None:
    """pyxform falls over on them with a RecursionError."""
    opening = [["begin group", f"g{level}", "G"] for level in range(1_200)]
    rows = [*opening, ["text", "a", "A"], *[["end group", "", ""]] * 1_200]
    report = check(Form((Sheet.of("survey", ["type", "name", "label"], rows),)))
    (deep,) = [finding for finding in report.all if finding.rule in {"pyxform", "javarosa"}]
    assert "层次太深" in deep.sentence.zh
    assert "nested too deeply" in deep.sentence.en


def test_characters_invalid_in_xml_are_reported_at_their_cell(form_of: Callable[..., Form]) -> None:
    """pyxform falls over on them where the text also mentions an answer."""
    form = form_of("| survey |\n| | type | name | label |\n| | text | a | A |\n| | note | b | Hello\x1f ${a} |\n")
    errors = [(finding.rule, finding.place.row) for finding in check(form).all if finding.severity == "error"]
    assert errors == [("control-characters", 3), ("pyxform", None)]
