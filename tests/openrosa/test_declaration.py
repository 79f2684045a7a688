"""The declarations of an XForm: identity, files, entities, and what identifies the phone."""

import json

import pytest

from liuwen.errors import FormError
from liuwen.openrosa.declaration import EntityDeclaration, check_list_name, check_property_name, read_declaration


def xform(data: str = "<village/>", model: str = "", body: str = "", attributes: str = 'id="visit"', version: str = "") -> bytes:
    namespaces = (
        'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa" xmlns:entities="http://www.opendatakit.org/xforms/entities"'
    )
    instance = f"<model{version}><instance><data {attributes}>{data}</data></instance>{model}</model>"
    head = f"<h:head><h:title>Visit</h:title>{instance}</h:head>"
    return f"<h:html {namespaces}>{head}<h:body>{body}</h:body></h:html>".encode()


ENTITY = '<name/><meta><entity dataset="households" id="" create="1"><label/></entity></meta>'
SPECIFICATION = ' entities:entities-version="2024.1.0"'


def test_identity_of_a_form() -> None:
    """The title is the form ID if there is none."""
    declared = read_declaration(xform(attributes='id=" visit " version="7"'))
    assert (declared.form_id, declared.version, declared.title) == ("visit", "7", "Visit")
    assert read_declaration(xform().replace(b"<h:title>Visit</h:title>", b"")).title == "visit"
    assert (declared.encrypted, declared.anonymous, declared.media, declared.entities) == (False, False, (), ())


@pytest.mark.parametrize("yes", ["yes", "true", "TRUE()", " 1 "])
def test_anonymous_form(yes: str) -> None:
    """In any spelling of yes; another value is not a promise."""
    assert read_declaration(xform(attributes=f'id="a" anonymous="{yes}"')).anonymous
    assert not read_declaration(xform(attributes='id="a" anonymous="no"')).anonymous


@pytest.mark.parametrize("key", ["abc", " "])
def test_encrypted_form(key: str) -> None:
    """A blank key does not encrypt."""
    declared = read_declaration(xform(model=f'<submission base64RsaPublicKey="{key}"/>'))
    assert declared.encrypted == bool(key.strip())


def test_media_are_listed_once_in_order() -> None:
    """As whole texts, in expressions, and as tables that functions look up."""
    model = (
        '<instance id="villages" src="jr://file-csv/villages.csv"/><itext><translation><text><value form="image">'
        'jr://images/my photo.jpg</value></text></translation></itext><bind nodeset="/data/a" calculate="pulldata(\'prices\', '
        "'a', 'b', 'c')\"/>"
    )
    body = """<input ref="/data/a" appearance="search('prices.csv')"><output value="concat('jr://audio/a.mp3', '')"/></input>"""
    assert read_declaration(xform(model=model, body=body)).media == ("villages.csv", "my photo.jpg", "prices.csv", "a.mp3")


@pytest.mark.parametrize(
    ("bind", "identifying"),
    [
        ('jr:preload="property" jr:preloadParams="deviceid"', ("deviceid",)),
        ('jr:preload="property" jr:preloadParams="uri:phonenumber"', ("uri:phonenumber",)),
        ('jr:preload="property" jr:preloadParams="height"', ()),
        ('jr:preload="date" jr:preloadParams="today"', ()),
        ("calculate=\"property('Username')\"", ("Username",)),
        ("calculate=\"property('width')\"", ()),
        ('odk:identify-user="true"', ("audit identify-user",)),
        ('odk:location-priority="balanced"', ("audit location-priority",)),
    ],
)
def test_identifying_metadata(bind: str, identifying: tuple[str, ...]) -> None:
    """From preloads, expressions and audit logs, in any case."""
    model = f'<bind xmlns:odk="http://www.opendatakit.org/xforms" nodeset="/data/village" {bind}/>'
    assert read_declaration(xform(model=model)).identifying == identifying


def test_entities_have_the_properties_of_their_own_path() -> None:
    """A repeat inside a household has its own entity; each question belongs to the closest one."""
    member = '<member><age/><meta><entity dataset="people" id="" create="1" update="1"/></meta></member>'
    saved = '<bind nodeset="/data/name" entities:saveto="head"/><bind nodeset="/data/member/age" entities:saveto="age"/>'
    household, person = read_declaration(xform(data=ENTITY + member, model=saved, version=SPECIFICATION)).entities
    assert (household.path, household.list, household.actions) == ((), "households", ("create",))
    assert household.properties == {("name",): "head"}
    assert (person.path, person.list, person.actions) == (("member",), "people", ("create", "update"))
    assert person.properties == {("age",): "age"}


def test_entity_declaration_survives_json() -> None:
    """As it is stored with the form."""
    declared = read_declaration(xform(data=ENTITY, version=SPECIFICATION)).entities
    assert EntityDeclaration.all_from_text(json.dumps([each.to_data() for each in declared])) == declared


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"<data", "."),
        (b"<html/>", "not an XForm"),
        (xform(attributes=""), "not an XForm"),
        (xform(data=ENTITY), 'version "" of the entities specification'),
        (xform(data=ENTITY, version=' entities:entities-version="2026.1.0"'), 'version "2026'),
        (xform(data=ENTITY.replace("households", "__x"), version=SPECIFICATION), 'entity list name "__x"'),
        (xform(data=ENTITY.replace('create="1"', ""), version=SPECIFICATION), 'in the list "households" but neither'),
        (
            xform(data=ENTITY, model='<bind nodeset="/data/name" entities:saveto="label"/>', version=SPECIFICATION),
            'property name "label"',
        ),
    ],
    ids=["not XML", "other XML", "no ID", "no version", "new version", "list name", "no action", "property name"],
)
def test_invalid_form_is_refused(xml: bytes, said: str) -> None:
    """One sentence names what is wrong."""
    with pytest.raises(FormError, match=said):
        read_declaration(xml)


@pytest.mark.parametrize("name", ["households", "_a", "户", "a:b", "a-1"])
def test_valid_list_names(name: str) -> None:
    """Letters of any script."""
    check_list_name(name)


@pytest.mark.parametrize("name", ["", "1a", "__a", "a b", "a/b", "name", "Label", "a\n"])
def test_invalid_property_names(name: str) -> None:
    """Reserved names in any case, and names that XML does not allow."""
    with pytest.raises(FormError):
        check_property_name(name)
