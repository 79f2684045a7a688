"""The files that a form must have before it is published on another server."""

from collections.abc import Sequence

from liuwen.errors import SourceError
from liuwen.messages import Sentence

_MISSING = Sentence(
    zh="{form} 还缺这些文件，没有发布：{names}。请放进 media。",
    en="{form} was not published, because files are missing: {names}. Pass them as media.",
)


def refuse_missing(form_id: str, names: Sequence[str]) -> None:
    """Raise `SourceError` if there are names of missing files."""
    if names:
        raise SourceError(_MISSING.filled(form=form_id, names=", ".join(names)))
