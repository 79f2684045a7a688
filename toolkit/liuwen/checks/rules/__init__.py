"""One rule a file, each named for what it finds: its severity, its words in Chinese and English, and what to do.

Rules stand in families; each family lists its own.
"""

from liuwen.checks.findings import Rule
from liuwen.checks.rules import (
    choices,
    conditions,
    expressions,
    groups,
    names,
    references,
    settings,
    survey_practice,
    types,
    wording,
    workbook,
)

RULES: tuple[Rule, ...] = (
    *choices.RULES,
    *conditions.RULES,
    *expressions.RULES,
    *groups.RULES,
    *names.RULES,
    *references.RULES,
    *settings.RULES,
    *survey_practice.RULES,
    *types.RULES,
    *wording.RULES,
    *workbook.RULES,
)
"""Every rule; a new one is written in a file of its own and named in its family."""
