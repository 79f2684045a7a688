"""A setting that a form should not go without."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.messages import Sentence

NO_ID = Sentence(
    zh="settings 里没有 form_id：手机和服务器靠它认出问卷，请写上。",
    en="the settings have no form_id, by which phones and servers identify the form; write one.",
)
NO_TITLE = Sentence(
    zh="settings 里没有 form_title：手机上显示的就是它，请写上。",
    en="the settings have no form_title, which is what phones show; write one.",
)
NO_VERSION = Sentence(
    zh="settings 里没有 version：改过问卷后，手机无法知道要更新，请写上，例如 2026112101。",
    en="the settings have no version, so phones cannot tell when the form has changed; write one, such as 2026112101.",
)


def missing_setting(facts: Facts) -> Iterator[Fault]:
    """The ID, the title and the version."""
    row = 2 if facts.form.sheet("settings") else None
    if not facts.form.settings.get("form_id"):
        yield warning(facts.place("settings", row, "form_id"), NO_ID)
    if not facts.form.settings.get("form_title"):
        yield note(facts.place("settings", row, "form_title"), NO_TITLE)
    if not facts.form.settings.get("version"):
        yield note(facts.place("settings", row, "version"), NO_VERSION)
