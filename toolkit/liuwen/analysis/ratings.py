"""Rating questions: which they are, and where each answer stands from worst to best."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from liuwen.analysis.nonresponse import nonresponse
from liuwen.form.choices import offered
from liuwen.simulation.leanings import is_scale, scale_position

if TYPE_CHECKING:
    from liuwen.analysis.source import AnswerSource
    from liuwen.form import Form
    from liuwen.form.elements import Element


def rating_questions(form: "Form", known: Collection[str]) -> list[str]:
    """Find the select-one questions whose choices are steps from good to bad.

    Args:
        form: The form.
        known: The columns to look among.

    Returns:
        Their names, in the form's order.

    Example:
        >>> from liuwen.questionnaires import satisfaction_survey
        >>> rating_questions(satisfaction_survey(), ["overall", "village_why", "roads"])
        ['overall', 'roads']
    """
    questions = (question for question in form.questions if question.type == "select_one" and question.name in known)
    return list(dict.fromkeys(question.name for question in questions if not question.repeats and rating_steps(form, question)))


def rating_steps(form: "Form", element: "Element") -> dict[str, float]:
    """Stored value → where it stands from 0 (worst) to 100 (best); {} where the choices are no scale."""
    listed = offered(form, element)
    if listed is None:
        return {}
    labels = {choice.name: tuple(choice.label(language) for language in form.languages) for choice in listed}
    steps = tuple(name for name in listed.names if not nonresponse(name, labels[name]))
    if not 3 <= len(steps) <= 11 or not is_scale(steps):
        return {}
    stands = {step: scale_position(steps, step) for step in steps}
    low, high = min(stands.values()), max(stands.values())
    if high <= low or len(set(stands.values())) < len(stands):
        return {}
    return {step: 100 * (at - low) / (high - low) for step, at in stands.items()}


def steps_of(source: "AnswerSource", question: str) -> dict[str, float]:
    """The `rating_steps` of a question of the answers; {} where the form has no such question."""
    element = source.question(question)
    return rating_steps(source.form, element) if element is not None else {}
