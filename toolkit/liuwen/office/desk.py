"""What the pages of a running office share: the store, who is signed in, and what was read of the answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.messages import Sentence
from liuwen.office.request import OfficeRequest
from liuwen.office.rights import Right, right_for_answers
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from liuwen.office.answer_index import AnswerIndex
    from liuwen.office.loaded_answers import LoadedAnswers
    from liuwen.office.sessions import Sessions
    from liuwen.server.attempts import Attempts
    from liuwen.store import PublishedForm, Store

NO_ANSWER = Sentence(zh="没有这份答卷。", en="There is no such answer.")
NO_FORM = Sentence(zh="没有这份问卷。", en="There is no such form.")
ANONYMOUS = Sentence(
    zh="匿名问卷不能一份份看，只看汇总。", en="Answers to an anonymous form are not shown one by one; look at the figures."
)
CONFIDENTIAL = Sentence(
    zh="这份问卷是保密的，只有受理人能看答卷。", en="This form is confidential: only receivers see its answers."
)
OFFICE_ONLY = Sentence(zh="您的账号不能看答卷。", en="Your account does not see answers.")


@dataclass(frozen=True, slots=True)
class Office:
    """A running office page.

    Attributes:
        store: The store.
        sessions: Who is signed in.
        attempts: Wrong passwords.
        index: The index of all named answers.
        answers: The answers as tables, kept between requests.
        town: Whose office it is; "" if not told.
        backup_to: The folder of scheduled backups, offered first.
    """

    store: "Store"
    sessions: "Sessions"
    attempts: "Attempts"
    index: "AnswerIndex"
    answers: "LoadedAnswers"
    town: str = ""
    backup_to: Path | None = None

    def forms(self) -> "list[PublishedForm]":
        """The current version of each form, by title."""
        return sorted((form for form in self.store.forms() if form.current), key=lambda form: (form.title, form.form_id))

    def form(self, form_id: str) -> "PublishedForm":
        """The current version of a form; raises `RefusedError` (404) if there is none."""
        for form in self.forms():
            if form.form_id == form_id:
                return form
        raise RefusedError(404, NO_FORM)

    def concealed(self, asked: OfficeRequest) -> frozenset[str]:
        """The forms of which the person may not learn even how many answers there are."""
        return frozenset() if asked.may(Right.CONFIDENTIAL) else self.store.office.confidential()

    def forms_with_answers(self, asked: OfficeRequest) -> "list[PublishedForm]":
        """The forms whose answers the person may see one by one."""
        hidden = self.store.office.confidential()
        needed = {f.form_id: right_for_answers(anonymous=f.anonymous, confidential=f.form_id in hidden) for f in self.forms()}
        return [form for form in self.forms() if needed[form.form_id] in asked.session.rights]

    def require_answers(self, asked: OfficeRequest, form_id: str) -> "PublishedForm":
        """The form, if the person may see its answers one by one; raises `RefusedError` (403 or 404) otherwise."""
        form = self.form(form_id)
        confidential = form_id in self.store.office.confidential()
        needed = right_for_answers(anonymous=form.anonymous, confidential=confidential)
        if needed is None:
            raise RefusedError(403, ANONYMOUS)
        if needed not in asked.session.rights:
            raise RefusedError(403, CONFIDENTIAL if confidential else OFFICE_ONLY)
        return form
