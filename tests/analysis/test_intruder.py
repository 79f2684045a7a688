"""An intruder with an integer solver reads everything that is shown of a town, and cannot tell any count of 1 to 4."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("intruder", Path(__file__).parent / "intruder.py")
towns = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(towns)


@pytest.fixture(scope="module")
def asking():
    return towns.form()


@pytest.mark.parametrize("seed", [4])
def test_nobody_is_recovered_from_all_that_is_shown(seed, asking, tmp_path):
    """A small town: three place levels, two kinds, a follow-up, answers that stand alone; benchmarks/protection.py tries ten."""
    answers = towns.town(seed, towns=2, most=3).assign(wave=0)
    intruder = towns.Intruder(answers)
    for shown in towns.shown_tables(towns.collected(asking, answers, tmp_path)):
        intruder.read(*shown)
    assert intruder.recovered() == []


def test_nobody_is_recovered_from_a_section_kept_apart(tmp_path):
    """What its tables by village and town, and the whole, show together; here a follow-up would tell what its leader hides."""
    answers = towns.town(33, towns=2, most=4).assign(wave=0)
    intruder = towns.Intruder(answers)
    for shown in towns.shown_tables(towns.collected(towns.form(apart=True), answers, tmp_path), kinds=()):
        intruder.read(*shown)
    assert intruder.recovered() == []


@pytest.mark.slow
@pytest.mark.parametrize("protection", ["suppress", "cell_key"])
def test_nobody_is_recovered_from_two_releases(protection, asking, tmp_path):
    """A third more households in the second release; neither a count, nor one of those who came."""
    releases, answers = towns.two_releases(asking, towns.town(2, towns=2, most=3), tmp_path)
    intruder = towns.Intruder(answers)
    read = intruder.read if protection == "suppress" else intruder.read_changed
    for number, responses in enumerate(releases):
        for shown in towns.shown_tables(responses, protection=protection):
            read(*shown, waves=tuple(range(number + 1)))
    assert intruder.recovered() == []


@pytest.mark.slow
def test_without_protection_between_releases_newcomers_are_recovered(asking, tmp_path):
    """The same two releases, each protected alone: their difference tells some of those who came."""
    releases, answers = towns.two_releases(asking, towns.town(2, towns=2, most=3), tmp_path)
    intruder = towns.Intruder(answers)
    for number, responses in enumerate(releases):
        alone = towns.collected(asking, answers[answers["wave"] <= number], tmp_path / f"alone{number}")
        assert len(alone) == len(responses)
        for shown in towns.shown_tables(alone):
            intruder.read(*shown, waves=tuple(range(number + 1)))
    assert intruder.recovered() != []
