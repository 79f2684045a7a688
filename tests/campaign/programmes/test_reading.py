"""Programmes are read with every fault at once, each at its path and line."""

from pathlib import Path

import pytest

from liuwen.campaign.programmes import PRESETS, read_programme
from liuwen.errors import CampaignError
from liuwen.messages import use_language

TOWN = 'extends = ["ledger"]\nid = "t"\nzh = "镇"\nen = "Town"\n[ranks]\n' + "".join(
    f'{rank} = {{ zh = "职", en = "{rank}" }}\n' for rank in ("staff", "desk", "town_office", "county_office")
)


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None, str]]:
    """The faults of a programme: path, line and English sentence."""
    file = tmp_path / "town.toml"
    file.write_text(text, encoding="utf-8")
    read = read_programme(file)
    return [(".".join(one.path), one.line, one.sentence.en) for one in read.faults]


@pytest.mark.parametrize("name", PRESETS)
def test_the_programmes_that_come_with_the_package_have_no_fault(name: str) -> None:
    """Each is joined from its page and `ledger`."""
    read = read_programme(name)
    assert read.faults == ()
    assert [file for file, _ in read.pages] == ["ledger.toml", f"{name}.toml"]


def test_tables_are_joined_by_key_and_lists_by_id() -> None:
    """Everything of the ledger that a programme does not say otherwise is still there."""
    town, hubin = read_programme("our_town").programme, read_programme("hubin").programme
    assert town.calendar.month_end.day == 25 and town.calendar.workdays == "CN"
    assert [tier.id for tier in town.ledgers[0].tiers] == ["village", "town"]
    assert len(town.ledgers[0].steps) == 15
    assert [board.id for board in hubin.boards] == ["village_board", "town_board", "roster_board"]


def test_an_entry_is_taken_out_with_drop(tmp_path: Path) -> None:
    """And dropping what is not there is a fault."""
    dropped = '[[boards]]\nid = "village_board"\ndrop = true\n'
    assert faults(tmp_path, TOWN + dropped) == []
    (fault,) = faults(tmp_path, TOWN + dropped.replace("village", "vilage"))
    assert fault[0] == "boards.vilage_board.drop" and "does not have" in fault[2]


def test_all_faults_come_at_once_with_path_and_line(tmp_path: Path) -> None:
    """Wrong types, unknown keys and words, and what the rules find, in one report."""
    text = TOWN + (
        "[calendar]\n"  # line 10
        'timezone = "Asia/Shangai"\n'
        "month_end = { day = 32 }\n"
        "[[duties]]\n"
        'id = "visits"\n'
        'zh = "走访"\n'
        'en = "Visits"\n'
        'event = "vist"\n'
        'measure = "housholds"\n'
        "at_least = { stff = 3 }\n"
        'per = "yaer"\n'  # line 20
        "prorated = true\n"
        "[events.letter]\n"
        'on = "date"\n'
        "[[ledgers]]\n"
        'id = "matters"\n'
        "late_after_days = true\n"
    )
    found = {path: (line, said) for path, line, said in faults(tmp_path, text)}
    assert found["calendar.timezone"] == (11, 'Unknown time zone "Asia/Shangai". Write a name such as "Asia/Shanghai".')
    assert found["calendar.month_end.day"][0] == 12
    assert found["duties.visits.event"] == (17, 'The event "vist" is not in [events]. Did you mean "visit"?')
    assert found["duties.visits.measure"] == (18, 'Unknown word "housholds". Did you mean "households"?')
    assert found["duties.visits.at_least.stff"] == (19, 'The rank "stff" is not in [ranks]. Did you mean "staff"?')
    assert found["duties.visits.per"] == (20, 'Unknown word "yaer". Did you mean "year"?')
    assert found["duties.visits.prorated"] == (21, 'Unknown key "prorated". Did you mean "prorate"?')
    assert found["events.letter"][0] == 22 and "has no form" in found["events.letter"][1]
    assert found["ledgers.matters.late_after_days"] == (26, "Expected a whole number here, not true.")
    assert len(found) == 9


def with_ledger(change: str) -> str:
    return TOWN + '[[ledgers]]\nid = "matters"\n' + change


@pytest.mark.parametrize(
    ("text", "path", "part"),
    [
        (with_ledger('[[ledgers.steps]]\nid = "sort"\nby = []\n'), "ledgers.matters.steps.sort.by", "Nobody may take"),
        (with_ledger("desk = []\n"), "ledgers.matters.steps.sort.by", "the ledger's desk is empty"),
        (with_ledger('[[ledgers.steps]]\nid = "sort"\nby = ["dsk"]\n'), "ledgers.matters.steps.sort.by", 'Did you mean "desk"?'),
        (
            with_ledger(
                'tiers = [\n{ id = "village", zh = "村", en = "v", days = 3 },\n'
                '{ id = "town", zh = "镇", en = "t", days = 3 },\n]\n'
            ),
            "ledgers.matters.tiers.town",
            "has no office",
        ),
        (
            with_ledger('open_states = ["open", "waiting"]\n'),
            "ledgers.matters.open_states",
            'No step reaches the state "waiting"',
        ),
        (
            with_ledger('ends = ["settled", "duplicate"]\n[[ledgers.steps]]\nid = "reopen"\nfrom = ["done"]\n'),
            "ledgers.matters.steps.withdraw",
            "No step leaves",
        ),
        (
            with_ledger('[[ledgers.steps]]\nid = "raise"\ndrop = true\n'),
            "ledgers.matters.never_moved",
            'There is no step "raise"',
        ),
        (
            with_ledger('classes = [{ id = "c", zh = "类", en = "c", confidential = true }]\n'),
            "ledgers.matters.classes.c",
            "no receiver",
        ),
        (with_ledger('never_moved = ["rise"]\n'), "ledgers.matters.never_moved", 'Did you mean "raise"?'),
        (
            TOWN + '[[duties]]\nid = "card"\nzh = "卡"\nen = "Card"\nevent = "visit"\nmeasure = "share"\nat_least = 1\n',
            "duties.card",
            "a share, or a sum, of what?",
        ),
        (
            TOWN + '[[appraisals]]\nid = "a"\nzh = "考"\nen = "A"\nparts = ['
            '{ id = "x", zh = "甲", en = "x", weight = 0.6, from = "entry.x" },'
            '{ id = "y", zh = "乙", en = "y", weight = 0.3, from = "entry.y" },'
            '{ id = "z", zh = "丙", en = "z", weight = 0.05, from = "entry.z" }]\n',
            "appraisals.a.parts",
            "The weights sum to 0.95",
        ),
        (
            TOWN + '[[rosters]]\nid = "r"\nzh = "班"\nen = "R"\nplace = "village"\n'
            'slots = [{ weekdays = ["tuesday"], rank = "staff" },'
            ' { weekdays = ["tuesday"], weeks = "odd_of_month", rank = "desk" }]\n',
            "rosters.r.slots",
            "Slot 2 never comes on a tuesday",
        ),
        (
            TOWN + '[[boards]]\nid = "village_board"\ncolumns = ["number", "titel"]\n',
            "boards.village_board.columns",
            'Did you mean "title"?',
        ),
        (
            TOWN + '[[boards]]\nid = "village_board"\ncolumns = ["awaiting_answer"]\n',
            "boards.village_board.columns",
            "never published",
        ),
        (TOWN.replace('id = "t"', 'id = "t"\nbegins = "02-30"'), "begins", '"02-30" is not a day'),
        (TOWN.replace('id = "t"', 'id = "t"\nbegins = "06-01"\nends = "05-01"'), "ends", "before it begins"),
        (TOWN.replace('zh = "镇"\n', "", 1), "", "No zh"),
        (TOWN.replace('"ledger"', '"leger"'), "extends", 'Did you mean "ledger"?'),
        (TOWN.replace('"ledger"', '"town"'), "extends", "runs in a ring: town → town"),
        (TOWN + "[calendar\n", "", "Not valid TOML"),
        (TOWN + "ranks = 3\n", "ranks.ranks", "Expected a table"),
    ],
)
def test_each_fault_is_found_at_its_path(tmp_path: Path, text: str, path: str, part: str) -> None:
    """One fault sown, found where it stands, in both languages."""
    assert [said for at, _, said in faults(tmp_path, text) if at == path and part in said]
    with use_language("zh"):
        read = read_programme(tmp_path / "town.toml")
        assert all(str(one).startswith("错误") for one in read.faults)


def test_a_ring_through_two_files_is_named(tmp_path: Path) -> None:
    """And no recursion runs away."""
    (tmp_path / "other.toml").write_text('extends = ["town"]\n')
    (fault, *_) = faults(tmp_path, TOWN.replace('"ledger"', '"other"'))
    assert "town → other → town" in fault[2]


def test_a_programme_may_be_extended_by_the_name_of_its_file(tmp_path: Path) -> None:
    """With its ending or without."""
    (tmp_path / "other.toml").write_text('extends = ["ledger.toml"]\n')
    assert faults(tmp_path, TOWN.replace('"ledger"', '"other.toml"')) == faults(tmp_path, TOWN)


def test_a_campaign_is_refused_with_every_fault(tmp_path: Path) -> None:
    """The error says them all."""
    file = tmp_path / "town.toml"
    file.write_text(TOWN + '[[duties]]\nid = "a"\n[[duties]]\nid = "b"\n', encoding="utf-8")
    with pytest.raises(CampaignError) as error:
        read_programme(file).required()
    assert len(error.value.faults) == 8
    assert str(error.value).count("\n") == 8


def test_an_unknown_name_suggests_the_nearest() -> None:
    """Neither a programme nor a file."""
    with pytest.raises(CampaignError, match="hubin"):
        read_programme("hubim")


def test_a_stranger_needs_few_lines() -> None:
    """`our_town` is about thirty lines on `ledger`."""
    from importlib.resources import files

    text = (files("liuwen.campaign") / "presets" / "our_town.toml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 33
