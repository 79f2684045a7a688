"""Answers that are to be encrypted, but have no instance ID to be encrypted under."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.layout import is_yes
from liuwen.messages import Sentence

NO_ID = Sentence(
    zh="有 public_key 要加密，却不要 instanceID：手机无法加密，请去掉 omit_instanceID。",
    en="the form has a public_key but omits the instanceID, which phones need for encryption; remove omit_instanceID.",
)


def encrypted_without_id(facts: Facts) -> Iterator[Fault]:
    """The key and the signature are made of it."""
    settings = facts.form.settings
    if settings.get("public_key") and is_yes(settings.get("omit_instanceid", "")):
        yield error(facts.place("settings", 2, "omit_instanceid"), NO_ID)
