"""Synthetic respondents: a form filled in again and again by the phone's own engine."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from liuwen.engine import engine
from liuwen.form.model import Form
from liuwen.simulate.filling import Job, fill
from liuwen.simulate.visits import Plan

if TYPE_CHECKING:
    from liuwen.responses import Responses

SYNTHETIC_NAMESPACE = "https://liuwen.invalid/simulate"
PERIOD = (date(2025, 3, 3), date(2025, 5, 30))
_BATCH = 20


def simulate(
    form: Form,
    n: int,
    *,
    seed: int = 1,
    answers: Mapping[str, Any] | None = None,
    period: tuple[date, date] = PERIOD,
    visitors: int | None = None,
    perfunctory: float = 0.15,
    blanks: float = 0.03,
    progress: Callable[[int], object] | None = None,
) -> "Responses":
    """`n` made-up interviews of `form`, loaded as `Responses` with `synthetic` true.

    Each is filled in by JavaRosa, so that relevance, constraints and choice filters hold. Answers hang together through a
    latent vector for each village and household (see `leanings`), and visits spread over `period` among `visitors` (one to
    forty interviews), a share `perfunctory` of whom hurry, answer every scale alike or copy an earlier interview. `blanks` is
    the share of questions left unanswered where no answer is required.

    `answers` settles a question by name: a fixed value, a distribution (value → weight), or a function
    `(what was said so far, random.Random) -> value`. The same arguments give the same interviews, instance IDs included.
    `progress` is called with the number done. Raises `AnswerError` where no answer to a required question can be found.
    """
    from liuwen.responses import read_responses

    made = submissions(
        form,
        n,
        seed=seed,
        answers=answers,
        period=period,
        visitors=visitors,
        perfunctory=perfunctory,
        blanks=blanks,
        progress=progress,
    )
    return read_responses(made, form)


def submissions(
    form: Form,
    n: int,
    *,
    seed: int = 1,
    answers: Mapping[str, Any] | None = None,
    period: tuple[date, date] = PERIOD,
    visitors: int | None = None,
    perfunctory: float = 0.15,
    blanks: float = 0.03,
    progress: Callable[[int], object] | None = None,
) -> list[bytes]:
    r"""The same as submission XML, one a visit, each marked synthetic in its root element and by its device and user.

    >>> from liuwen.form import read_form
    >>> form = read_form(b"| survey |\n| | type | name | label | constraint |\n| | integer | wells | Wells? | . > 4 and . < 6 |")
    >>> b"<wells>5</wells>" in submissions(form, 1)[0]
    True
    """
    plan = Plan(seed, n, *period, visitors or max(1, round(n / 40)), perfunctory, blanks)
    job = Job(form.to_xform(), dict(form.media), plan, dict(answers or {}))
    made: list[bytes] = []
    while len(made) < n:
        batch = engine().call(fill, job, len(made), min(_BATCH, n - len(made)), timeout=120)
        made += [marked(xml) for xml in batch]
        if progress:
            progress(len(made))
    return made


def marked(xml: bytes) -> bytes:
    """The submission with `synthetic="true"`, in a namespace of liuwen's own, on its root element."""
    declaration, found, rest = xml.partition(b"?>")
    head, body = (declaration + found, rest) if found else (b"", xml)
    name, space, attributes = body.partition(b" ")
    return head + name + f' xmlns:sim="{SYNTHETIC_NAMESPACE}" sim:synthetic="true"'.encode() + space + attributes
