"""Which parts of a questionnaire are wanted."""

from collections.abc import Sequence

from liuwen.errors import FormError
from liuwen.messages import Sentence

UNKNOWN_MODULE = Sentence(
    zh="没有名为“{module}”的部分；可以选的有：{known}。",
    en="There is no part “{module}”; choose from {known}.",
)


def in_order(modules: Sequence[str], known: Sequence[str]) -> list[str]:
    """The wanted modules in the order they are asked; raises `FormError` for one that is not known.

    >>> in_order(["matters", "situation"], ["situation", "difficulties", "matters"])
    ['situation', 'matters']
    """
    for module in modules:
        if module not in known:
            raise FormError(UNKNOWN_MODULE.filled(module=module, known=", ".join(known)))
    return [name for name in known if name in modules]
