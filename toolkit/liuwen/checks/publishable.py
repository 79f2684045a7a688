"""What no form may be published with: what would break the promise made to those who answer it."""

from liuwen.checks.facts import Facts
from liuwen.checks.findings import place_in_words
from liuwen.checks.rules.survey_practice.anonymous_form_asks_who import anonymous_form_asks_who
from liuwen.checks.rules.survey_practice.unlinked_steers_linked import unlinked_steers_linked
from liuwen.errors import FormError
from liuwen.form.model import Form
from liuwen.messages import Sentence

REFUSED = Sentence(zh="表单“{form}”不能发布。{where}：{said}", en='The form "{form}" cannot be published. {where}: {said}')


def refuse_broken_promises(form: Form) -> None:
    """Raise `FormError` where an anonymous form asks who answers, or an unlinked section steers linked questions.

    No mark in a note column silences this, as it would a finding of `check`.
    """
    facts = Facts(form)
    for rule in (anonymous_form_asks_who, unlinked_steers_linked):
        for fault in rule(facts):
            where = place_in_words(fault.place)
            raise FormError(REFUSED.filled(form=form.id, where=where, said=fault.sentence))
