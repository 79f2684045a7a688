"""KoboToolbox: every page to the last row, edits seen, nothing cut in silence, and the token given to nobody else."""

from pathlib import Path
from typing import Any

import pytest

from liuwen.collect.sources import Kobo, pull
from liuwen.errors import SourceError
from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.form.xform import to_xform

UID = "aTPPUDScaFZkvBzd8FyK4Q"


@pytest.fixture
def form() -> Any:
    return build_form(
        UID,
        version="vA1",
        zh="走访",
        en="Visit",
        items=[b.text("village", zh="村", en="Village"), b.image("photo", zh="照片", en="Photo")],
    )


@pytest.mark.slow
def test_all_rows_of_three_pages_arrive(kobo_server: Any, form: Any, tmp_path: Path) -> None:
    """2,345 submissions where a page holds at most 1,000: each one once, as tables too."""
    for number in range(2_345):
        kobo_server.add(f"village-{number}")
    told: list[tuple[int, int]] = []
    pulled = pull(Kobo(), UID, tmp_path / "kobo", progress=lambda done, of: told.append((done, of)))
    assert (pulled.new, pulled.changed, pulled.gone) == (2_345, 0, 0)
    assert told[-1] == (2_345, 2_345)
    assert len(list((tmp_path / "kobo" / "submissions").glob("*.xml"))) == 2_345
    table = pulled.responses(form).table
    assert sorted(table["village"]) == sorted(f"village-{number}" for number in range(2_345))
    assert table["submitted_at"].notna().all()


def test_the_second_pull_fetches_only_what_changed(kobo_server: Any, form: Any, tmp_path: Path) -> None:
    """An edit, which changes no time on Kobo, and a new one are fetched; what was deleted there goes here too."""
    numbers = [kobo_server.add("east") for _ in range(5)]
    pull(Kobo(), UID, tmp_path)
    kobo_server.edit(numbers[1], "west")
    kobo_server.add("new")
    del kobo_server.rows[3]
    kobo_server.asked.clear()
    pulled = pull(Kobo(), UID, tmp_path)
    assert (pulled.new, pulled.changed, pulled.gone, pulled.unchanged) == (1, 1, 1, 3)
    assert sum(asked.endswith(".xml") for asked in kobo_server.asked) == 2
    assert sorted(pulled.responses(form).table["village"]) == ["east", "east", "east", "new", "west"]


def test_a_server_that_gives_less_than_it_counts_is_caught(kobo_server: Any, tmp_path: Path) -> None:
    """No silent cut: the error names both numbers, and what came is kept for the next time."""
    for _ in range(1_200):
        kobo_server.add("east")
    kobo_server.hide_after = 1_000
    with pytest.raises(SourceError, match=r"1200.*1000"):
        pull(Kobo(), UID, tmp_path)
    kobo_server.hide_after = None
    assert len(list(Kobo().listing(UID))) == 1_200


def test_attachments_come_with_their_submission(kobo_server: Any, tmp_path: Path) -> None:
    """The photo lies beside the answers under its own name."""
    number = kobo_server.add("east", photo=b"JPEG")
    pulled = pull(Kobo(), UID, tmp_path)
    assert pulled.files == 1
    assert (tmp_path / "attachments" / number / "house.jpg").read_bytes() == b"JPEG"


def test_the_token_goes_to_no_other_server(kobo_server: Any, tmp_path: Path) -> None:
    """An attachment's address that leads elsewhere is refused, not followed."""
    kobo_server.add("east", photo=b"JPEG")
    kobo_server.rows[0]["_attachments"][0]["download_url"] = "http://127.0.0.1:9/steal"
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:9"):
        pull(Kobo(), UID, tmp_path)


def test_a_pull_that_was_cut_off_goes_on_where_it_stopped(kobo_server: Any, tmp_path: Path) -> None:
    """What had arrived is not asked for again."""
    for _ in range(60):
        kobo_server.add("east")
    kobo_server.refuse = lambda path: (500, "text/plain", b"down") if path.endswith("/40.xml") else None
    with pytest.raises(SourceError):
        pull(Kobo(), UID, tmp_path)
    there = {path.name for path in (tmp_path / "submissions").glob("*.xml")}
    assert len(there) >= 32
    kobo_server.refuse = lambda path: None
    kobo_server.asked.clear()
    pulled = pull(Kobo(), UID, tmp_path)
    assert len(pulled.kept) == 60
    assert sum(asked.endswith(".xml") for asked in kobo_server.asked) <= 60 - 32


def test_a_busy_server_is_asked_again(kobo_server: Any, tmp_path: Path) -> None:
    """Kobo answers 429 to whoever hurries; that is no failure."""
    kobo_server.add("east")
    busy = iter([(429, "text/plain", b"slow down")])
    kobo_server.refuse = lambda path: next(busy, None)
    assert pull(Kobo(), UID, tmp_path).new == 1


def test_a_review_is_noted_without_fetching_again(kobo_server: Any, tmp_path: Path) -> None:
    """The validation status reaches the table of what was pulled."""
    kobo_server.add("east")
    pull(Kobo(), UID, tmp_path)
    kobo_server.rows[0]["_validation_status"] = {"uid": "validation_status_approved", "label": "Approved"}
    pulled = pull(Kobo(), UID, tmp_path)
    assert (pulled.changed, pulled.unchanged) == (0, 1)
    assert list(pulled.table["review"]) == ["validation_status_approved"]


def test_deploying_imports_gives_the_files_and_deploys(kobo_server: Any) -> None:
    """A new form is deployed; the same asset again is a new version, its list replaced."""
    form = build_form(
        "visit", version="1", zh="走访", en="Visit", media={"villages.csv": b"name,label\na,A\n"},
        items=[b.select_one("village", b.from_file("villages.csv"), zh="村", en="Village")],
    )  # fmt: skip
    deployed = Kobo().deploy(form)
    assert deployed.form_id == UID
    assert b"PK\x03\x04" in kobo_server.deployed["workbook"]
    assert b"a,A" in kobo_server.deployed["media"]["villages.csv"]
    assert kobo_server.deployed["method"] == "POST"
    Kobo().deploy(form, uid=UID)
    assert kobo_server.deployed["method"] == "PATCH"
    assert kobo_server.deployed["version"] == {"active": True, "version_id": "vA2"}
    assert list(kobo_server.deployed["media"]) == ["villages.csv"]


def test_a_form_is_read_from_its_xform(kobo_server: Any, form: Any) -> None:
    """As Kobo deployed it, under the asset's uid."""
    kobo_server.deployed["xform"] = to_xform(form).xml.encode()
    read = Kobo().form(UID)
    assert (read.id, [question.name for question in read.questions]) == (UID, ["village", "photo"])
    assert Kobo().forms() == ()


def test_a_wrong_token_is_said_and_never_shown(kobo_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence names the server; neither it nor the object holds the secret."""
    monkeypatch.setenv("KOBO_TOKEN", "wrong-token")
    kobo = Kobo()
    with pytest.raises(SourceError) as refused:
        kobo.count(UID)
    assert kobo.url in str(refused.value)
    assert "wrong-token" not in f"{refused.value} {kobo!r}"


def test_without_a_token_it_is_said_where_to_put_one(kobo_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variable and the keyring are both named."""
    monkeypatch.delenv("KOBO_TOKEN")
    with pytest.raises(SourceError, match=r"KOBO_TOKEN.*keyring"):
        Kobo().count(UID)


def test_a_server_out_of_reach_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback of sockets."""
    monkeypatch.setenv("KOBO_TOKEN", "x")
    monkeypatch.setattr("urllib3.util.retry.Retry.sleep", lambda *_, **__: None)
    with pytest.raises(SourceError, match=r"http://127\.0\.0\.1:9"):
        Kobo("http://127.0.0.1:9").count(UID)
