"""What may be asked of any figure: a smallest number of households, and a confidence level."""

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

NO_CONFIDENCE = Sentence(
    zh="confidence= 是 0 到 1 之间的数，例如 0.95；现在是 {given}。",
    en="confidence= is a number between 0 and 1, such as 0.95; it is {given}.",
)
NO_MINIMUM = Sentence(
    zh="minimum= 是 1 或更大的整数，例如 5；现在是 {given}。",
    en="minimum= is a whole number of at least 1, such as 5; it is {given}.",
)


def require_levels(minimum: object, confidence: object = 0.95) -> None:
    """Raise `AnswerError` for a minimum below 1, or a confidence that is no share.

    >>> require_levels(5, 0.95)
    """
    if not _is_number(confidence) or not 0 < float(str(confidence)) < 1:
        raise AnswerError(NO_CONFIDENCE.filled(given=repr(confidence)))
    if not _is_number(minimum) or float(str(minimum)) < 1 or float(str(minimum)) % 1:
        raise AnswerError(NO_MINIMUM.filled(given=repr(minimum)))


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return not isinstance(value, bool | str)
