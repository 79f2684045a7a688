"""What is checked before a form is deployed on KoboToolbox: the same as for a store, before anything is sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from liuwen.errors import ConversionError, FormError, SourceError
from liuwen.form import Form, build_form, read_form
from liuwen.form import builder as b
from liuwen.sources import Kobo


@dataclass
class Server:
    """Accepts every form; `files` and `paired` are the files that the asset a1 has already."""

    files: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    workbooks: list[bytes] = field(default_factory=list)

    def answer(self, method: str, path: str, _: dict[str, str], __: Any, body: bytes) -> tuple[int, str, Any]:
        place = f"{method} {path.removeprefix('/api/v2/')}"
        self.asked.append(place)
        if place == "POST imports/":
            self.workbooks.append(body)
        asset = {"name": "Visit", "version_id": "v1", "has_deployment": False, "deployment__submission_count": 0}
        replies: dict[str, Any] = {
            "POST imports/": {"uid": "i1"},
            "GET imports/i1/": {"status": "complete", "messages": {"created": [{"uid": "a1"}], "updated": [{"uid": "a1"}]}},
            "GET assets/a1/files/": self._page([{"metadata": {"filename": name}, "uid": name} for name in self.files]),
            "GET assets/a1/paired-data/": self._page([{"filename": name} for name in self.paired]),
            "GET assets/a1/": asset,
        }
        return 200, "application/json", replies.get(place, {})

    @staticmethod
    def _page(rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {"count": len(rows), "results": rows}


@pytest.fixture
def server(http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setenv("KOBO_URL", http_server(server.answer))
    monkeypatch.setenv("KOBO_TOKEN", "x")
    return server


def asking(*items: Any, form_id: str = "visit", **options: Any) -> Form:
    return build_form(
        form_id, version="1", zh="走访", en="Visit", items=[b.text("need", zh="需要", en="Need"), *items], **options
    )


def villages(name: str = "villages.csv", **options: Any) -> Form:
    return asking(b.select_one("village", b.from_file(name), zh="村", en="Village"), **options)


def test_anonymous_form_that_identifies_people_is_refused(server: Server) -> None:
    """As a store and ODK Central refuse it; Kobo receives nothing."""
    with pytest.raises(FormError, match="deviceid"):
        Kobo().deploy(asking(b.deviceid(), anonymous=True))
    assert server.asked == []


def test_form_that_cannot_be_converted_is_refused(server: Server) -> None:
    """Here, with the reason, instead of on the server."""
    faulty = read_form(b"| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | a | A |", name="faulty.md")
    with pytest.raises(ConversionError, match="must be unique"):
        Kobo().deploy(faulty)
    assert server.asked == []


def test_unlinked_section_that_steers_linked_questions_is_refused(server: Server) -> None:
    """The appraisal would otherwise be readable from the household's answers."""
    opinion = b.group("opinion", items=[b.text("rating", zh="评分", en="Rating")], unlinked=True, zh="评价", en="Opinion")
    follow_up = b.text("why", zh="为什么", en="Why", relevant="${rating} = 'bad'")
    with pytest.raises(FormError, match=r"rating.*kept apart"):
        Kobo().deploy(asking(opinion, follow_up))
    assert server.asked == []


def test_missing_file_of_a_new_form_is_refused(server: Server) -> None:
    """Before anything is sent; the file is named."""
    with pytest.raises(SourceError, match=r"visit was not published.*villages\.csv"):
        Kobo().deploy(villages())
    assert server.asked == []


@pytest.mark.parametrize("given", ["in the form", "as media", "on the server", "from another project"])
def test_file_may_come_from_anywhere(server: Server, given: str) -> None:
    """From the form, from `media`, or for a new version from the server."""
    content = {"villages.csv": b"name,label\na,A\n"}
    uid = "a1" if given in {"on the server", "from another project"} else None
    server.files = ("villages.csv",) if given == "on the server" else ()
    server.paired = ("villages.xml",) if given == "from another project" else ()
    form = villages("villages.xml") if server.paired else villages(media=content if given == "in the form" else {})
    deployed = Kobo().deploy(form, uid=uid, media=content if given == "as media" else {})
    assert deployed.form_id == "a1"
    assert server.asked[-1] == "POST assets/a1/deployment/"
    assert ("POST assets/a1/files/" in server.asked) == (uid is None)


def test_missing_file_of_a_new_version_is_refused(server: Server) -> None:
    """If the server does not have it either; the asset is not changed."""
    server.files = ("towns.csv",)
    with pytest.raises(SourceError, match=r"villages\.csv"):
        Kobo().deploy(villages(), uid="a1")
    assert {each.split()[0] for each in server.asked} == {"GET"}


@pytest.mark.parametrize("form_id", ["town/visit", "../visit", "走访"])
def test_form_id_may_contain_anything(server: Server, form_id: str) -> None:
    """The workbook is written under a name of its own."""
    assert Kobo().deploy(asking(form_id=form_id)).form_id == "a1"
    assert b"PK" in server.workbooks[0]
