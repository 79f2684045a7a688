"""Settings of the form and the files it needs."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.settings.encrypted_without_id import encrypted_without_id
from liuwen.checks.rules.settings.missing_file import missing_file
from liuwen.checks.rules.settings.missing_setting import missing_setting
from liuwen.checks.rules.settings.no_start_end import no_start_end
from liuwen.checks.rules.settings.unknown_setting import unknown_setting
from liuwen.checks.rules.settings.unreadable_public_key import unreadable_public_key

RULES: tuple[Rule, ...] = (
    encrypted_without_id,
    missing_file,
    missing_setting,
    no_start_end,
    unknown_setting,
    unreadable_public_key,
)
