"""A submission that stands twice in an export counts once, with the rows of its repeats; headers with any separator are known."""

from collections.abc import Callable

import pandas as pd
import pytest

from liuwen.form.model import Form
from liuwen.responses import MAIN, Responses, read_responses


def doubled(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The first submission and its members once more, under indices of their own, as an exporter numbers its rows."""
    main, member, illness = (frames[name] for name in (MAIN, "member", "illness"))
    members = member[member["_parent_index"] == 1]
    illnesses = illness[illness["_parent_index"].isin(members["_index"])]
    again = main.head(1).assign(_index=9)
    moved = members.assign(_parent_index=9, _index=members["_index"] + 90)
    below = illnesses.assign(_parent_index=illnesses["_parent_index"] + 90, _index=illnesses["_index"] + 90)
    return {
        MAIN: pd.concat([main, again], ignore_index=True),
        "member": pd.concat([member, moved], ignore_index=True),
        "illness": pd.concat([illness, below], ignore_index=True),
    }


def test_a_doubled_submission_does_not_double_its_repeats(
    exported: Callable[..., dict[str, pd.DataFrame]], visit: Form, visits: Responses
) -> None:
    """Members that hang on the row left out are left out too, and what hangs on them."""
    frames = exported()
    told, once = read_responses(doubled(frames), visit), read_responses(frames, visit)
    assert told.counts["again"] == 1
    for name in (MAIN, "member", "illness"):
        pd.testing.assert_frame_equal(told[name], once[name])
    assert len(told["member"]) == len(visits["member"])


def test_members_with_a_shifted_index_stay_with_the_id_of_their_submission(
    exported: Callable[..., dict[str, pd.DataFrame]], visit: Form, visits: Responses
) -> None:
    """Their index is that of the row that came twice; their ID is of another submission, and counts."""
    frames = exported()
    told = read_responses(
        {
            **frames,
            MAIN: pd.concat([frames[MAIN], frames[MAIN].head(1).assign(_index=9)], ignore_index=True),
            "member": frames["member"].assign(
                _parent_index=frames["member"]["_parent_index"].where(frames["member"]["_parent_index"] == 1, 9)
            ),
        },
        visit,
    )
    assert len(told["member"]) == len(visits["member"])


@pytest.mark.parametrize("separator", [": ", " : ", "; ", ", ", ". ", " · ", " → ", "：", "、"])
def test_groups_and_choices_stand_after_any_separator(
    exported: Callable[..., dict[str, pd.DataFrame]], visit: Form, separator: str
) -> None:
    """As people choose it when they export."""
    told = read_responses(exported(groups=separator, split=separator, language="zh"), visit)
    once = read_responses(exported(language="zh"), visit)
    for name in once.tables:
        pd.testing.assert_frame_equal(told[name], once[name])
    assert told.unknown.empty


def test_a_column_without_a_heading_is_reported_as_such(exported: Callable[..., dict[str, pd.DataFrame]], visit: Form) -> None:
    """Its note shows that the name is empty."""
    frames = exported()
    told = read_responses({**frames, MAIN: frames[MAIN].assign(**{"": "x"})}, visit)
    assert any("“”" in note.en and "3" in note.en for note in told.notes)
