"""Reads the answers that a command is given: from a store or any other source."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuwen.cli.passphrases import passphrase_of_key

if TYPE_CHECKING:
    from liuwen.responses import Responses


def read_answers(source: Path, form: Path, *, key: Path | None = None, **told: Any) -> "Responses":
    """The answers in `source` to the form in the file `form`; in a store, those to the form of the same ID.

    `told` are further options of `read_responses`.
    """
    from liuwen.form import read_form
    from liuwen.sources.any_source import read_responses

    return read_responses(source, form=read_form(form), key=key, passphrase=passphrase_of_key(key) if key else None, **told)
