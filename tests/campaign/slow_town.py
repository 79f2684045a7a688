"""A slow fold written straight from the rules: it shares nothing with the package but the working days of the State Council.

It knows no TOML, no tables and no order of its own; it looks for the next step among all that are left, and keeps each matter
in a dict.
"""

from datetime import date, timedelta

import holidays

CHINA = holidays.country_holidays("CN", years=[2025, 2026, 2027])
DAY = timedelta(days=1)
TIERS = [("village", 15, ()), ("town", 30, ("town_office",)), ("county", 60, ("county_office",))]
STEPS = "settle raise sort apply accept refuse note extend done explain answer withdraw duplicate reopen void".split()
CLASSES = ("conduct", "difficulty", "shortfall", "suggestion")
FROM = {
    "sort": "open applied done explained",
    "apply": "open",
    "accept": "applied",
    "refuse": "applied",
    "note": "open applied",
    "extend": "open",
    "done": "open applied",
    "explain": "open applied",
    "answer": "done explained closed",
    "withdraw": "open applied",
    "duplicate": "open applied",
    "reopen": "done explained closed withdrawn settled",
}
WHO = {
    "sort": ["desk"],
    "apply": ["responsible"],
    "accept": ["next_tier"],
    "refuse": ["next_tier"],
    "note": ["responsible", "handler"],
    "extend": ["responsible"],
    "done": ["responsible", "handler"],
    "explain": ["responsible", "handler"],
    "answer": ["responsible", "handler", "desk"],
    "withdraw": ["responsible"],
    "duplicate": ["responsible", "desk"],
    "void": ["desk"],
}
NEEDS = {
    "settle": ["note"],
    "raise": ["title", "village"],
    "sort": ["class"],
    "apply": ["reason"],
    "accept": ["deadline"],
    "refuse": ["reason"],
    "note": ["note"],
    "extend": ["deadline", "reason"],
    "done": ["note"],
    "explain": ["reason"],
    "answer": ["applicant"],
    "withdraw": ["reason"],
    "duplicate": ["of"],
    "reopen": ["reason"],
    "void": ["undoes", "reason"],
}


def rolled(day: date) -> date:
    while not CHINA.is_working_day(day):
        day += DAY
    return day


def list_day(day: date) -> date:
    while day.day != 30 and not (day.day < 30 and (day + DAY).month != day.month):
        day += DAY
    return day


class Town:
    """The slow fold of one town."""

    def __init__(self, steps: list[dict], posts: list[dict], on: date, known: date) -> None:
        self.posts = [post for post in posts if post["from"] <= known]
        self.on = on
        self.seen = [step for step in steps if step["known"] <= known and step["on"] <= step["known"]]
        replaced = {step["replaces"] for step in self.seen} - {""}
        self.seen = [step for step in self.seen if step["event"] not in replaced]
        self.matters: dict[str, dict] = {}
        self.why: dict[str, str] = {}

    def holds(self, person: str, ranks: tuple, day: date, village: str | None = None) -> bool:
        return any(
            post["person"] == person and post["rank"] in ranks and post["from"] <= day <= post["to"]
            for post in self.posts
            if village is None or post["place"] == village
        )

    def responsible(self, matter: dict, day: date) -> str:
        village = matter["village"] or "nowhere"
        there = [post for post in self.posts if post["place"] == village and post["from"] <= day <= post["to"]]
        people = sorted(post["person"] for post in there)
        if matter["first"] in people:
            return matter["first"]
        charged = sorted(post["person"] for post in there if post["in_charge"])
        staff = sorted(post["person"] for post in there if post["rank"] == "staff")
        return (charged or staff or people or [""])[0]

    def effective(self) -> None:
        by_event = {step["event"]: step for step in self.seen}
        for step in self.seen:
            step["late"] = (step["known"] - step["on"]).days > 7
            moved = step["late"] and step["step"] not in ("raise", "settle", "answer")
            step["day"] = step["known"] if moved else step["on"]
        for _ in self.seen:
            for step in self.seen:
                before = by_event.get(step["after"])
                if before is not None and before["matter"] == step["matter"]:
                    step["day"] = max(step["day"], before["day"])

    def voids(self) -> set[str]:
        """The events that the desk has taken back; a void that may not be made is refused."""
        gone = set()
        for step in self.seen:
            if step["step"] == "void":
                found = [one for one in self.seen if one["event"] == step["undoes"] and one["matter"] == step["matter"]]
                why = self.missing(step)
                if not why and not found:
                    why = "no_such_step_to_void"
                if not why and found[0]["step"] in ("raise", "settle"):
                    why = "bears_the_matter"
                if not why and found[0]["step"] == "void":
                    why = "void_of_a_void"
                if not why and not self.holds(step["by"], ("desk",), step["day"]):
                    why = "not_desk"
                step["void_why"] = why
                if not why:
                    gone.add(step["undoes"])
        return gone

    def missing(self, step: dict) -> str:
        for need in NEEDS[step["step"]]:
            if not step["household" if need == "applicant" else need]:
                return f"without_{need}"
        if step["class"] and step["class"] not in CLASSES and step["step"] not in ("raise", "settle"):
            return "no_such_class"
        return ""

    def run(self) -> "Town":
        self.effective()
        gone = self.voids()
        left = [step for step in self.seen if step["day"] <= self.on and step["event"] not in gone]
        while left:
            waiting = {step["event"] for step in left}
            free = [step for step in left if step["after"] not in waiting - {step["event"]}] or left
            step = min(
                free,
                key=lambda one: (one["day"], STEPS.index(one["step"]) > 1, one["end"], STEPS.index(one["step"]), one["event"]),
            )
            left.remove(step)
            self.why[step["event"]] = self.take(step)
        for matter in self.matters.values():
            self.close_unnamed(matter, self.on + DAY)
        return self

    def close_unnamed(self, matter: dict, before: date) -> None:
        waits = [one for one in matter["applicants"] if one not in matter["answered"]]
        if matter["state"] in ("done", "explained") and not waits and list_day(matter["since"]) < before:
            self.close(matter)

    def close(self, matter: dict) -> None:
        matter["state"] = "closed"
        matter["strikes"] += 1

    def take(self, step: dict) -> str:
        name, day = step["step"], step["day"]
        matter = self.matters.get(step["matter"])
        if name == "void":
            why = step["void_why"] if matter else "not_raised_yet"
        elif name in ("raise", "settle"):
            if matter is not None:
                why = "already_raised"
            else:
                why = self.missing(step)
                if why:
                    return why
                matter = self.born(step)
        elif matter is None:
            return "not_raised_yet"
        else:
            self.close_unnamed(matter, day)
            if name == "duplicate" and step["of"] in self.matters:
                self.close_unnamed(self.matters[step["of"]], day)
            why = self.guard(step, matter)
            if not why:
                self.change(step, matter)
        if matter is not None and why:
            matter["exceptions"] += 1
        return why

    def born(self, step: dict) -> dict:
        households = step["household"].split()
        matter = {
            "state": "settled" if step["step"] == "settle" else "open",
            "village": step["village"],
            "first": step["by"],
            "class": step["class"] if step["class"] in CLASSES else "",
            "applicants": list(households),
            "unnamed": 0 if households else 1,
            "answered": set(),
            "tier": 0,
            "handler": "",
            "round": 1,
            "refusals": 0,
            "exceptions": 0,
            "extended": 0,
            "joined": 0,
            "entered": False,
            "since": step["day"],
            "broken": False,
            "ended": None,
            "deadline": None,
            "strikes": 0,
            "title": step["title"],
        }
        if step["step"] == "raise":
            self.enter(step, matter)
        self.matters[step["matter"]] = matter
        return matter

    def enter(self, step: dict, matter: dict) -> None:
        matter["entered"] = True
        matter["deadline"] = matter["promised"] = self.due(step, matter)

    def due(self, step: dict, matter: dict) -> date:
        return rolled(step["deadline"] or step["day"] + timedelta(days=TIERS[matter["tier"]][1]))

    def may(self, step: dict, matter: dict) -> bool:
        by, day = step["by"], step["day"]
        office = TIERS[matter["tier"] + 1][2] if matter["tier"] < 2 else ()
        able = {
            "responsible": by == self.responsible(matter, day),
            "handler": by == matter["handler"],
            "desk": self.holds(by, ("desk",), day),
            "next_tier": self.holds(by, office, day),
        }
        return bool(by) and any(able[word] for word in WHO[step["step"]])

    def guard(self, step: dict, matter: dict) -> str:  # noqa: PLR0911 -- one line a guard
        name = step["step"]
        if matter["state"] not in FROM[name].split():
            return f"not_from_{matter['state']}"
        if name in WHO and not self.may(step, matter):
            return "not_" + "_or_".join(WHO[name])
        if self.missing(step):
            return self.missing(step)
        if name == "extend" and matter["extended"] >= 1:
            return "too_many_times"
        if name == "extend" and step["day"] > matter["deadline"]:
            return "after_the_deadline"
        if name in ("apply", "accept") and matter["tier"] == 2:
            return "no_higher_tier"
        if name == "answer" and step["household"] not in matter["applicants"]:
            return "not_an_applicant"
        if name in ("withdraw", "duplicate") and matter["joined"]:
            return "has_joined_applicants"
        return self.target(step) if name == "duplicate" else ""

    def target(self, step: dict) -> str:
        other = self.matters.get(step["of"])
        if step["of"] == step["matter"]:
            return "into_itself"
        if other is None:
            return "no_such_matter"
        return {"duplicate": "into_a_duplicate", "withdrawn": "into_a_finished_one", "settled": "into_a_finished_one"}.get(
            other["state"], ""
        )

    def change(self, step: dict, matter: dict) -> None:  # noqa: PLR0912 -- one branch a step
        name, day = step["step"], step["day"]
        if name == "sort":
            matter["class"] = step["class"]
        if name in ("accept", "extend"):
            matter["broken"] = matter["broken"] or day > matter["deadline"]
            if name == "accept":
                matter["tier"] += 1
                matter["handler"] = step["by"]
            else:
                matter["extended"] += 1
            matter["deadline"] = self.due(step, matter)
        if name == "refuse":
            matter["refusals"] += 1
        if name in ("done", "explain"):
            matter["broken"] = matter["broken"] or day > matter["promised"] or day > matter["deadline"]
            matter["ended"] = "done" if name == "done" else "explained"
        if name == "reopen":
            matter.update(round=matter["round"] + 1, answered=set(), ended=None, extended=0)
            if matter["entered"]:
                matter["deadline"] = matter["promised"] = self.due(step, matter)
            else:
                self.enter(step, matter)
        if name == "duplicate":
            self.join(step, matter)
        goes = {"apply": "applied", "explain": "explained", "withdraw": "withdrawn", "done": "done", "duplicate": "duplicate"}
        if name in goes or name in ("accept", "refuse", "reopen"):
            matter["state"], matter["since"] = goes.get(name, "open"), day
        if name == "answer":
            matter["answered"].add(step["household"])
            waits = [one for one in matter["applicants"] if one not in matter["answered"]]
            if matter["state"] in ("done", "explained") and not waits:
                matter["since"] = max(matter["since"], day)
                if not matter["unnamed"]:
                    self.close(matter)

    def join(self, step: dict, matter: dict) -> None:
        other = self.matters[step["of"]]
        new = [one for one in matter["applicants"] if one not in other["applicants"]]
        other["applicants"] += new
        other["unnamed"] += matter["unnamed"]
        other["joined"] += 1
        if other["state"] == "closed" and (new or matter["unnamed"]):
            other["state"], other["since"] = other["ended"], step["day"]

    def promise(self, matter: dict) -> str:
        if matter["state"] in ("withdrawn", "duplicate"):
            return ""
        if matter["broken"]:
            return "no"
        if matter["ended"]:
            return "yes"
        return "no" if self.on > matter["promised"] or self.on > matter["deadline"] else ""
