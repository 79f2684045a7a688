"""An older phone opens every form of the ledger: no form writes an entity, and repeats are plain ones."""

import re

import pytest

from liuwen import questionnaires

from .conftest import PEOPLE, VILLAGES

FORMS = ("household_interview", "matter", "matter_step", "reception", "meeting", "enterprise_visit", "letter")
KNOWN = frozenset(
    "concat count count-selected coalesce date decimal-date-time format-date if indexed-repeat int instance join "
    "jr:choice-name jr:itext max min not now number once pulldata position regex round selected selected-at string "
    "string-length substr sum today true false uuid current date-time contains starts-with normalize-space boolean "
    "format-date-time position decimal-time random version checklist weighted-checklist randomize node text comment".split()
)
"""What ODK Collect has evaluated since before it knew entities (2022)."""


@pytest.mark.parametrize("name", FORMS)
def test_an_older_phone_opens_the_form(name: str) -> None:
    """No entity is declared, no repeat of the form bears one, and no function is newer than the phone."""
    made = getattr(questionnaires, name)
    form = made(VILLAGES, PEOPLE) if name in ("matter", "matter_step") else made()
    xml = form.to_xform()
    assert "entities-version" not in xml
    assert not re.search(r"<entity\b|entities:saveto", xml)
    bound = " ".join(re.findall(r'(?:calculate|relevant|constraint|readonly|required|nodeset|value|ref)="([^"]*)"', xml))
    bare = re.sub(r"'[^']*'|&quot;.*?&quot;", "", bound)
    used = set(re.findall(r"([A-Za-z][\w:-]*)\(", bare))
    assert used <= KNOWN, used - KNOWN
