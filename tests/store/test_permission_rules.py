"""The rules of permissions by themselves: ownership, time limits, number of edits, and files."""

from dataclasses import replace

import pytest

from liuwen.openrosa.refused import RefusedError
from liuwen.store.permissions import (
    COLLECTOR_DAYS,
    LINK_DAYS,
    LINK_EDITS,
    Ownership,
    Sender,
    author_mark,
    check_change,
    check_edit,
    check_files,
    is_in_time,
    may_complete,
)

DAY = 86_400.0
NOW = 1_800_000_000.0
WANG = Sender(collector=1)
LI = Sender(collector=2)
PAGE = Sender(collector=1, is_link=True, author="key")
OTHER_PAGE = Sender(collector=1, is_link=True, author="other")
OFFICE = Sender()
OWN = Ownership("uuid:1", 1, by_link=False, author=None, anonymous=False, complete=True, since=NOW, edits=0)
BY_LINK = replace(OWN, by_link=True, author=author_mark("key", "uuid:1"))
ANONYMOUS = replace(OWN, collector=None, anonymous=True)


@pytest.mark.parametrize(
    ("owned", "owners"),
    [(OWN, [WANG, OFFICE]), (BY_LINK, [PAGE, OFFICE]), (ANONYMOUS, [OFFICE]), (replace(BY_LINK, author=None), [OFFICE])],
    ids=["collector", "link", "anonymous", "link without a key"],
)
def test_owner_of_a_submission(owned: Ownership, owners: list[Sender]) -> None:
    """The collector, the page of a link, or nobody; with direct access to the store, everything is allowed."""
    everybody = [WANG, LI, PAGE, OTHER_PAGE, OFFICE, Sender(collector=1, is_link=True)]
    assert [sender for sender in everybody if owned.is_own(sender)] == owners


def test_marks_of_one_author_cannot_be_linked() -> None:
    """Different for each submission; without a key there is no mark."""
    assert author_mark("key", "uuid:1") == author_mark("key", "uuid:1") != author_mark("key", "uuid:2")
    assert author_mark("", "uuid:1") is None


@pytest.mark.parametrize(("sender", "days"), [(WANG, COLLECTOR_DAYS), (PAGE, LINK_DAYS)])
def test_time_limit(sender: Sender, days: int) -> None:
    """To the second, and none for the office."""
    assert is_in_time(NOW, sender, NOW + days * DAY)
    assert not is_in_time(NOW, sender, NOW + days * DAY + 1)
    assert is_in_time(NOW, OFFICE, NOW + 10_000 * DAY)


@pytest.mark.parametrize(
    ("owned", "sender", "days", "said"),
    [
        (OWN, LI, 0, "only what you sent yourself"),
        (OWN, PAGE, 0, "only what you sent yourself"),
        (BY_LINK, OTHER_PAGE, 0, "only what you sent yourself"),
        (ANONYMOUS, WANG, 0, "nobody knows who sent it"),
        (OWN, WANG, COLLECTOR_DAYS + 1, f"more than {COLLECTOR_DAYS} days ago"),
        (BY_LINK, PAGE, LINK_DAYS + 1, f"more than {LINK_DAYS} days ago"),
    ],
)
def test_refused_change(owned: Ownership, sender: Sender, days: int, said: str) -> None:
    """With status 403 and the reason; an edit is refused too."""
    for check in (check_change, check_edit):
        with pytest.raises(RefusedError, match=said) as refused:
            check(owned, sender, NOW + days * DAY)
        assert refused.value.status == 403


def test_number_of_edits_is_limited_for_links_only() -> None:
    """The last permitted edit is accepted."""
    check_edit(replace(BY_LINK, edits=LINK_EDITS - 1), PAGE, NOW)
    with pytest.raises(RefusedError, match=f"already been changed {LINK_EDITS} times"):
        check_edit(replace(BY_LINK, edits=LINK_EDITS), PAGE, NOW)
    check_edit(replace(OWN, edits=1000), WANG, NOW)


@pytest.mark.parametrize(
    ("owned", "sender", "files", "said"),
    [
        (BY_LINK, PAGE, {"replaced": ["a.jpg"]}, '"a.jpg" has been received'),
        (BY_LINK, PAGE, {"added": ["b.jpg"], "named": ["a.jpg"]}, 'refer to a file "b.jpg"'),
        (OWN, LI, {"added": ["a.jpg"]}, "only what you sent yourself"),
        (replace(OWN, complete=False), LI, {"added": ["a.jpg"]}, "only what you sent yourself"),
        (replace(ANONYMOUS, complete=False), WANG, {"replaced": ["a.jpg"]}, "nobody knows"),
        (ANONYMOUS, WANG, {"added": ["a.jpg"]}, "nobody knows"),
    ],
)
def test_refused_files(owned: Ownership, sender: Sender, files: dict[str, list[str]], said: str) -> None:
    """Replaced through a link, not named, of others, or of a complete anonymous answer."""
    with pytest.raises(RefusedError, match=said):
        check_files(owned, sender, NOW, **{"added": [], "replaced": [], "named": [], **files})


@pytest.mark.parametrize(
    ("owned", "sender", "files"),
    [
        (OWN, LI, {}),
        (OWN, WANG, {"added": ["a.jpg"], "replaced": ["b.jpg"]}),
        (BY_LINK, PAGE, {"added": ["a.jpg"], "named": ["a.jpg"]}),
        (replace(ANONYMOUS, complete=False), WANG, {"added": ["a.jpg"]}),
        (replace(OWN, complete=False, since=0.0), WANG, {"added": ["a.jpg"]}),
    ],
    ids=["no files", "own", "link", "anonymous and incomplete", "incomplete and late"],
)
def test_permitted_files(owned: Ownership, sender: Sender, files: dict[str, list[str]]) -> None:
    """Announced files may follow at any time."""
    check_files(owned, sender, NOW, **{"added": [], "replaced": [], "named": [], **files})


@pytest.mark.parametrize(("owned", "sender", "may"), [(OWN, WANG, False), (ANONYMOUS, WANG, False)])
def test_complete_submission_needs_no_files(owned: Ownership, sender: Sender, may: bool) -> None:
    """Incomplete ones may be completed by their sender; anonymous ones by any."""
    assert may_complete(owned, sender) is may
    assert may_complete(replace(owned, complete=False), sender)
    assert may_complete(replace(owned, complete=False), LI) is owned.anonymous
