"""Publishing forms: all versions are kept, and invalid forms, names and files are refused."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.builder import build_form, text
from liuwen.openrosa.envelope import read_envelope
from liuwen.store import Store
from liuwen.store.files import Incoming
from liuwen.store.permissions import Sender
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]


def test_published_form_is_read_back_unchanged(tmp_path: Path) -> None:
    """The store keeps the questionnaire itself, not only the XForm for phones."""
    form = build_form("visit", en="Visit", languages=("en",), version="1", items=[text("village", en="Which village?")])
    store = Store(tmp_path / "town")
    published = store.publish(form)
    assert (published.form_id, published.version, published.title, published.current) == ("visit", "1", "Visit", True)
    assert store.form("visit") == form


def test_an_xform_is_served_byte_for_byte(store: Store, visit_form: Make) -> None:
    """An XForm from elsewhere is not changed."""
    assert keeping_of(store).form_xml(store.published("visit").number) == visit_form()


def test_all_versions_are_kept_and_the_last_is_current(store: Store, visit_form: Make) -> None:
    """An old submission still finds the questions of its version."""
    store.publish(visit_form(version="2"))
    assert [(form.version, form.current) for form in store.forms()] == [("1", False), ("2", True)]
    assert store.published("visit", "1").version == "1"


def test_publishing_an_unchanged_form_again_changes_nothing(store: Store, visit_form: Make) -> None:
    """A publishing script may be run twice."""
    assert store.publish(visit_form()) == store.published("visit")
    assert len(store.forms()) == 1


def test_published_version_cannot_change_its_content(store: Store, visit_form: Make) -> None:
    """Otherwise phones with version 1 would disagree about its questions."""
    with pytest.raises(FormError, match=r'Version "1" of the form "visit" is already published'):
        store.publish(visit_form(title="Another"))


def test_published_version_cannot_change_its_files(store: Store, visit_form: Make) -> None:
    """A corrected list of villages reaches phones only with a new version, and is not dropped silently."""
    asks = {"form_id": "list", "extra": '<instance id="v" src="jr://file-csv/villages.csv"/>'}
    store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\n"})
    assert store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\n"}).version == "1"
    with pytest.raises(FormError, match="already published"):
        store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\nb,B\n"})
    assert store.publish(visit_form(version="2", **asks), media={"villages.csv": b"name,label\na,A\nb,B\n"}).current
    assert store.check() == ()


@pytest.mark.parametrize("name", ["满意度\u3000调查", "3.04.05\u202fPM", "👨\u200d👩\u200d👧", "\ue863村"])
def test_names_may_contain_any_space_and_letter(store: Store, visit_form: Make, visit: Make, name: str) -> None:
    """Two-character names with a wide space, names of screenshots, and rare characters."""
    assert store.publish(visit_form(form_id="other", title=name)).title == name
    assert store.add_collector(name).name == name
    store.receive(visit(photo=f"{name}.jpg"), {f"{name}.jpg": b"jpeg"})
    assert list(store.attachments("visit", "uuid:one")) == [f"{name}.jpg"]


def test_missing_file_is_refused(store: Store, visit_form: Make) -> None:
    """The form is refused on publishing, instead of failing on the phone."""
    needing = visit_form(form_id="list", extra='<instance id="v" src="jr://file-csv/villages.csv"/>')
    with pytest.raises(FormError, match=r"villages\.csv"):
        store.publish(needing)
    assert store.forms()[-1].form_id == "visit"
    published = store.publish(needing, media={"villages.csv": "name,label\na,甲\n".encode()})
    assert [medium.name for medium in published.media] == ["villages.csv"]


@pytest.mark.parametrize("name", ["照片 1.png", "the hall's.png", "a (1) & b.png", "村 口.png "])
def test_a_file_may_have_a_name_with_spaces(tmp_path: Path, visit_form: Make, name: str) -> None:
    """As cameras and people name them; referenced in a label or in an expression."""
    written = name.replace("&", "&amp;")
    extra = f'<itext><translation lang="zh"><text id="v"><value form="image">jr://images/{written}</value></text></translation></itext>'
    extra += """<bind nodeset="/data/village" calculate="if(true(), 'jr://images/no way.png', 'jr://images/')"/>"""
    files = {name.strip(): b"png", "no way.png": b"png"}
    published = Store(tmp_path / "town").publish(visit_form(extra=extra), media=files)
    assert [medium.name for medium in published.media] == list(files)


@pytest.mark.parametrize("name", ["a&#10;b", "a&#9;b", "a&#x85;b", "visit&#x202E;txt.exe", "x" * 501])
@pytest.mark.parametrize("what", ["form_id", "title", "version"])
def test_names_with_control_characters_are_refused(store: Store, visit_form: Make, what: str, name: str) -> None:
    """They would break lines and disguise names wherever they are shown."""
    with pytest.raises(FormError, match="Invalid form ID or title"):
        store.publish(visit_form(**{"version": "9", what: name}))
    assert len(store.forms()) == 1


@pytest.mark.parametrize("name", ["../passwd", "a/b.csv", "a\\b.csv", "..", "", "a\nb", "x" * 300])
def test_file_names_with_paths_are_refused(store: Store, visit_form: Make, name: str) -> None:
    """A form's files must not leave their folder."""
    with pytest.raises(FormError):
        store.publish(visit_form(form_id="other"), media={name: b""})


@pytest.mark.parametrize(
    "broken", [b"<data/>", b"<h:html", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", b"<x><model><instance/></model></x>"]
)
def test_invalid_xform_is_refused(store: Store, broken: bytes) -> None:
    """One clear sentence, and nothing is stored."""
    with pytest.raises(FormError):
        store.publish(broken)
    assert len(store.forms()) == 1


@pytest.mark.parametrize(
    ("bind", "what"),
    [
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="deviceid"/>', "deviceid"),
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="phonenumber"/>', "phonenumber"),
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="uri:deviceid"/>', "uri:deviceid"),
        ('<bind nodeset="/data/village" calculate="concat(property( \'username\'), 1)"/>', "username"),
        ('<setvalue event="odk-instance-first-load" ref="/data/village" value="property(&quot;email&quot;)"/>', "email"),
        ('<bind nodeset="/data/village" odk:identify-user="true"/>', "audit identify-user"),
    ],
)
def test_form_that_identifies_the_phone_cannot_be_anonymous(store: Store, visit_form: Make, bind: str, what: str) -> None:
    """The answers themselves would identify people."""
    spaces = 'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" nodeset'
    asking = visit_form(form_id="quiet", extra=bind.replace("nodeset", spaces)).replace(b"upload", b"input")
    asking = asking.replace(b'type="binary"', b'type="string"')
    with pytest.raises(FormError, match=rf"{what}.*anonymous|anonymous.*{what}"):
        store.publish(asking, anonymous=True)
    assert [form.form_id for form in store.forms()] == ["visit"]
    assert not store.publish(asking).anonymous


def test_a_photo_that_becomes_a_picture_of_a_form_has_its_hash(store: Store, visit: Callable[..., bytes]) -> None:
    """Phones know files of forms by their MD5, which photos of answers do not need."""
    content = b"the town hall"
    keeping = keeping_of(store)
    with store:
        incoming = Incoming(keeping.files)
        incoming.write(content)
        keeping.begin_receiving(read_envelope(visit(photo="p.jpg")), {"p.jpg": incoming.keep()}, Sender()).result()
    form = build_form("hall", version="1", zh="大院", en="Hall", items=[b.note("n", zh="看图", en="Look", image="hall.jpg")])
    (medium,) = store.publish(form, media={"hall.jpg": content}).media
    assert medium.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert store.check() == ()
