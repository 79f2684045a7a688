"""What the selects of a form offer, for whoever wants each choice taken once."""

from liuwen.form.elements import ChoiceList, Element
from liuwen.form.model import Form
from liuwen.messages import Sentence

LONGEST = 500
"""Choices of longer lists are not counted one by one."""
ANY = "any choice"
"""The outcome that stands for all choices of a longer list."""
TOO_LONG = Sentence(
    zh="有 {count} 个选项，超过 {longest} 个：只看是否选过其中之一",
    en="{count} choices, more than {longest}: only checked whether any of them was selected",
)
NOT_HELD = Sentence(
    zh="选项在“{list}”里，form.media 中没有这个文件：没有逐个试选",
    en="its choices are in '{list}', which is not in form.media: they were not tried one by one",
)
FROM_ANSWERS = Sentence(
    zh="选项来自前面的回答（{list}）：没有逐个试选",
    en="its choices come from earlier answers ({list}): they were not tried one by one",
)


class Offers:
    """The choices of each select, those of files included; each list is read once."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._known: dict[int, ChoiceList | None] = {}

    def of(self, element: Element) -> ChoiceList | None:
        """The list a select draws from; None for other questions, and where the form does not hold the list."""
        if element.row not in self._known:
            from liuwen.form.choices import offered

            self._known[element.row] = offered(self._form, element) if element.is_select else None
        return self._known[element.row]

    def counted(self, element: Element) -> tuple[str, ...]:
        """The values to be taken once each; `ANY` alone where there are too many."""
        listed = self.of(element)
        if listed is None:
            return ()
        return tuple(dict.fromkeys(listed.names)) if len(listed) <= LONGEST else (ANY,)

    def not_counted(self, element: Element) -> Sentence | None:
        """Why the choices of a select are not counted one by one; None if they are counted."""
        if not element.is_select:
            return None
        listed = self.of(element)
        if listed is not None:
            return TOO_LONG.filled(count=len(listed), longest=LONGEST) if len(listed) > LONGEST else None
        named = element.list_name or ""
        return (FROM_ANSWERS if named.startswith("${") else NOT_HELD).filled(list=named)
