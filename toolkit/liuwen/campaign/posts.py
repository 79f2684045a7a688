"""Who holds which post where on a day, and who is responsible for a village's matters."""

from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

from liuwen.campaign.registers import Registers


class Post(NamedTuple):
    """One row of the register of posts; days are numbers, both ends included."""

    begins: int
    ends: int
    person: str
    rank: str
    place: str
    in_charge: bool


class Posts:
    """The register of posts, to be asked many times; answers are kept.

    Without a register of posts nobody is refused: whoever made a step was allowed to.
    """

    def __init__(self, registers: Registers, successor_ranks: tuple[str, ...] = ()) -> None:
        self.given = registers.has("posts")
        self._successor_ranks = successor_ranks
        self._of_person: dict[str, list[Post]] = defaultdict(list)
        self._at_place: dict[str, list[Post]] = defaultdict(list)
        for post in _posts(registers):
            self._of_person[post.person].append(post)
            self._at_place[post.place].append(post)
        places = registers.table("places")
        self._leader: dict[str, str] = dict(zip(places["place"], places["leader"], strict=True))
        self._within: dict[str, str] = dict(zip(places["place"], places["within"], strict=True))
        self._turns = {
            place: sorted({day for post in posts for day in (post.begins, post.ends + 1)})
            for place, posts in self._at_place.items()
        }
        self._responsible: dict[tuple[str, str, int], str] = {}
        self._above: dict[str, frozenset[str]] = {}

    def holds(self, person: str, ranks: tuple[str, ...], day: int, village: str) -> bool:
        """Whether `person` holds one of `ranks` that day: in the village, in a place above it, or in no place by name."""
        if not self.given:
            return True
        near = self._places_above(village)
        return any(
            post.begins <= day <= post.ends and post.rank in ranks and (not near or not post.place or post.place in near)
            for post in self._of_person.get(person, ())
        )

    def ranks_of(self, person: str, day: int) -> frozenset[str]:
        """The ranks that `person` holds anywhere that day."""
        return frozenset(post.rank for post in self._of_person.get(person, ()) if post.begins <= day <= post.ends)

    def posted(self, person: str, village: str, day: int) -> bool:
        """Whether `person` holds any post in the village that day."""
        return any(post.begins <= day <= post.ends and post.place == village for post in self._of_person.get(person, ()))

    def responsible(self, village: str, first_visitor: str, day: int) -> str:
        """Who answers for a matter of the village that day, "" for nobody.

        The first visitor while posted there; else who is in charge; else by successor ranks; else anybody posted there; else
        the leader of the place.
        """
        if not self.given:
            return first_visitor
        turn = bisect_right(self._turns.get(village, ()), day)  # between two turns the same people hold the village's posts
        asked = (village, first_visitor, turn)
        if asked not in self._responsible:
            self._responsible[asked] = self._found(village, first_visitor, day)
        return self._responsible[asked]

    def _found(self, village: str, first_visitor: str, day: int) -> str:
        there = [post for post in self._at_place.get(village, ()) if village and post.begins <= day <= post.ends]
        if any(post.person == first_visitor for post in there):
            return first_visitor
        charged = min((post.person for post in there if post.in_charge), default="")
        if charged:
            return charged
        for rank in self._successor_ranks:
            if people := [post.person for post in there if post.rank == rank]:
                return min(people)
        return min((post.person for post in there), default=self._leader.get(village, ""))

    def _places_above(self, village: str) -> frozenset[str]:
        """The village and every place that it lies within; empty where the register of places does not know it."""
        if village not in self._above:
            found: list[str] = []
            at = village
            while at in self._within and at not in found:
                found.append(at)
                at = self._within[at]
            if found and at and at not in found:
                found.append(at)
            self._above[village] = frozenset(found)
        return self._above[village]


def _posts(registers: Registers) -> list[Post]:
    rows = registers.table("posts")
    columns = [rows[name].tolist() for name in ("from", "to", "person", "rank", "place", "in_charge")]
    return sorted(map(Post._make, zip(*columns, strict=True)))
