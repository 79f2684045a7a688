"""When two wordings are equal, and when answers under an equal name remain readable."""

from liuwen.comparison.retyping import effect_of_retyping, holds_answers
from liuwen.form.elements import Element, Wording
from liuwen.form.model import Form


def plain_text(text: str) -> str:
    """A text with white space collapsed: the only difference that is ignored."""
    return " ".join(text.split())


def same_wording(one: Wording | None, other: Wording | None) -> bool:
    """Whether two texts are equal in every shared language, or have a text in common if they share none; False if one is
    missing.

    >>> same_wording(Wording({"en": "Number of  boys"}), Wording({"en": "Number of boys", "zh": "男孩人数"}))
    True
    >>> same_wording(Wording({"en": "Number of boys"}), Wording({"en": "Number of girls"}))
    False
    """
    if not one or not other:
        return False
    shared = [language for language in one.texts if language in other.texts]
    if shared:
        return all(plain_text(one.texts[language]) == plain_text(other.texts[language]) for language in shared)
    return bool({*map(plain_text, one.texts.values())} & {*map(plain_text, other.texts.values())})


def same_label(old: Element, new: Element) -> bool:
    """Whether two elements have the same label; elements without a label are never the same."""
    return same_wording(old.wordings.get("label"), new.wordings.get("label"))


def reworded(old: Element, new: Element) -> bool:
    """Whether both have a label, and the labels differ."""
    return bool(old.wordings.get("label") and new.wordings.get("label")) and not same_label(old, new)


def same_sort(old: Element, new: Element) -> bool:
    """Whether both are questions with answers, both questions without, or both groups or repeats."""
    return (old.kind == "question") == (new.kind == "question") and holds_answers(old) == holds_answers(new)


def fits_by_name(older: Form, old: Element, newer: Form, new: Element) -> bool:
    """Whether an equal name with a different label may be the same question: types and choices must agree."""
    if not same_sort(old, new) or (old.type != new.type and effect_of_retyping(old, new) != "safe"):
        return False
    before, after = older.choices_of(old), newer.choices_of(new)
    if not before or not after:
        return True
    meant = {choice.name: choice.wordings.get("label") for choice in before}
    kept = [choice for choice in after if choice.name in meant]
    return bool(kept) and all(
        same_wording(meant[choice.name], choice.wordings.get("label")) or not meant[choice.name] for choice in kept
    )
