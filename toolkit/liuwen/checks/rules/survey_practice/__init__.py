"""What survey practice asks of a questionnaire."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.survey_practice.anonymous_form_asks_who import anonymous_form_asks_who
from liuwen.checks.rules.survey_practice.identifying_before_consent import identifying_before_consent
from liuwen.checks.rules.survey_practice.long_interview import long_interview
from liuwen.checks.rules.survey_practice.no_consent import no_consent
from liuwen.checks.rules.survey_practice.number_that_is_a_code import number_that_is_a_code
from liuwen.checks.rules.survey_practice.scale_out_of_order import scale_out_of_order
from liuwen.checks.rules.survey_practice.scale_unbalanced import scale_unbalanced
from liuwen.checks.rules.survey_practice.sensitive_text_unmarked import sensitive_text_unmarked
from liuwen.checks.rules.survey_practice.unlinked_steers_linked import unlinked_steers_linked

RULES: tuple[Rule, ...] = (
    anonymous_form_asks_who,
    identifying_before_consent,
    long_interview,
    no_consent,
    number_that_is_a_code,
    scale_out_of_order,
    scale_unbalanced,
    sensitive_text_unmarked,
    unlinked_steers_linked,
)
