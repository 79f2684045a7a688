"""Runs ODK Validate on an XForm in the worker, without stack traces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuwen.engine.process import engine


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of ODK Validate, in its own words.

    Attributes:
        errors: What makes the form invalid.
        warnings: What it remarks on.
    """

    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it found no error."""
        return not self.errors


def validate(xml: str, media: Mapping[str, bytes] | None = None, *, timeout: float = 60.0) -> Verdict:
    """Validate an XForm as ODK Validate does: parse it, evaluate its expressions, step through every question.

    Args:
        xml: The XML of the XForm.
        media: Files that travel with the form, by name.
        timeout: Seconds that the engine may take.

    Returns:
        The verdict.

    Raises:
        EngineError: If the engine takes too long or dies.

    Example:
        >>> from liuwen.engine import validate
        >>> validate("<h:html>").errors
        ('...',)
    """
    return engine().call(judge, xml, dict(media or {}), timeout=timeout)


def prepare_to_judge() -> None:
    """Inside the worker: import what a form is converted and judged with, before there is one."""
    import pyxform.xls2xform  # noqa: F401

    from liuwen.engine.javarosa import java

    java("org.opendatakit.validate.FormValidator")()


def judge(xml: str, media: Mapping[str, bytes]) -> Verdict:
    """The same as `validate`, inside the worker."""
    import jpype

    from liuwen.engine.javarosa import java
    from liuwen.engine.loading import prepare

    prepare(media)
    listener = _Listener()
    validator = java("org.opendatakit.validate.FormValidator")()
    validator.setErrorListener(jpype.JProxy("org.opendatakit.validate.ErrorListener", inst=listener))
    validator.validate(jpype.JArray(jpype.JByte)(xml.encode("utf-8", "replace")))
    return Verdict(tuple(dict.fromkeys(listener.errors)), tuple(dict.fromkeys(listener.warnings)))


_NOTHING_SAID = ("xform is invalid", "xform is valid", "xml is invalid", "something broke the parser", "xform parsing completed")


class _Listener:
    def __init__(self) -> None:
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def error(self, message: Any, cause: Any = None) -> None:
        from liuwen.engine.javarosa import said

        heading = str(message).strip().removeprefix(">>").strip()
        detail = said(cause) if cause is not None else ""
        if detail or not heading.lower().startswith(_NOTHING_SAID):
            # A missing choice label does not make ODK Validate refuse the form, though it is reported in the same way.
            kind = self.warnings if "label text and image uri are both missing" in heading else self.errors
            kind.append(detail or heading)
        elif cause is not None:
            self.errors.append(heading)

    def info(self, message: Any) -> None:
        pass
