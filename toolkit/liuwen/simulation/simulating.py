"""Synthetic respondents: a form filled in again and again by the phone's own engine."""

import warnings
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, TypeVar, Unpack, overload

from liuwen.engine import engine
from liuwen.engine.interviewing import NO_QUESTION
from liuwen.errors import AnswerError, LiuwenWarning
from liuwen.form.model import Form
from liuwen.form.reading import FormLike, as_form
from liuwen.logic.days import PERIOD
from liuwen.messages import Sentence
from liuwen.simulation.filling import Filled, Job, fill, prepare_to_fill
from liuwen.simulation.profiles import profiles_of
from liuwen.simulation.visits import VisitPlan

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.responses import Responses

WENT_ROUND = Sentence(
    zh="有 {count} 道必答题没有填上，答卷里空着：{reasons}",
    en="Required questions that were left blank: {count}. {reasons}",
)
SYNTHETIC_NAMESPACE = "https://liuwen.invalid/simulate"
_BATCH = 20
_FEW = 500
"""How many interviews are too little work for Java to compile well what it runs: 150 take two thirds of the processor time
without."""


class Settings(TypedDict, total=False):
    """How interviews are made up.

    Attributes:
        seed: The seed of everything random; 1 by default.
        answers: Fixes the answers of questions, by name: a value, a distribution (value → weight), or a function
            `(answers so far, random.Random) -> value`.
        villages: Profiles of the villages as `made_up_town` returns them: larger villages are visited more, poorer ones
            have more hardship. Without them, villages differ at random.
        period: The first and the last day of the visits; March to May 2025 by default.
        visitors: The number of visitors; by default one for forty interviews.
        perfunctory: The share of visitors who hurry (and leave out members of the household, tick *none*, find everything good
            and never choose *other*), answer every scale alike or copy an earlier interview; 0.15 by default.
        made_up_people: Whether the interview and the second visit are answered by the households of
            `liuwen.questionnaires.made_up_people`, whose sizes, ages, work and incomes come near the country's; true by default.
            What `answers` names goes before them, and no other form has them.
        blanks: The share of optional questions left unanswered; 0.03 by default.
        progress: Called with the number of interviews so far.
    """

    seed: int
    answers: Mapping[str, Any]
    villages: "pd.DataFrame | None"
    period: tuple[date, date]
    visitors: int
    perfunctory: float
    made_up_people: bool
    blanks: float
    progress: Callable[[int], object]


class PlaysYears(Protocol):
    """What has a year that can be made up: a campaign."""

    def made_up_year(self, visits: int, *, seed: int = 1, perfunctory: float = 0.15) -> Any:
        """Itself with a year of visits and everything else."""


AnyCampaign = TypeVar("AnyCampaign", bound=PlaysYears)


@overload
def simulate(form: FormLike, n: int, **settings: Unpack[Settings]) -> "Responses": ...


@overload
def simulate(form: AnyCampaign, n: int, *, seed: int = 1, perfunctory: float = 0.15) -> AnyCampaign: ...


def simulate(form: Any, n: int, **settings: Any) -> Any:
    r"""Make up interviews and load them, or make up the year of a campaign.

    Each interview is filled in by JavaRosa, so relevance, constraints and choice filters hold. The same arguments give
    the same interviews, instance IDs included. The answers of a village and of a household are correlated (see
    `liuwen.simulation.leanings`). Of a campaign, `Campaign.made_up_year` writes registers and events.

    Args:
        form: The form, or the path of one; or a campaign.
        n: The number of interviews; of a campaign, of forms of visits in the year.
        **settings: How they are made up: `seed`, `answers`, `villages`, `period`, `visitors`, `perfunctory`,
            `made_up_people`, `blanks`, `progress`; see `liuwen.simulation.simulating.Settings`. Of a campaign, `seed` and
            `perfunctory` (the share of people who are careless).

    Returns:
        The answers, with `synthetic` true; or the campaign with a made-up year.

    Raises:
        AnswerError: If a settled answer is refused, `answers` names a question that the form does not ask, or no question
            can be answered at all. A required question to which no valid answer is found is left blank, and a `LiuwenWarning`
            says which and why.

    Example:
        >>> from liuwen.form import read_form
        >>> header = b"| survey |\n| | type | name | label | constraint |\n"
        >>> form = read_form(header + b"| | integer | wells | Wells? | . > 4 and . < 6 |")
        >>> simulate(form, 3, blanks=0).table["wells"].tolist()
        [5, 5, 5]
    """
    if hasattr(form, "made_up_year"):
        return form.made_up_year(n, **settings)
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
    r"""Make up interviews as submission XML, marked as synthetic in the root element and by device and user.

    Args:
        form: The form, or the path of one.
        n: The number of interviews.
        **settings: How they are made up; see `simulate`.

    Returns:
        The XML of each submission.

    Example:
        >>> from liuwen.form import read_form
        >>> header = b"| survey |\n| | type | name | label | constraint |\n"
        >>> form = read_form(header + b"| | integer | wells | Wells? | . > 4 and . < 6 |")
        >>> b"<wells>5</wells>" in submissions(form, 1)[0]
        True
    """
    return [each.xml for each in filled(form, n, **settings)]


def filled(form: FormLike, n: int, **settings: Unpack[Settings]) -> list[Filled]:
    """Make up interviews, with the files that belong to them.

    Args:
        form: The form, or the path of one.
        n: The number of interviews.
        **settings: How they are made up; see `simulate`.

    Returns:
        The XML, the attachments and the time of each submission.
    """
    engine().start_early(prepare_to_fill, brief=n <= _FEW)  # Java starts while the form is read and converted
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
    usual = _usual(form, settings.get("villages")) if settings.get("made_up_people", True) else {}
    job = Job(form.to_xform(), dict(form.media), plan, settled(form, settings.get("answers")), usual)
    progress = settings.get("progress")
    made: list[Filled] = []
    while len(made) < n:
        batch = engine().call(fill, job, len(made), min(_BATCH, n - len(made)), timeout=120)
        made += [each._replace(xml=marked(each.xml)) for each in batch]
        if progress:
            progress(len(made))
    _tell_of_unsolved(made)
    return made


def _tell_of_unsolved(made: list[Filled]) -> None:
    """Warn of the questions that had to be left out; where nothing was answered at all, that is an error."""
    unsolved = {path: reason for each in made for path, reason in each.unsolved.items()}
    if not unsolved:
        return
    if not any(each.answered for each in made):
        raise AnswerError(next(iter(unsolved.values())))
    reasons = Sentence(zh="".join(each.zh for each in unsolved.values()), en=" ".join(each.en for each in unsolved.values()))
    warnings.warn(LiuwenWarning(WENT_ROUND.filled(count=len(unsolved), reasons=reasons)), stacklevel=3)


def settled(form: Form, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """The answers that are settled beforehand; raises `AnswerError` for one that the form does not ask for."""
    asked = {element.name for element in form.questions if element.is_asked}
    asked |= {f"{element.name}_other" for element in form.questions if element.or_other}
    for name in answers or ():
        if name not in asked:
            raise AnswerError(NO_QUESTION.filled(name=name))
    return dict(answers or {})


def _usual(form: Form, villages: "pd.DataFrame | None") -> dict[str, Any]:
    from liuwen.questionnaires.made_up_people import FORMS, made_up_people

    if form.id not in FORMS:
        return {}
    asked = {element.name for element in form.questions if element.is_asked}
    return {name: rule for name, rule in made_up_people(villages).items() if name in asked}


def _opened(attachments: Mapping[str, bytes], name: str) -> BytesIO | None:
    return BytesIO(attachments[name]) if name in attachments else None


def marked(xml: bytes) -> bytes:
    """The submission with `synthetic="true"`, in a namespace of liuwen's own, on its root element."""
    declaration, found, rest = xml.partition(b"?>")
    head, body = (declaration + found, rest) if found else (b"", xml)
    name, space, attributes = body.partition(b" ")
    return head + name + f' xmlns:sim="{SYNTHETIC_NAMESPACE}" sim:synthetic="true"'.encode() + space + attributes
