"""Earlier versions of a form, for submissions that were made with them."""

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from liuwen.responses.versions import plain_version

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Submission

_VERSION = re.compile(rb"<[^!?/<>][^<>]*?\sversion=[\"']([^\"'>]*)[\"']")
_START = 4096


@runtime_checkable
class Versioned(Protocol):
    """A source that keeps all versions of a form: `StoreSource`, `Central`."""

    def earlier(self, form_id: str, versions: Collection[str]) -> "list[Form]":
        """The form in each of those versions that exists."""
        ...


def versions_in(submissions: "Iterable[Submission]") -> set[str]:
    """The form versions named by the submissions.

    >>> from liuwen.responses import Submission
    >>> versions_in([Submission(b'<?xml version="1.0"?><data id="visit" version="2[encrypted:AaIA5Suf]"/>')])
    {'2'}
    """
    found = (_VERSION.search(submission.xml, 0, _START) for submission in submissions)
    return {plain_version(match[1].decode()) for match in found if match}
