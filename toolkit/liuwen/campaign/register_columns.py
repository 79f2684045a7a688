"""The registers: their columns, and which of them a row must have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterShape:
    """A register's columns: those a row needs, those it may have, and those that hold days or yes and no."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    days: tuple[str, ...] = ("from", "to")
    yes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column, `known` last."""
        return (*self.needs, *self.may, *self.yes, *self.days, "known")


SHAPES = {
    "people": RegisterShape(("person",), ("label", "unit", "phone_on_card", "collector")),
    "posts": RegisterShape(("person", "rank"), ("place", "unit"), yes=("in_charge",)),
    "leave": RegisterShape(("person", "from"), ("why",), days=("from", "to")),
    "places": RegisterShape(("place",), ("level", "within", "leader", "label")),
    "households": RegisterShape(("household",), ("village", "origin", "into")),
    "membership": RegisterShape(("household", "group")),
    "subjects": RegisterShape(("subject",), ("kind", "village"), days=("hardship_from", "hardship_to", "from", "to")),
    "pairs": RegisterShape(("person", "subject"), ("rule", "why_ended")),
    "units": RegisterShape(("unit",), ("level", "paired_village")),
    "enterprises": RegisterShape(("enterprise",), ("label", "kind")),
    "rosters": RegisterShape(("roster", "place", "person", "day"), ("instead_of",), days=("day",)),
}
"""The registers by name."""
