"""Functions whose brackets are easily forgotten, so that a phone takes their name for an empty path."""

from liuwen.expressions.functions import ARITIES
from liuwen.messages import Sentence

FUNCTION = Sentence(
    zh="{word} 是函数，不带括号会当作空的路径：请写成 {word}()。",
    en="{word} is a function, and without brackets it is read as an empty path; write {word}().",
)
_WANT_MORE = frozenset({"true", "false", "position", "name", "local-name", "number", "string", "max", "min", "concat", "depend"})
FUNCTIONS = frozenset(name for name, arity in ARITIES.items() if arity.fewest == 0) - _WANT_MORE
"""Those that are written with empty brackets: today, now, uuid, …; true and false are spoken of apart."""
