"""A condition in plain words, with the questions' and the choices' own labels in it."""

from liuwen.expressions import Binary, Call, Expression, ExpressionError, Named, Number, Text, try_parse
from liuwen.form.choices import offered
from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.messages import Language, Sentence

_AND = Sentence(zh="{left}，并且{right}", en="{left} and {right}")
_OR = Sentence(zh="{left}，或者{right}", en="{left} or {right}")
_NOT = Sentence(zh="并非（{what}）", en="not ({what})")
_INCLUDES = Sentence(zh="“{question}”选了“{answer}”", en="“{question}” includes “{answer}”")
_IS_BLANK = Sentence(zh="“{question}”没有回答", en="“{question}” is blank")
_IS_FILLED = Sentence(zh="“{question}”有回答", en="“{question}” is answered")
_COMPARED = {
    "=": Sentence(zh="“{question}”是“{answer}”", en="“{question}” is “{answer}”"),
    "!=": Sentence(zh="“{question}”不是“{answer}”", en="“{question}” is not “{answer}”"),
    "<": Sentence(zh="“{question}”小于 {answer}", en="“{question}” is under {answer}"),
    "<=": Sentence(zh="“{question}”不超过 {answer}", en="“{question}” is at most {answer}"),
    ">": Sentence(zh="“{question}”大于 {answer}", en="“{question}” is over {answer}"),
    ">=": Sentence(zh="“{question}”不小于 {answer}", en="“{question}” is at least {answer}"),
}


def plainly(condition: str, form: Form, language: str = "", words: Language = "en") -> str:
    """The condition with labels in `language` and its joining words in `words`; parts that are not simple stay as written.

    >>> from liuwen.form import builder as b
    >>> yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
    >>> form = b.build_form("visit", version="1", zh="走访", en="Visit", items=[
    ...     b.select_one("consent", yes_no, zh="同意吗？", en="Do you agree?"),
    ...     b.integer("people", zh="几口人？", en="How many?")])
    >>> plainly("${consent} = 'yes' and ${people} > 3", form, "en")
    '“Do you agree?” is “Yes” and “How many?” is over 3'
    """
    tree = try_parse(condition)
    return condition if isinstance(tree, ExpressionError) else _Speaker(condition, form, language, words).say(tree)


class _Speaker:
    def __init__(self, condition: str, form: Form, language: str, words: Language) -> None:
        self._condition = condition
        self._form = form
        self._language = language
        self._words = words

    def say(self, tree: Expression) -> str:  # noqa: PLR0911 - a case a kind of expression
        match tree:
            case Binary(operator="and", left=left, right=right):
                return self._told(_AND, left=self._bracketed(left), right=self._bracketed(right))
            case Binary(operator="or", left=left, right=right):
                return self._told(_OR, left=self.say(left), right=self.say(right))
            case Call(function="not", arguments=(what,)):
                return self._told(_NOT, what=self.say(what))
            case Call(function="selected", arguments=(Named(name=name), Text(value=value))) if name in self._form:
                return self._about(_INCLUDES, name, value)
            case Binary(operator=operator, left=Named(name=name), right=Text(value=value)) if self._compares(operator, name):
                blank = {"=": _IS_BLANK, "!=": _IS_FILLED}.get(operator) if not value else None
                return self._about(blank or _COMPARED[operator], name, value)
            case Binary(operator=operator, left=Named(name=name), right=Number(value=number)) if self._compares(operator, name):
                return self._about(_COMPARED[operator], name, f"{number:g}")
            case _:
                return self._condition[tree.start : tree.end]

    def _compares(self, operator: str, name: str) -> bool:
        return operator in _COMPARED and name in self._form

    def _bracketed(self, tree: Expression) -> str:
        said = self.say(tree)
        return f"({said})" if isinstance(tree, Binary) and tree.operator == "or" else said

    def _about(self, sentence: Sentence, name: str, value: str) -> str:
        element = self._form[name]
        label = " ".join(element.label(self._language).split()) or name
        return self._told(sentence, question=label, answer=self._answer(element, value))

    def _answer(self, element: Element, value: str) -> str:
        listed = offered(self._form, element) if element.is_select else None
        return listed.labels(self._language).get(value, value) if listed else value

    def _told(self, sentence: Sentence, **parts: str) -> str:
        return sentence.filled(**parts).in_language(self._words)
