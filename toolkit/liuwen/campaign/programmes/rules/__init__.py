"""What must hold between the parts of a programme; one file a subject, each a function from the programme to its faults."""

from collections.abc import Callable, Iterable

from liuwen.campaign.faults import Path
from liuwen.campaign.programmes.rules.appraisals import weights_sum_to_one
from liuwen.campaign.programmes.rules.boards import columns_are_known
from liuwen.campaign.programmes.rules.classes import classes_have_receivers
from liuwen.campaign.programmes.rules.days import days_exist
from liuwen.campaign.programmes.rules.duties import duties_are_complete
from liuwen.campaign.programmes.rules.events import events_have_forms
from liuwen.campaign.programmes.rules.names import everything_is_named
from liuwen.campaign.programmes.rules.ranks import ranks_are_known
from liuwen.campaign.programmes.rules.rosters import slots_can_match
from liuwen.campaign.programmes.rules.states import states_are_reached_and_left
from liuwen.campaign.programmes.rules.steps import steps_can_be_taken
from liuwen.campaign.programmes.rules.tiers import tiers_have_offices
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

Found = Iterable[tuple[Path, Sentence]]
RULES: tuple[Callable[[Programme], Found], ...] = (
    everything_is_named,
    days_exist,
    ranks_are_known,
    events_have_forms,
    duties_are_complete,
    tiers_have_offices,
    classes_have_receivers,
    steps_can_be_taken,
    states_are_reached_and_left,
    slots_can_match,
    columns_are_known,
    weights_sum_to_one,
)


def broken_rules(programme: Programme) -> list[tuple[Path, Sentence]]:
    """Every fault that any rule finds, in the order of the rules: where it stands, and what to say."""
    return [found for rule in RULES for found in rule(programme)]
