"""Which places' matters each collector's phone gets: those of the posts that the person holds on the day."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.store import Store


def collector_places(campaign: "Campaign", names: "tuple[str, ...]", on: int) -> dict[str, frozenset[str] | None]:
    """The places of each collector.

    Args:
        campaign: The campaign, with its registers of people and posts.
        names: The collectors' names.
        on: The day, as a number.

    Returns:
        Name to place codes: those of the person's posts on that day; None (everything) for a post of no place, as the town's
        desk has; the empty set for an account that is nobody's. Without a register of posts everybody sees everything.
    """
    registers = campaign.registers()
    if not registers.has("posts"):
        return dict.fromkeys(names)
    people = registers.table("people")
    person_of = {name: person for person, name in zip(people["person"], people["collector"], strict=True) if name}
    posts = registers.table("posts")
    held = posts[(posts["from"] <= on) & (posts["to"] >= on)]
    places = held.groupby("person")["place"].agg(set).to_dict()
    return {name: _places(places.get(person_of.get(name, name), set())) for name in names}


def _places(codes: set[str]) -> frozenset[str] | None:
    return None if "" in codes else frozenset(codes)


def settle_places(campaign: "Campaign", store: "Store", on: int) -> None:
    """Let each collector of a store see the matters of its own posts alone; only what changed is written."""
    collectors = store.collectors()
    wanted = collector_places(campaign, tuple(one.name for one in collectors), on)
    for one in collectors:
        if one.places != wanted[one.name]:
            store.set_places(one.name, wanted[one.name])
