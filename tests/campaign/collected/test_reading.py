"""What a store holds becomes the events of a campaign."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign.collected.raised import bearing_table, matter_id
from liuwen.campaign.collected.reading import sent_by_persons
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.phone_list import phone_list
from liuwen.form import Form
from liuwen.openrosa.envelope import read_envelope
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.store.store import keeping_of
from liuwen.store.submissions import Sender

Make = Callable[..., bytes]
PASSPHRASE = "six questions, one answer"


def test_a_matter_that_was_sent_is_a_row_of_the_ledger(town: lw.Store, a_matter: Make) -> None:
    """With its title, class, household and deadline; the fold gives it its state."""
    town.receive(a_matter())
    row = lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-10").table.iloc[0]
    assert (row["title"], row["class"], row["village"], row["awaiting_answer"]) == ("井坏了", "difficulty", "V1", "H1")
    assert (row["state"], str(row["deadline"].date()), row["responsible"]) == ("open", "2026-07-20", "Wang")


def test_matters_settled_at_once_are_recorded_outside_the_ledger(town: lw.Store, a_matter: Make) -> None:
    """当场解决 does not enter the ledger."""
    town.receive(a_matter(matter_disposition="settled", matter_settled_how="换了保险丝"))
    ledger = lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-10")
    assert (len(ledger.table), ledger.settled["note"].tolist()) == (0, ["换了保险丝"])


def test_matters_explained_at_once_wait_for_the_answer_only(town: lw.Store, a_matter: Make) -> None:
    """Entered and explained in one submission, each a step of its own."""
    town.receive(a_matter(matter_disposition="explained", matter_explained="不在规划内"))
    campaign = lw.read_campaign("our_town", 2026, store=town)
    ledger = campaign.ledger(on="2026-07-10")
    assert ledger.table["state"].tolist() == ["explained"]
    assert ledger.history(ledger.table["matter"].iloc[0])["step"].tolist() == ["raise", "explain"]


def test_a_matter_of_conduct_shows_where_to_write_and_is_not_recorded(town: lw.Store, a_matter: Make) -> None:
    """It appears neither in the ledger nor among its exceptions nor on the phones."""
    town.receive(a_matter(matter_class="conduct"))
    campaign = lw.read_campaign("our_town", 2026, store=town)
    ledger = campaign.ledger(on="2026-07-10")
    assert (len(ledger.table), len(ledger.settled), len(ledger.exceptions), len(campaign.events())) == (0, 0, 0, 0)


def test_matter_ids_depend_on_the_row_only() -> None:
    """And each row of a repeat another one."""
    assert matter_id("uuid:a/matter[1]") == matter_id("uuid:a/matter[1]")
    assert len({matter_id(f"uuid:a/matter[{row}]") for row in range(50)}) == 50


def test_the_table_of_matters_is_found_in_any_form(forms: dict[str, Form]) -> None:
    """A form of one matter, a repeat of them, and a form without any."""
    assert bearing_table(forms["matter"]) == "submissions"
    assert bearing_table(lw.questionnaires.reception()) == "matter"
    assert bearing_table(forms["matter_step"]) is None


def test_the_signed_in_account_overrides_the_chosen_name(town: lw.Store, a_matter: Make) -> None:
    """The sign-in name is that of the register of people."""
    wang = town.add_collector("wang")
    collector = next(one for one in town.collectors() if one.name == "wang")
    assert wang.name == "wang"
    with town:
        keeping_of(town).begin_receiving(read_envelope(a_matter(visitor="Zhao")), {}, Sender(collector.number)).result()
    ledger = lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-10")
    assert ledger.table["first_visitor"].tolist() == ["Wang"]


@pytest.mark.parametrize(("sent", "person"), [("wang", "Wang"), ("Zhao", "Zhao"), ("web", ""), ("", "")])
def test_an_account_that_is_nobodys_credits_nobody(sent: str, person: str) -> None:
    """A web link has an account, and no post."""
    people = pd.DataFrame({"person": ["Wang", "Zhao"], "collector": ["wang", ""]})
    assert sent_by_persons(pd.DataFrame({"sent_by": [sent]}), people)["sent_by"].tolist() == [person]


def test_a_register_without_people_knows_nobody():
    nobody = pd.DataFrame({"person": pd.Series(dtype="object")})
    assert sent_by_persons(pd.DataFrame({"sent_by": ["web"]}), nobody)["sent_by"].tolist() == [""]


def test_the_desk_enters_a_step_without_a_form(town: lw.Store, a_matter: Make) -> None:
    """Its own table, which no phone sees."""
    town.receive(a_matter())
    matter = lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-05").table["matter"].iloc[0]
    step = {
        "matter": matter,
        "step": "done",
        "on": "2026-07-06",
        "by": "Wang",
        "entered_by": "Li",
        "note": "换了泵",
        "household": "",
    }
    town.desk_tables["desk_steps"] = pd.DataFrame([step])
    assert lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-10").table["state"].tolist() == ["done"]


def letters(fill: Make, kinds: tuple[str, ...]) -> list[bytes]:
    """A letter of each kind, filled in."""
    answers = {"town": "T1", "village": "V1", "words": "张三家门口的路灯坏了", "matter_reply": "board", "told_before": "no"}
    form = lw.questionnaires.letter()
    return [fill(form, answers | {"letter_kind": kind, "matter_publish": "yes"}, "2026-07-01T09:00:00+08:00") for kind in kinds]


def test_a_letter_raises_a_matter_that_names_nobody(town: lw.Store, fill: Make) -> None:
    """Its words stay at the desk; the ledger shows what kind of letter it is. One about misconduct is on no list and no phone."""
    town.publish(lw.questionnaires.letter())
    for xml in letters(fill, ("problem", "misconduct")):
        town.receive(xml)
    campaign = lw.read_campaign("our_town", 2026, store=town)
    ledger = campaign.ledger(on="2026-07-10")
    assert sorted(ledger.table["class"]) == ["", "conduct"]
    assert set(ledger.table["awaiting_answer"]) == {""}
    assert "张三" not in ledger.table.to_csv()
    assert len(phone_list(campaign, on="2026-07-10")) == 1
    assert campaign.board("village_board", "V1", "2026-07").counts["raised"] == 1


@pytest.fixture
def receiver_key(town: lw.Store, fill: Make, seal: Make, tmp_path: Path) -> Path:
    """The private key of the receiver of one encrypted letter about misconduct that the store holds."""
    keys = lw.new_keys(PASSPHRASE)
    form = lw.questionnaires.letter()
    town.publish(form, key=keys.public)
    [plain] = letters(fill, ("misconduct",))
    public = read_private_key(keys.private, PASSPHRASE).public_key()
    instance = read_envelope(plain).instance_id
    xml, files = seal(plain, public, instance_id=instance, form_id="letter", version=form.version)
    assert "张三" not in xml.decode()
    town.receive(xml, files)
    file = tmp_path / "receiver.key"
    file.write_bytes(keys.private)
    return file


def test_an_encrypted_letter_reaches_its_receiver_alone(town: lw.Store, receiver_key: Path) -> None:
    """Without the key it is nowhere; with it, it is on the receiver's page, under a number without a village."""
    clerk = lw.read_campaign("our_town", 2026, store=town)
    assert not len(clerk.ledger(on="2026-07-10").table)
    receiver = lw.read_campaign("our_town", 2026, store=town, key=receiver_key, passphrase=PASSPHRASE)
    pages = month_pages(receiver, "2026-07", None)
    [page] = pages.receivers()
    assert [row[0] for row in page.sections[0].rows] == ["2026-07-conduct-001"]
    assert not len(phone_list(receiver, on="2026-07-10"))
    for one, other in zip(pages.boards, month_pages(clerk, "2026-07", None).boards, strict=True):
        assert pages.board_page(one) == pages.board_page(other)


def test_the_command_reads_encrypted_letters_with_the_key(
    town: lw.Store, receiver_key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, liuwen: Callable[..., Any]
) -> None:
    """The receiver's page is made only with `--key`; every other file is the same; a spreadsheet has no letters."""
    monkeypatch.setenv("LIUWEN_PASSPHRASE", PASSPHRASE)
    made = {}
    for name, key in (("without", []), ("with", ["--key", receiver_key])):
        where = ["--from", town.folder, "--to", tmp_path / name]
        assert liuwen("campaign", "month", "our_town", "--month", "2026-07", *where, *key, "--no-pdf").status == 0
        folder = tmp_path / name / "2026-07"
        made[name] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    [page] = set(made["with"]) - set(made["without"])
    assert page.startswith("receivers/receiver-") and "2026-07-conduct-001" in made["with"].pop(page).decode()
    assert made["with"] == made["without"]
    sheet = tmp_path / "ledger.csv"
    sheet.write_text("编号,村,事项\n1,V1,x\n", encoding="utf-8")
    said = liuwen("campaign", "week", "our_town", "Wang", "--from", sheet, "--key", receiver_key)
    assert said.status == 2 and "--key belongs to a store" in said.err
