r"""The texts that a regular expression of Java describes, as far as it is regular.

Java's own writing is brought to Python's first: classes such as `\p{L}`, named groups, quoted stretches. Looking ahead and behind
cuts the set of what follows or precedes; a reference back to a group describes no regular set, and is named as what stands in
the way.
"""

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from re import _constants, _parser  # the only reader of patterns that Python has
from typing import Any

from liuwen.logic.text_sets import (
    ANYTHING,
    BLANK,
    DIGITS,
    LETTERS,
    UNIVERSE,
    Characters,
    TextSet,
    both,
    either,
    repeated,
    sequence,
    without,
)
from liuwen.messages import Sentence

REFERS_BACK = Sentence(zh="正则表达式用了反向引用", en="the pattern refers back to a group")
UNREADABLE = Sentence(zh="正则表达式看不懂", en="the pattern cannot be read")
TOO_LARGE = Sentence(zh="正则表达式太大", en="the pattern is too large")

UNCLOSED_CLASS = Sentence(zh="“[”没有关上", en="a [ is not closed")
UNCLOSED_GROUP = Sentence(zh="“(”没有关上", en="a ( is not closed")
UNMATCHED = Sentence(zh="“)”没有对应的“(”", en="a ) has no (")
NOTHING_REPEATED = Sentence(zh="“*”“+”或“?”前面没有可重复的", en="there is nothing to repeat before a *, + or ?")
BAD_RANGE = Sentence(zh="字符范围的先后反了", en="a range of characters runs backwards")
HALF_ESCAPE = Sentence(zh="末尾多了一个“\\”", en="it ends with a single \\")
BAD_COUNT = Sentence(zh="花括号里不是次数，如 3 或 2,5", en="what stands in braces is no count, such as 3 or 2,5")
_BROKEN = {
    "unterminated character set": UNCLOSED_CLASS,
    "missing ), unterminated subpattern": UNCLOSED_GROUP,
    "unbalanced parenthesis": UNMATCHED,
    "nothing to repeat": NOTHING_REPEATED,
    "multiple repeat": NOTHING_REPEATED,
    "bad character range": BAD_RANGE,
    "min repeat greater than max repeat": BAD_COUNT,
    "bad escape (end of pattern)": HALF_ESCAPE,
}
"""What Python's reader says where Java's refuses the pattern too."""
_PIECES = re.compile(
    r"(?P<literal>\\[pPxNkg]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<flags>\(\?[a-zA-Z]+\))|(?P<anchor>[\^$])", re.DOTALL
)
_COUNTED_AGAIN = re.compile(r"[*+?}]\{")
_NESTED = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*?\[")
_NO_COUNT = re.compile(r"\{(?!\d+(,\d*)?\})")

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿĀ-žА-Яа-яА-яء-يあ-んア-ン一-龥"
_JAVA_CLASSES = {
    **dict.fromkeys(("L", "IsL", "IsAlphabetic", "IsLetter", "javaLetter", "InLatin"), _LETTER),
    **dict.fromkeys(("Lu", "IsLu", "Upper", "javaUpperCase", "IsUppercase"), "A-ZÀ-ÖØ-ÞА-Я"),
    **dict.fromkeys(("Ll", "IsLl", "Lower", "javaLowerCase", "IsLowercase"), "a-zß-öø-ÿа-я"),
    **dict.fromkeys(("Lo", "IsLo"), "ء-يあ-んア-ン一-龥"),
    **dict.fromkeys(("N", "Nd", "IsN", "IsNd", "IsDigit", "Digit"), "0-9"),
    **dict.fromkeys(("Alpha",), "A-Za-z"),
    **dict.fromkeys(("Alnum",), "A-Za-z0-9"),
    **dict.fromkeys(("P", "Punct", "IsP", "IsPunctuation"), r"!-/:-@\[-`{-~"),
    **dict.fromkeys(("Z", "Zs", "Space", "Blank", "IsWhite_Space"), " "),
    **dict.fromkeys(("IsHan", "IsIdeographic", "script=Han", "sc=Han", "InCJKUnifiedIdeographs"), "一-龥"),
    **dict.fromkeys(("IsLatin", "script=Latin", "sc=Latin"), "A-Za-zÀ-ÖØ-öø-ÿ"),
    **dict.fromkeys(("IsCyrillic", "script=Cyrillic", "sc=Cyrillic"), "А-Яа-я"),
    **dict.fromkeys(("IsArabic", "script=Arabic", "sc=Arabic", "InArabic"), "ء-ي"),
    **dict.fromkeys(("M", "Mn", "IsM"), "\u0300-\u036f"),
    **dict.fromkeys(("S", "Sc"), "$+<=>^`|~"),
    **dict.fromkeys(("ASCII",), r"\x00-\x7f"),
}
_ESCAPED = re.compile(r"\\Q(.*?)(?:\\E|$)|\\([pP])(?:\{\^?([\w=]+)\}|(\w))|\\(.)|(\[\^?\]?)|(\])|\(\?<(?=[A-Za-z])", re.DOTALL)
_AFTER_CLASS = re.compile(r"((?<!\\)(?:\\\\)*\\[wWdDsS])-")
"""A hyphen after a class, as in `[\\w-\\.]`: to Java a character of its own, to Python a broken range."""
_FLAGS = re.compile(r"\(\?([a-zA-Z]+)\)")
_WORD = frozenset(LETTERS + LETTERS.upper() + DIGITS + "_")
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: frozenset(DIGITS),
    _constants.CATEGORY_SPACE: frozenset(" \t"),
    _constants.CATEGORY_WORD: _WORD,
    _constants.CATEGORY_NOT_DIGIT: UNIVERSE - frozenset(DIGITS),
    _constants.CATEGORY_NOT_SPACE: UNIVERSE - frozenset(" \t"),
    _constants.CATEGORY_NOT_WORD: frozenset(each for each in UNIVERSE - _WORD if each.isascii()),
}
_BEGINNINGS = (_constants.AT_BEGINNING, _constants.AT_BEGINNING_STRING)
_ENDS = (_constants.AT_END, _constants.AT_END_STRING)
_MOST_REPEATED = 2_000


class UnsolvedError(Exception):
    """A pattern that describes no set of texts that can be worked with; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def texts_of(pattern: str) -> TextSet:
    """The texts that a pattern matches from end to end, as Java's `Pattern.matches` and so `regex()` take it.

    Raises `UnsolvedError` if it is not a regular set, or cannot be read.

    >>> from liuwen.logic.text_sets import is_among
    >>> is_among(texts_of("[0-9]{3}-[ab]"), "914-a"), is_among(texts_of("[0-9]{3}-[ab]"), "914-c")
    (True, False)
    """
    return _read(pattern)[0]


def is_exact(pattern: str) -> bool:
    """Whether `texts_of` has no text that the pattern does not match; what looks ahead in the middle is left out there."""
    return _read(pattern)[1]


def fault_of(pattern: str) -> Sentence | None:
    """Why Java cannot read a pattern; None if it can, or if that is not certain.

    >>> fault_of("[0-9").en, fault_of("[0-9]{11}")
    ('a [ is not closed', None)
    """
    if any(beyond in pattern for beyond in (r"\Q", "&&")) or _NESTED.search(pattern):
        return None
    try:
        plain = _for_python(_PIECES.sub(lambda found: found["literal"] or ("(?:)" if found["anchor"] else ""), pattern))
    except UnsolvedError:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _parser.parse(plain)
    except re.error as fault:
        counts_nothing = plain[fault.pos or 0 :].startswith("{") or _COUNTED_AGAIN.search(plain)  # which Java allows
        return None if counts_nothing else next((said for words, said in _BROKEN.items() if fault.msg.startswith(words)), None)
    except (OverflowError, RecursionError):
        return None
    return BAD_COUNT if _NO_COUNT.search(_PIECES.sub("", pattern)) else None


def says_both_ends(pattern: str) -> bool:
    """Whether a pattern says itself where a text begins and ends, so that finding it within a text means that it fits the text.

    >>> says_both_ends("^[0-9]+$|^$"), says_both_ends(".*[0-9].*"), says_both_ends("[0-9]+"), says_both_ends("^a|b$")
    (True, True, False, False)
    """
    try:
        tokens = list(_tokens(pattern))
    except (re.error, OverflowError, RecursionError, UnsolvedError):
        return True
    return _reaches(tokens, _BEGINNINGS) and _reaches(tokens[::-1], _ENDS)


def _reaches(tokens: list[tuple[Any, Any]], ends: tuple[Any, ...]) -> bool:
    """Whether tokens, the outermost first, begin with an end of the text or with anything at all."""
    for operation, value in tokens:
        match operation:
            case _constants.ASSERT | _constants.ASSERT_NOT:
                continue
            case _constants.AT:
                return value in ends
            case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
                low, high, inside = value
                return low == 0 and high is _constants.MAXREPEAT and [each for each, _ in inside] == [_constants.ANY]
            case _constants.SUBPATTERN:
                return _reaches(_outward(value[-1], ends), ends)
            case _constants.BRANCH:
                return all(_reaches(_outward(each, ends), ends) for each in value[1])
            case _:
                return False
    return False


def _outward(tokens: Iterable[tuple[Any, Any]], ends: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    return list(tokens) if ends is _BEGINNINGS else list(tokens)[::-1]


@lru_cache(maxsize=1024)
def _read(pattern: str) -> tuple[TextSet, bool]:
    reader = _Reader(ignoring_case=any("i" in found for found in _FLAGS.findall(pattern)))
    try:
        return reader.sequence(_tokens(pattern), last=True), reader.exact
    except (re.error, OverflowError, RecursionError):
        raise UnsolvedError(UNREADABLE) from None


def _tokens(pattern: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return _parser.parse(_for_python(_FLAGS.sub("", pattern)))


def _for_python(pattern: str) -> str:
    """Java's writing brought to Python's."""
    if "&&" in pattern:
        raise UnsolvedError(UNREADABLE)
    if r"\Q" not in pattern:
        pattern = _AFTER_CLASS.sub(r"\1\\-", pattern)
    inside = 0
    made, end = [], 0
    for found in _ESCAPED.finditer(pattern):
        made.append(pattern[end : found.start()])
        end = found.end()
        quoted, kind, named, letter, escaped, opens, closes = found.groups()
        if quoted is not None:
            made.append(re.escape(quoted))
        elif kind:
            made.append(_java_class(named or letter or "", inverted=kind == "P", inside=inside > 0))
        elif escaped:
            made.append({"h": "[ \\t]", "z": "$", "Z": "$", "G": ""}.get(escaped, found[0]))
        elif opens and not inside:
            inside = 1
            made.append(found[0].replace("]", "\\]"))  # a bracket that stands first is a member
        elif opens:
            made.append(found[0].replace("[", "\\["))
            inside = 0 if found[0].endswith("]") else 1
        elif closes:
            inside = 0
            made.append("]")
        else:
            made.append("(?P<")
    return "".join([*made, pattern[end:]])


def _java_class(name: str, *, inverted: bool, inside: bool) -> str:
    members = _JAVA_CLASSES.get(name)
    if members is None or (inverted and inside):
        raise UnsolvedError(UNREADABLE)
    return members if inside else f"[{'^' if inverted else ''}{members}]"


class _Reader:
    """Reads the tokens of one pattern; `exact` unless something was left out, so that the set has texts too many."""

    def __init__(self, *, ignoring_case: bool) -> None:
        self._ignoring_case = ignoring_case
        self.exact = True

    def sequence(self, tokens: Iterable[tuple[Any, Any]], *, last: bool) -> TextSet:
        """From the last token to the first, since what looks ahead cuts all that follows it.

        `last` says that nothing follows these tokens; elsewhere what they see ahead is more than is known here, and is left out.
        """
        listed = list(tokens)
        made: TextSet = BLANK
        for position in range(len(listed) - 1, -1, -1):
            operation, value = listed[position]
            ends = last and all(each is _constants.AT for each, _ in listed[position + 1 :])
            if operation in {_constants.ASSERT, _constants.ASSERT_NOT}:
                if not last:
                    self.exact = False
                    continue
                direction, inside = value
                seen = self.sequence(inside, last=False)
                if direction < 0:
                    return sequence(self._behind(operation, seen, listed[:position]), made)
                ahead = sequence(seen, ANYTHING)
                made = both(made, ahead if operation is _constants.ASSERT else without(ahead))
            elif operation is _constants.AT and value in _BEGINNINGS and position:
                return sequence(both(self.sequence(listed[:position], last=False), BLANK), made)
            elif operation is _constants.AT and value in _ENDS:
                made = both(made, BLANK)
            else:
                made = sequence(self._one(operation, value, last=ends), made)
        return made

    def _behind(self, operation: Any, seen: TextSet, before: list[tuple[Any, Any]]) -> TextSet:
        ending = sequence(ANYTHING, seen)
        return both(self.sequence(before, last=False), ending if operation is _constants.ASSERT else without(ending))

    def _one(self, operation: Any, value: Any, *, last: bool) -> TextSet:  # noqa: PLR0911 - a case a kind of token
        match str(operation):
            case "LITERAL":
                return _characters(frozenset({chr(value)}), self._ignoring_case)
            case "NOT_LITERAL":
                return Characters(UNIVERSE - frozenset({chr(value)}))
            case "ANY":
                return Characters(UNIVERSE)
            case "IN":
                return _one_of(value, self._ignoring_case)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(*value)
            case "SUBPATTERN":
                return self.sequence(value[-1], last=last)
            case "ATOMIC_GROUP":
                return self.sequence(value, last=last)
            case "BRANCH":
                return either(*(self.sequence(branch, last=last) for branch in value[1]))
            case "AT":
                return BLANK
            case _:
                raise UnsolvedError(REFERS_BACK)

    def _repeated(self, low: Any, high: Any, inside: Any) -> TextSet:
        if int(low) > _MOST_REPEATED:
            raise UnsolvedError(TOO_LARGE)
        return repeated(self.sequence(inside, last=False), int(low), None if high is _constants.MAXREPEAT else int(high))


def _one_of(tokens: list[tuple[Any, Any]], ignoring_case: bool) -> TextSet:
    negated = tokens[0][0] is _constants.NEGATE
    members = frozenset[str]().union(*(_members(token) for token in tokens if token[0] is not _constants.NEGATE))
    if {(_constants.CATEGORY, each) for each in (_constants.CATEGORY_WORD, _constants.CATEGORY_NOT_WORD)} <= set(tokens):
        members = UNIVERSE
    found = _characters(members, ignoring_case)
    return Characters(UNIVERSE - found.members) if negated else found


def _members(token: tuple[Any, Any]) -> frozenset[str]:
    operation, value = token
    if operation is _constants.LITERAL:
        return frozenset({chr(value)})
    if operation is _constants.RANGE:
        low, high = value
        ends = {chr(low), chr(high), chr(min(high, low + 1))}
        return frozenset(ends | {each for each in UNIVERSE if low <= ord(each) <= high})
    return _CATEGORIES[value]


def _characters(members: frozenset[str], ignoring_case: bool) -> Characters:
    if not ignoring_case:
        return Characters(members)
    return Characters(members.union(*({each.lower(), each.upper()} for each in members)) if members else members)
