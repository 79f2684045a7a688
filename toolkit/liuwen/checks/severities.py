"""Which severity each rule has in one project: a small file `liuwen.toml` beside the forms, or above them.

[check]
missing-translation = "note"
long-question = "off"
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from liuwen.checks.findings import SEVERITIES, Finding, Severity
from liuwen.checks.rule_names import VERDICTS, rule_names, suggestion
from liuwen.errors import ReadError
from liuwen.messages import Sentence

FILE = "liuwen.toml"
NOT_TOML = Sentence(zh="{file} 不是 TOML：{why}。请改正。", en="{file} is not TOML: {why}. Correct it.")
NO_RULE = Sentence(
    zh="{file} 的 [check] 里没有叫“{name}”的规则：请核对写法{meant}。",
    en="In [check] of {file} there is no rule “{name}”; check the spelling{meant}.",
)
NO_SEVERITY = Sentence(
    zh="{file} 里“{name}”只能是 error、warning、note 或 off：请改正。",
    en="In {file}, “{name}” must be error, warning, note or off; correct it.",
)

Wanted = Severity | Literal["off"]


def severities_near(form: Path) -> Mapping[str, Wanted]:
    """What the nearest `liuwen.toml` asks for: in the folder of a form, or one above it.

    Args:
        form: The path of a form.

    Returns:
        Rule → "error", "warning", "note" or "off"; empty where there is no such file.

    Raises:
        ReadError: If the file is not TOML, or names a rule or a severity that does not exist.
    """
    found = next((folder / FILE for folder in form.resolve().parents if (folder / FILE).is_file()), None)
    return _read(found) if found else {}


def _read(file: Path) -> Mapping[str, Wanted]:
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("check", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ReadError(NOT_TOML.filled(file=file.name, why=fault)) from fault
    for name, severity in written.items() if isinstance(written, dict) else ():
        if name not in rule_names():
            raise ReadError(NO_RULE.filled(file=file.name, name=name, meant=suggestion(name)))
        if severity not in (*SEVERITIES, "off"):
            raise ReadError(NO_SEVERITY.filled(file=file.name, name=name))
    return cast(Mapping[str, Wanted], written if isinstance(written, dict) else {})


def with_severities(found: Iterable[Finding], wanted: Mapping[str, Wanted]) -> Iterator[Finding]:
    """The findings with the severities that are wanted; what pyxform or JavaRosa refuse stays an error."""
    for finding in found:
        severity = wanted.get(finding.rule, finding.severity)
        if finding.rule in VERDICTS and finding.severity == "error":
            severity = "error"
        if severity != "off":
            yield finding if severity == finding.severity else replace(finding, severity=severity)
