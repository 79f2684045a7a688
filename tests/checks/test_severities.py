"""A project's own severities."""

from pathlib import Path

import pytest

from liuwen.checks.findings import Finding, Severity
from liuwen.checks.severities import severities_near, with_severities
from liuwen.errors import ReadError
from liuwen.form.sheets import Place
from liuwen.messages import Sentence


def finding(severity: Severity, rule: str) -> Finding:
    """A finding of a rule."""
    return Finding(severity, rule, Place("survey", 2, "label"), Sentence(zh="错", en="wrong"))


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    """Beside the form, or in a folder above it."""
    forms = tmp_path / "forms" / "2026"
    forms.mkdir(parents=True)
    assert severities_near(forms / "f.xlsx") == {}
    (tmp_path / "liuwen.toml").write_text('[check]\nno-consent = "off"\n')
    assert severities_near(forms / "f.xlsx") == {"no-consent": "off"}
    (forms / "liuwen.toml").write_text('[check]\nlong-question = "error"\n')
    assert severities_near(forms / "f.xlsx") == {"long-question": "error"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check\n", "not TOML"),
        ('[check]\nno-consnt = "off"\n', "did you mean “no-consent”"),
        ('[check]\nno-consent = "silent"\n', "error, warning, note or off"),
        ('[check]\nno-consent = ["off"]\n', "error, warning, note or off"),
    ],
)
def test_a_file_that_cannot_be_followed_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """In one sentence with what to do."""
    (tmp_path / "liuwen.toml").write_text(text)
    with pytest.raises(ReadError) as caught:
        severities_near(tmp_path / "f.xlsx")
    assert said in caught.value.sentence.en


def test_severities_change_and_refusals_stay() -> None:
    """What pyxform or JavaRosa refuse will not work, whatever a file says."""
    found = [finding("note", "no-consent"), finding("warning", "long-question"), finding("error", "pyxform")]
    kept = list(with_severities(found, {"no-consent": "error", "long-question": "off", "pyxform": "off"}))
    assert [(each.severity, each.rule) for each in kept] == [("error", "no-consent"), ("error", "pyxform")]
