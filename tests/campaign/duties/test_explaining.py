"""Why a duty stands as it does."""

import pandas as pd
import pytest

import liuwen as lw
from liuwen.errors import CampaignError

POSTS = pd.DataFrame({"person": ["Wu"], "rank": ["staff"], "place": ["V1"], "to": ["2026-06-30"]})
VISIT = pd.DataFrame(
    {
        "event": ["v1", "v2", "v3", "v4", "v5", "v6", "v7"],
        "on": ["2026-04-02", "2026-04-02", "2026-04-03", "2026-04-04", "2026-03-01", "2026-07-01", "2026-06-01"],
        "by": "Wu",
        "household": ["H1", "H1", "H1", "H2", "H3", "H3", "H3"],
        "mode": ["home", "home", "home", "phone", "home", "home", "home"],
        "outcome": "interviewed",
    }
)
TOWN = lw.read_campaign("hubin", 2026, registers={"posts": POSTS}, events={"visit": VISIT})


def test_every_event_has_its_one_reason() -> None:
    """Doubles, calls, the same household again, before the programme, after the post, after the day."""
    told = TOWN.duties("2026-05-31").explain("household_visits", "Wu").set_index("event")
    assert told["why"].to_dict() == {
        "v5": "outside_the_period",
        "v1": "",
        "v2": "same_day_double",
        "v3": "household_counted_already",
        "v4": "phone",
        "v7": "after_that_day",
        "v6": "no_post_on_that_day",
    }
    assert told.loc["v4", "zh"] == "是电话，不算走访。"
    assert told.loc["v4", "en"] == "It was a telephone call and does not count as a visit."


def test_the_figures_beside_count_what_was_tried() -> None:
    """Calls and doubles have their own columns."""
    row = TOWN.duties("2026-12-31", duty="household_visits").iloc[0]
    assert (row["done"], row["calls"], row["doubles"], row["attempts"]) == (2, 1, 1, 0)


@pytest.mark.parametrize(("duty", "who", "said"), [("visits", "Wu", "no duty"), ("household_visits", "Wo", "Known: Wu")])
def test_unknown_people_and_duties_get_a_suggestion(duty: str, who: str, said: str) -> None:
    """The error is one sentence with the closest names."""
    with pytest.raises(CampaignError) as caught:
        TOWN.duties("2026-12-31").explain(duty, who)
    assert said in caught.value.sentence.en
