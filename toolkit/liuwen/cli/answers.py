"""Reads the answers that a command is given: from a store or any other source."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liuwen.cli.passphrases import passphrase_of_key
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses
    from liuwen.responses.loading_summary import LoadingSummary


RELEASE = Sentence(
    zh="发布的名称，例如 2026-07：记住发布了哪些答卷，下一次发布不会从差数里透露任何一户。",
    en="Name of the release, such as 2026-07: remembers which answers are published, so that the next one reveals nobody by its "
    "difference.",
)
RELEASES = Sentence(
    zh="发布记录放在哪个文件夹，每次用同一个；答卷来自库时不必给。",
    en="Folder that remembers releases, the same every time; not needed for a store.",
)


def release_options() -> list[click.Option]:
    """The options `--release` and `--releases`."""
    return [
        click.Option(["--release"], help=str(RELEASE)),
        click.Option(["--releases"], type=click.Path(path_type=Path, file_okay=False), help=str(RELEASES)),
    ]


def released(responses: "Responses", release: str | None, releases: Path | None) -> "Responses":
    """The answers that the named release counts; all answers without a name."""
    return responses if release is None else responses.release(release, folder=releases)


def read_answers(source: Path, form: Path, *, key: Path | None = None, **told: Any) -> "Responses":
    """The answers in `source` to the form in the file `form`; in a store, those to the form of the same ID.

    `told` are further options of `read_responses`.
    """
    from liuwen.form import read_form
    from liuwen.sources.any_source import read_responses

    return read_responses(source, form=read_form(form), key=key, passphrase=passphrase_of_key(key) if key else None, **told)


def load_answers(source: Path, form: Path, to: Path, *, raw: bool, key: Path | None = None, **told: Any) -> "LoadingSummary":
    """Write the answers of `read_answers` straight to a folder of Parquet, however many they are."""
    from liuwen.form import read_form
    from liuwen.sources.any_source import loaded_to_parquet

    passphrase = passphrase_of_key(key) if key else None
    return loaded_to_parquet(source, to, form=read_form(form), raw=raw, key=key, passphrase=passphrase, **told)
