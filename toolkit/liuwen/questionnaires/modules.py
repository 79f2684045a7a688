"""Which parts of a questionnaire are wanted."""

from collections.abc import Mapping, Sequence

from liuwen.errors import FormError
from liuwen.messages import Sentence

UNKNOWN_MODULE = Sentence(
    zh="没有名为“{module}”的部分；可以选的有：{known}。",
    en="There is no part “{module}”; choose from {known}.",
)
NEEDS_MODULE = Sentence(
    zh="“{module}”是“{within}”里的一段，要一起选：请把“{within}”也写进 modules。",
    en="“{module}” belongs to “{within}” and needs it; name “{within}” among the modules too.",
)


def in_order(modules: Sequence[str], known: Sequence[str], within: Mapping[str, str] | None = None) -> list[str]:
    """The wanted modules in the order they are asked.

    Args:
        modules: Those wanted, in any order.
        known: All that there are, in the order they are asked.
        within: Module → the module that it is a part of, and that must be wanted too.

    Returns:
        The wanted ones, each once.

    Raises:
        FormError: One is not known, or is wanted without the one it belongs to.

    >>> in_order(["matters", "situation"], ["situation", "difficulties", "matters"])
    ['situation', 'matters']
    """
    for module in modules:
        if module not in known:
            raise FormError(UNKNOWN_MODULE.filled(module=module, known=", ".join(known)))
        if within and module in within and within[module] not in modules:
            raise FormError(NEEDS_MODULE.filled(module=module, within=within[module]))
    return [name for name in known if name in modules]
