"""The envelope of a submission: its form, version, instance ID, original and name."""

import pytest

from liuwen.openrosa.envelope import LONGEST_ID, LONGEST_NAME, instance_name, read_envelope
from liuwen.openrosa.refused import RefusedError


def submission(meta: str = "<instanceID>uuid:1</instanceID>", form_id: str = "visit", attributes: str = "") -> bytes:
    return f'<data id="{form_id}" {attributes}><village>a</village><meta>{meta}</meta></data>'.encode()


def test_envelope_of_a_submission() -> None:
    """Spaces around IDs are not part of them."""
    meta = "<instanceID> uuid:2 </instanceID><deprecatedID>uuid:1</deprecatedID><instanceName> 王家 </instanceName>"
    envelope = read_envelope(submission(meta, form_id=" visit ", attributes='version="3"'))
    known = (envelope.form_id, envelope.version, envelope.instance_id, envelope.deprecated_id, envelope.name)
    assert known == ("visit", "3", "uuid:2", "uuid:1", "王家")


def test_namespaces_do_not_matter() -> None:
    """Apps use different ones for meta and version."""
    xml = (
        b'<d xmlns="http://opendatakit.org/submissions" xmlns:orx="http://openrosa.org/xforms" id="visit" orx:version="7">'
        b"<orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></d>"
    )
    envelope = read_envelope(xml)
    assert (envelope.version, envelope.instance_id, envelope.deprecated_id) == ("7", "uuid:1", None)


def test_missing_instance_id_is_derived_from_the_content() -> None:
    """Equal content gets the same ID, different content another."""
    first, again, other = (read_envelope(submission(meta)).instance_id for meta in ("", "", " "))
    assert first == again != other
    assert first.startswith("uuid:")


def test_instance_name_is_truncated() -> None:
    """A list of submissions has room for a short name only."""
    xml = submission(f"<instanceName>{'名' * 500}</instanceName>")
    assert read_envelope(xml).name == instance_name(xml) == "名" * LONGEST_NAME


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"<data", "cannot be read"),
        (b"<!DOCTYPE d [<!ENTITY a 'b'>]><data id='v'>&a;</data>", "cannot be read"),
        (b"<data/>", "lacks the form ID"),
        (b'<data id=" "/>', "lacks the form ID"),
        (submission(form_id="x" * (LONGEST_ID + 1)), "too long or contains control"),
        (submission("<instanceID>a\tb</instanceID>"), "too long or contains control"),
        (submission(attributes='version="a&#10;b"'), "too long or contains control"),
        (
            b'<data id="v" encrypted="yes" xmlns="http://opendatakit.org/submissions"><base64EncryptedKey>k</base64EncryptedKey></data>',
            "decrypted",
        ),
    ],
    ids=["not XML", "entity", "no form ID", "blank form ID", "long ID", "tab", "line break", "encrypted without ID"],
)
def test_invalid_submission_is_refused(xml: bytes, said: str) -> None:
    """With status 400, and the reason."""
    with pytest.raises(RefusedError, match=said) as refused:
        read_envelope(xml)
    assert refused.value.status == 400
