"""One matter as the fold carries it from step to step."""

from liuwen.campaign.schema import LedgerRule


class Matter:
    """The state of a matter: changed by each step that is taken, read when the table is made.

    Days are numbers. `applicants` are households in order of joining; `answered` holds what each said of the answer ("" where
    not asked); `anonymous` counts those who cannot be answered.
    """

    __slots__ = (
        "anonymous",
        "answered",
        "applicants",
        "broken",
        "closed",
        "days_at",
        "deadline",
        "ended",
        "ended_as",
        "entered",
        "exceptions",
        "finished",
        "first_deadline",
        "first_visitor",
        "handler",
        "id",
        "joined",
        "joined_to",
        "last_note",
        "last_step",
        "late",
        "promised",
        "raised",
        "refusals",
        "round",
        "since",
        "state",
        "strikes",
        "taken",
        "tier",
        "tier_since",
        "title",
        "topic",
        "updated",
        "village",
        "waiting_since",
    )

    def __init__(self, id: str, day: int, tiers: int) -> None:
        self.id = id
        self.raised = self.updated = self.since = day
        self.tier = 0
        self.tier_since: int | None = None
        self.days_at = [0] * tiers
        self.round = 1
        self.state = ""
        self.village = self.title = self.topic = self.first_visitor = self.handler = self.last_note = self.last_step = ""
        self.entered = False
        self.applicants: list[str] = []
        self.answered: dict[str, str] = {}
        self.anonymous = 0
        self.joined: list[str] = []
        self.joined_to = ""
        self.deadline: int | None = None
        self.first_deadline: int | None = None
        self.promised: int | None = None
        self.broken = False
        self.finished = False
        self.ended: int | None = None
        self.ended_as = ""
        self.closed: int | None = None
        self.strikes: list[tuple[int, str]] = []
        self.waiting_since: int | None = None
        self.refusals = self.exceptions = self.late = 0
        self.taken: dict[str, int] = {}

    @property
    def awaiting(self) -> list[str]:
        """The applicants who have no answer yet."""
        return [one for one in self.applicants if one not in self.answered]

    def stop_clock(self, day: int) -> None:
        """The tier has handed the matter on, or is done with it."""
        if self.tier_since is not None:
            self.days_at[self.tier] += day - self.tier_since
            self.tier_since = None

    def set_deadline(self, day: int, deadline: int) -> None:
        """A new deadline from `day` on; one that had passed before it was moved is a promise broken."""
        if self.deadline is not None and not self.finished and day > self.deadline:
            self.broken = True
        self.deadline = deadline

    def close(self, day: int) -> None:
        """Strike it off."""
        self.state = "closed"
        self.closed = day
        self.strikes.append((day, self.ended_as))


def promise_kept(matter: Matter, on: int, rule: LedgerRule) -> str:
    """`yes`, `no`, or "" while it may still be kept, or where nothing is promised any more."""
    if matter.state in rule.ends:
        return ""
    if matter.broken:
        return "no"
    if matter.ended is not None:
        return "yes"
    deadlines = [day for day in (matter.promised, matter.deadline) if day is not None]
    return "no" if any(on > day for day in deadlines) else ""
