"""Labels and translations."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.wording.code_in_wording import code_in_wording
from liuwen.checks.rules.wording.language_spelt_twice import language_spelt_twice
from liuwen.checks.rules.wording.long_question import long_question
from liuwen.checks.rules.wording.missing_label import missing_label
from liuwen.checks.rules.wording.missing_translation import missing_translation
from liuwen.checks.rules.wording.translations_differ import translations_differ
from liuwen.checks.rules.wording.unknown_default_language import unknown_default_language
from liuwen.checks.rules.wording.untranslated_column import untranslated_column

RULES: tuple[Rule, ...] = (
    code_in_wording,
    language_spelt_twice,
    long_question,
    missing_label,
    missing_translation,
    translations_differ,
    unknown_default_language,
    untranslated_column,
)
