"""KoboToolbox: all pages are read, edits are noticed, nothing is truncated silently, and the token goes to no other server."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import liuwen as lw
from liuwen.errors import SourceError
from liuwen.form import Form, read_form
from liuwen.messages import use_language
from liuwen.openrosa.publishing import prepare
from liuwen.responses.from_submissions.instance import digest, parse
from liuwen.sources import Kobo, pull
from liuwen.sources.kobo import client, deploying

Visit = Callable[..., Form]
APPROVED = "validation_status_approved"


def questions(form: Form) -> list[str]:
    return [question.name for question in form.questions]


def test_deploy_a_form_with_files_and_a_new_version(town: Any, visit: Visit) -> None:
    """Its list is replaced; later edits on the server count only once deployed."""
    town.reach("deployed")
    first = Kobo().deploy(visit())
    town.uid = first.form_id
    assert first in Kobo().forms()
    assert questions(Kobo().form(first.form_id)) == ["village", "difficulty", "members", "photo"]
    town.reach("redeployed")
    second = Kobo().deploy(visit("advice", villages="hubin,湖滨村\nshanqian,山前村"), uid=first.form_id)
    assert (second.form_id, second.title) == (first.form_id, "入户走访")
    assert second.version != first.version
    town.reach("drafted")
    form = Kobo().form(first.form_id)
    assert (form.id, form.title, questions(form)[-1]) == (first.form_id, "入户走访", "advice")
    assert form["photo"].label("zh") == "照片"
    assert second in Kobo().forms()


def test_pull_of_three_pages_and_then_only_changes(town: Any, visit: Visit, tmp_path: Path) -> None:
    """An edit with another photo, a review, one deleted and one new; as tables too, with the deployed form."""
    town.reach("collected")
    told: list[tuple[int, int]] = []
    first = pull(Kobo(), town.uid, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert (first.new, first.changed, first.gone, first.files) == (250, 0, 0, 3)
    assert told[-1] == (250, 250)
    table = first.responses(visit()).table
    assert sorted(table["difficulty"]) == sorted(f"第 {number} 户缺水" for number in range(250))
    assert table["submitted_at"].notna().all()
    assert len(list((tmp_path / "attachments").rglob("照片 1.png"))) == 3
    one = next(Kobo().listing(town.uid))
    assert digest(parse(Kobo().xml(town.uid, one))) == digest(parse((tmp_path / "submissions" / f"{one.key}.xml").read_bytes()))

    town.reach("changed")
    second = pull(Kobo(), town.uid, tmp_path)
    assert (second.new, second.changed, second.gone, second.unchanged, second.files) == (1, 1, 1, 248, 1)
    assert list(second.table["review"].value_counts()[[APPROVED, ""]]) == [1, 249]
    assert lw.read_responses(tmp_path, visit()).table["village"].value_counts().to_dict() == {"hubin": 249, "shanqian": 1}
    photos = sorted((tmp_path / "attachments").rglob("*.png"))
    assert [photo.name for photo in photos] == ["照片 1.png", "照片 1.png", "屋顶.png"]
    assert photos[2].read_bytes().startswith(b"\x89PNG")


def test_refused_form_is_reported_and_deleted(town: Any, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's reason is in the sentence; a form that was imported but cannot be deployed is deleted.

    Our own check of the form is replaced by that of a valid one, as if the server were stricter than we are.
    """
    accepted = prepare(visit(), {}, None)
    monkeypatch.setattr(deploying, "prepare", lambda *_: accepted)
    town.reach("refused")
    before = Kobo().forms()
    with pytest.raises(SourceError, match="Duplicate node name: a"):
        Kobo().deploy(faulty("| | text | a | A | |"))
    with pytest.raises(SourceError, match=r"no survey element with this name\.$"):
        Kobo().deploy(faulty("| | text | b | B | ${nothing} = 1 |"))
    assert list(Kobo().pages("assets/", {"q": "name:Faulty"})) == []
    assert Kobo().forms() == before


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", r"上没有 \S+aNobody\w+/data/。"), ("en", r"Not found on \S+: \S+aNobody\w+/data/")]
)
def test_unknown_form_is_one_sentence(town: Any, language: str, sentence: str) -> None:
    """It names the form, in the current language."""
    town.reach("missing")
    with use_language(language), pytest.raises(SourceError, match=sentence):
        Kobo().count("aNobodyNobodyNobodyNob")


def test_wrong_token_is_reported_and_never_shown(town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence names the server; neither it nor the object contains the secret."""
    town.reach("wrong_token")
    monkeypatch.setenv("KOBO_TOKEN", "wrong-token")
    kobo = Kobo()
    with pytest.raises(SourceError) as refused:
        kobo.forms()
    assert kobo.url in str(refused.value)
    assert "wrong-token" not in f"{refused.value} {kobo!r}"


def faulty(row: str) -> Form:
    rows = ("| survey |", "| | type | name | label | relevant |", "| | text | a | A | |", row)
    settings = ("| settings |", "| | form_id | form_title | version |", "| | faulty | Faulty | 1 |")
    return read_form("\n".join((*rows, *settings)).encode(), name="faulty.md")


# -- faulty servers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def collected(recorded: Any) -> Any:
    recorded.reach("collected")
    return recorded


def test_incomplete_pages_are_detected(collected: Any) -> None:
    """Fewer rows than counted, and then none."""
    collected.altered = lambda asked, exchange: (
        exchange | {"body": {"count": 50, "results": []}} if '"$gt": ' in asked and exchange["body"]["count"] == 50 else exchange
    )
    with pytest.raises(SourceError, match=r"250 rows but returns none after row 200"):
        list(Kobo().listing(collected.uid))


def test_the_token_goes_to_no_other_server(collected: Any, tmp_path: Path) -> None:
    """An attachment on another server is refused."""
    collected.altered = lambda asked, exchange: json.loads(
        json.dumps(exchange).replace('"download_url": "http://kobo.example', '"download_url": "http://127.0.0.1:9')
    )
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:9"):
        pull(Kobo(), collected.uid, tmp_path)


def test_interrupted_pull_continues(collected: Any, tmp_path: Path) -> None:
    """Downloaded submissions are not requested again."""
    key = list(Kobo().listing(collected.uid))[120].key
    collected.altered = lambda asked, exchange: exchange | {"status": 500} if f" {key}," in asked else exchange
    with pytest.raises(SourceError):
        pull(Kobo(), collected.uid, tmp_path)
    assert len(list((tmp_path / "submissions").glob("*.xml"))) == 64
    collected.altered = lambda asked, exchange: exchange
    collected.asked.clear()
    assert len(pull(Kobo(), collected.uid, tmp_path).kept) == 250
    assert sum("format=xml" in asked for asked in collected.asked) == 3


def test_request_to_a_busy_server_is_repeated(collected: Any) -> None:
    """Kobo answers 429 to frequent requests; that is not an error."""
    busy = iter([429])
    collected.altered = lambda asked, exchange: exchange | {"status": next(busy, exchange["status"])}
    assert Kobo().count(collected.uid) == 250


def test_slow_import_is_awaited(recorded: Any, visit: Visit) -> None:
    """A busy server imports workbooks later; the client asks again."""
    recorded.reach("deployed")
    waiting = iter(["created", "processing"])
    recorded.altered = lambda asked, exchange: (
        exchange | {"body": exchange["body"] | {"status": next(waiting, "complete")}}
        if asked.startswith("GET /api/v2/imports/")
        else exchange
    )
    assert Kobo().deploy(visit()).form_id == recorded.uid
    assert sum(asked.startswith("GET /api/v2/imports/") for asked in recorded.asked) == 3


def test_pages_are_of_a_thousand_rows(http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """2,345 submissions in three pages, each once; deleting one in between skips none."""
    rows = [{"_id": number, "_uuid": f"u{number}", "_submission_time": "2026-11-22T02:00:00"} for number in range(1, 2_346)]
    limits: list[int] = []

    def answer(method: str, path: str, query: dict[str, str], *_: object) -> tuple[int, str, Any]:
        limits.append(int(query["limit"]))
        left = [row for row in rows if row["_id"] > json.loads(query["query"])["_id"]["$gt"]]
        rows[5:6] = []
        return 200, "application/json", {"count": len(left), "results": left[: min(limits[-1], 1_000)]}

    monkeypatch.setenv("KOBO_TOKEN", "x")
    listed = [each.key for each in Kobo(http_server(answer)).listing("aMany")]
    assert (len(listed), len(set(listed)), listed[-1]) == (2_345, 2_345, "2345")
    assert limits == [1_000, 1_000, 1_000] == [client.PAGE] * 3


def test_project_is_read_by_uid(collected: Any, visit: Visit) -> None:
    """By the uid of the asset, which submissions carry too, whatever the form's own ID is."""
    for form in (visit(), None):
        table = lw.read_responses(Kobo(), form, form_id=collected.uid).table
        assert (len(table), set(table["sent_by"])) == (250, {"liuwen"})


def test_missing_token_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variable and the keyring are both named."""
    monkeypatch.delenv("KOBO_TOKEN", raising=False)
    with pytest.raises(SourceError, match=r"KOBO_TOKEN.*keyring"):
        Kobo("http://127.0.0.1:9").count("aNobody")


def test_unreachable_server_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback of sockets."""
    monkeypatch.setenv("KOBO_TOKEN", "x")
    monkeypatch.setattr("urllib3.util.retry.Retry.sleep", lambda *_, **__: None)
    with pytest.raises(SourceError, match=r"http://127\.0\.0\.1:9"):
        Kobo("http://127.0.0.1:9").count("aNobody")


# -- a small simulated server -----------------------------------------------------------------------------------------------


@dataclass
class Few:
    """Counts and lists its rows, and returns their XML together or one by one, as the test defines."""

    count: int
    listed: Callable[[list[Any]], list[Any]] = lambda rows: rows
    together: Callable[[list[str]], str] = "".join
    alone: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, str], *_: object) -> tuple[int, str, Any]:
        xmls = [f"<data><village>{n}</village><meta><instanceID>uuid:u{n}</instanceID></meta></data>" for n in range(self.count)]
        rows = [{"_id": n, "_uuid": f"u{n}", "_submission_time": "2026-11-22T02:00:00"} for n in range(self.count)]
        if path.endswith(".xml"):
            self.alone.append(path.rpartition("/")[2])
            return 200, "text/xml", xmls[int(self.alone[-1].removesuffix(".xml"))].encode()
        if query.get("format") == "xml":
            asked = [xmls[number] for number in json.loads(query["query"])["_id"]["$in"]]
            return 200, "application/xml", f"<root><results>{self.together(asked)}</results></root>".encode()
        given = self.listed(rows) if "sort" in query else rows
        return 200, "application/json", {"count": len(given), "results": given}


@pytest.fixture
def few(http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Few]:
    """Starts a server and returns a client of it."""

    def start(count: int, **told: Any) -> Few:
        server = Few(count, **told)
        monkeypatch.setenv("KOBO_URL", http_server(server.answer))
        monkeypatch.setenv("KOBO_TOKEN", "x")
        return server

    return start


def test_missing_row_is_detected(few: Callable[..., Few], tmp_path: Path) -> None:
    """The error names both numbers, and downloaded submissions are kept for the next pull."""
    server = few(70, listed=lambda rows: rows[:40] + rows[41:])
    with pytest.raises(SourceError, match=r"70.*69"):
        pull(Kobo(), "aFew", tmp_path)
    server.listed = lambda rows: rows
    pulled = pull(Kobo(), "aFew", tmp_path)
    assert (pulled.new, pulled.unchanged) == (1, 69)
    assert server.alone == []


NEWER = "<data><meta><instanceID>uuid:newer</instanceID></meta></data>"


@pytest.mark.parametrize(
    ("together", "alone"),
    [
        (lambda xmls: xmls[0] + xmls[2], ["1.xml"]),
        (lambda xmls: xmls[0] + NEWER + xmls[2], ["1.xml"]),
        ("<data>".join, ["0.xml", "1.xml", "2.xml"]),
    ],
    ids=["missing", "edited meanwhile", "no XML"],
)
def test_missing_xml_is_requested_separately(
    few: Callable[..., Few], tmp_path: Path, together: Callable[[list[str]], str], alone: list[str]
) -> None:
    """Whatever is missing in one answer is requested again."""
    server = few(3, together=together)
    assert pull(Kobo(), "aFew", tmp_path).new == 3
    assert sorted(server.alone) == alone
    kept = [parse(path.read_bytes()).findtext("village") for path in sorted((tmp_path / "submissions").glob("*.xml"))]
    assert kept == ["0", "1", "2"]
