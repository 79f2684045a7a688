"""Synthetic respondents: a form filled in again and again by the phone's own engine."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from liuwen.engine import engine
from liuwen.engine.interviewing import NO_QUESTION
from liuwen.errors import AnswerError
from liuwen.form.model import Form
from liuwen.form.reading import FormLike, as_form
from liuwen.logic.days import PERIOD
from liuwen.simulation.filling import Filled, Job, fill
from liuwen.simulation.profiles import profiles_of
from liuwen.simulation.visits import VisitPlan

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.responses import Responses

SYNTHETIC_NAMESPACE = "https://liuwen.invalid/simulate"
_BATCH = 20


class Settings(TypedDict, total=False):
    """How interviews are made up; see `simulate`."""

    seed: int
    answers: Mapping[str, Any]
    villages: "pd.DataFrame | None"
    period: tuple[date, date]
    visitors: int
    perfunctory: float
    blanks: float
    progress: Callable[[int], object]


def simulate(form: FormLike, n: int, **settings: Unpack[Settings]) -> "Responses":
    """`n` made-up interviews of `form`, loaded as `Responses` with `synthetic` true.

    Each is filled in by JavaRosa, so that relevance, constraints and choice filters hold. The same arguments give the same
    interviews, instance IDs included. Settings, by keyword:

    - `seed` (1): where chance starts.
    - `answers`: settles a question by name: a fixed value, a distribution (value → weight), or a function
      `(what was said so far, random.Random) -> value`.
    - `villages`: profiles of the villages, as `made_up_town` gives them: larger ones are visited more, poorer ones are in
      more hardship. Without them each village is unlike the others by chance.
    - `period` (March to May 2025): first and last day of the visits; `visitors` (one to forty interviews): how many go.
    - `perfunctory` (0.15): the share of visitors who hurry, answer every scale alike or copy an earlier interview.
    - `blanks` (0.03): the share of questions left unanswered where no answer is required.
    - `progress`: called with the number done so far.

    Answers hang together through a latent vector for each village and household (see `liuwen.simulation.leanings`).
    Raises `AnswerError` where no answer to a required question can be found, and for an answer to what the form does not ask.
    """
    from liuwen.responses import Submission, read_responses

    known = as_form(form)
    return read_responses(
        [
            Submission(each.xml, str(number), each.finished.isoformat(), partial(_opened, each.attachments))
            for number, each in enumerate(filled(known, n, **settings), start=1)
        ],
        known,
    )


def submissions(form: FormLike, n: int, **settings: Unpack[Settings]) -> list[bytes]:
    r"""The same as submission XML, one a visit, each marked synthetic in its root element and by its device and user.

    >>> from liuwen.form import read_form
    >>> form = read_form(b"| survey |\n| | type | name | label | constraint |\n| | integer | wells | Wells? | . > 4 and . < 6 |")
    >>> b"<wells>5</wells>" in submissions(form, 1)[0]
    True
    """
    return [each.xml for each in filled(form, n, **settings)]


def filled(form: FormLike, n: int, **settings: Unpack[Settings]) -> list[Filled]:
    """The same with the files that go with each submission, and the time at which it was finished."""
    form = as_form(form)
    plan = VisitPlan(
        settings.get("seed", 1),
        n,
        *settings.get("period", PERIOD),
        settings.get("visitors") or max(1, round(n / 40)),
        settings.get("perfunctory", 0.15),
        settings.get("blanks", 0.03),
        profiles_of(settings.get("villages")),
    )
    job = Job(form.to_xform(), dict(form.media), plan, settled(form, settings.get("answers")))
    progress = settings.get("progress")
    made: list[Filled] = []
    while len(made) < n:
        batch = engine().call(fill, job, len(made), min(_BATCH, n - len(made)), timeout=120)
        made += [each._replace(xml=marked(each.xml)) for each in batch]
        if progress:
            progress(len(made))
    return made


def settled(form: Form, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """The answers that are settled beforehand; raises `AnswerError` for one that the form does not ask for."""
    asked = {element.name for element in form.questions if element.is_asked}
    asked |= {f"{element.name}_other" for element in form.questions if element.or_other}
    for name in answers or ():
        if name not in asked:
            raise AnswerError(NO_QUESTION.filled(name=name))
    return dict(answers or {})


def _opened(attachments: Mapping[str, bytes], name: str) -> BytesIO | None:
    return BytesIO(attachments[name]) if name in attachments else None


def marked(xml: bytes) -> bytes:
    """The submission with `synthetic="true"`, in a namespace of liuwen's own, on its root element."""
    declaration, found, rest = xml.partition(b"?>")
    head, body = (declaration + found, rest) if found else (b"", xml)
    name, space, attributes = body.partition(b" ")
    return head + name + f' xmlns:sim="{SYNTHETIC_NAMESPACE}" sim:synthetic="true"'.encode() + space + attributes
