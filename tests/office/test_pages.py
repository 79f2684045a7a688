"""What a clerk does on the office page, over HTTP: each act is that of the command, and takes effect at once."""

import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from liuwen.form import builder as b
from liuwen.server import serve
from liuwen.store import Store, restore_backup
from liuwen.store.permissions import Sender
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]
Browser = Any
"""A browser of `conftest`."""


def test_today_counts_by_name(clerk: Browser) -> None:
    """Collectors and villages in the order of their names; anonymous answers only as a number."""
    text = clerk.get("/").text
    assert text.index(">East<") < text.index(">West<") and "Wang" in text
    assert "Anonymous, besides" in text and "never" in text


def test_today_shows_the_plan(clerk: Browser, signed_in: Callable[..., Browser], filled: Store) -> None:
    """Each collector and village with its plan, also who has sent nothing yet; a leader sees it and cannot set it."""
    filled.add_collector("Zhou")
    page = clerk.get("/").text
    assert 'name="visitor/Zhou"' in page and 'name="village/东村"' in page
    with Store(filled.folder):  # a server in another process has the right to write
        said = clerk.post("/plan", **{"visitor/Wang": "120", "visitor/Zhou": " ", "village/西村": "9"})
    assert "The plan is saved." in said.text and '<td class="number quiet">120</td>' in said.text and ">9<" in said.text
    assert '<th scope="row">西村' in (chinese := clerk.get("/?lang=zh").text) and ">9<" in chinese
    clerk.get("/?lang=en")
    leader = signed_in("leader").get("/").text
    assert ">120<" in leader and "/plan" not in leader and "Zhou" not in leader
    assert clerk.post("/plan", **{"visitor/Wang": "many"}).status_code == 400
    assert [one.name for one in filled.log()].count("table kept") == 1


def test_today_tells_what_failed(clerk: Browser, filled: Store, house_xml: Make, opinion_xml: Make) -> None:
    """A refused submission of a collector, with its reason, once; one to an anonymous form is not told."""
    wang = filled.add_token("Wang")
    with serve(filled, port=0, language="en") as server, Phone(f"{server.url}/key/{wang}") as phone:
        for _ in range(2):
            with pytest.raises(PhoneError):
                phone.send(house_xml(1, called="another"))
        with pytest.raises(PhoneError):
            phone.send(opinion_xml(99, "good").replace(b'version="1"', b'version="none"'))
    told = [one for one in filled.log() if one.name == "submission refused"]
    assert [(one.who, one.subject) for one in told] == [("Wang", "house")]
    assert told[0].detail in clerk.get("/").text.replace("&#39;", "'").replace("&#34;", '"')


def test_answers_are_searched_and_filtered(clerk: Browser, filled: Store) -> None:
    """By words, village, state and date; columns by labels."""
    filled.office.review("uuid:house-2", "hasIssues", "no photo of the house")
    listed = clerk.get("/answers?form=house").text
    assert "Name of the householder" in listed and "3 answers" in listed
    assert "1 answers" in clerk.get("/answers?form=house&place=西村").text
    assert "1 answers" in clerk.get("/answers?form=house&state=hasIssues").text
    assert "No answers match" in clerk.get("/answers?form=house&search=nothing").text
    assert "No answers match" in clerk.get("/answers?form=house&until=2020-01-01").text
    assert "3 answers" in clerk.get("/answers?form=house&search=zhao&since=2020-01-01&page=99").text


def test_questions_may_be_called_like_columns_of_the_list(clerk: Browser, filled: Store) -> None:
    """Each shows its own answers, and the list its own columns."""
    items = [b.text(name, zh="题", en=f"Question {name}") for name in ("name", "number", "place", "collector")]
    filled.publish(b.build_form("clash", zh="同名", en="Clash", version="1", items=items))
    with filled:
        for number in range(2):
            said = "".join(f"<{one}>said {one} {number}</{one}>" for one in ("name", "number", "place", "collector"))
            meta = f"<meta><instanceID>uuid:c{number}</instanceID><instanceName>Zhao's house</instanceName></meta>"
            filled.receive(f'<data id="clash" version="1">{said}{meta}</data>'.encode(), sender=Sender(collector=1))
    columns = "&".join(f"column={one}" for one in ("name", "number", "place", "collector"))
    text = clerk.get(f"/answers?form=clash&{columns}").text
    assert "Zhao&#39;s house" in text and ">Wang<" in text
    assert all(f"said {one} 1" in text for one in ("name", "number", "place", "collector"))


def test_a_download_has_the_newest_review(clerk: Browser, filled: Store) -> None:
    """Also of an answer that was reviewed since the last download."""
    for state in ("approved", "rejected"):
        filled.office.review("uuid:house-1", state)
        clerk.get("/downloads")
        got = clerk.post("/downloads/file", form="house", format="csv")
        with zipfile.ZipFile(io.BytesIO(got.content)) as parts:
            assert state in parts.read("house.csv").decode()


def test_search_is_text_and_no_pattern(clerk: Browser) -> None:
    """Brackets and stars mean themselves; markup is shown as text."""
    text = clerk.get("/answers?form=house&search=[(*%3Cscript%3E").text
    assert "No answers match" in text and "<script>" not in text


def test_a_record_with_photo_and_position(clerk: Browser) -> None:
    """Labels, the photo as it was sent, the position; the review is kept with its comment."""
    text = clerk.get("/answers/1").text
    assert "Which village?" in text and "East" in text and "30.00000, 120.00000" in text
    photo = clerk.get("/answers/1/files/p0.jpg")
    assert photo.headers["content-type"] == "image/jpeg" and photo.content[:2] == b"\xff\xd8"
    assert clerk.get("/answers/1/files/..%2f..%2fstore.sqlite").status_code == 404
    assert clerk.get("/answers/999").status_code == 404
    said = clerk.post("/answers/1/review", state="hasIssues", comment="<b>wrong</b> house").text
    assert "Saved." in said and "&lt;b&gt;wrong&lt;/b&gt; house" in said
    assert clerk.post("/answers/1/review", state="fine", comment="").status_code == 400


def test_an_edited_answer_keeps_its_review(clerk: Browser, filled: Store, house_xml: Make) -> None:
    """The review belongs to the answer; every version is there to see."""
    filled.office.review("uuid:house-1", "approved")
    edited = house_xml(7, called="Zhao Min").replace(b"</meta>", b"<deprecatedID>uuid:house-1</deprecatedID></meta>")
    filled.receive(edited)
    listing = filled.office.listing("house")
    row = listing[listing["instance_id"] == "uuid:house-7"].iloc[0]
    assert (row["review_state"], row["edits"], row["root_id"]) == ("approved", 1, "uuid:house-1")
    assert filled.responses("house").submissions.loc["uuid:house-7", "review_state"] == "approved"
    assert "Zhao Min" in clerk.get("/answers?form=house").text
    assert "replaced by a later edit" in clerk.get("/answers/2").text


def test_a_list_and_the_steps_of_a_row(clerk: Browser, filled: Store) -> None:
    """Every row with its columns; of one row what was changed, from what, the newest first; both are logged."""
    filled.entities.create_list("matters", ["state", "village"])
    well, road = filled.entities.create(
        "matters",
        [{"label": "Well", "state": "open", "village": "East"}, {"label": "<b>Road</b>", "state": "open", "village": "West"}],
    )
    filled.entities.update("matters", well, {"state": "solved"})
    listed = clerk.get("/lists").text
    assert "2 rows" in listed and ">Well<" in listed and "&lt;b&gt;Road&lt;/b&gt;" in listed and ">solved<" in listed
    assert "1 rows" in clerk.get("/lists?list=matters&search=west%20open").text
    assert "No rows match" in clerk.get("/lists?list=matters&search=[(*").text
    steps = clerk.get(f"/lists/matters/{well}").text
    assert steps.index("was open") < steps.index("East", steps.index("Step by step"))
    assert clerk.get("/lists?list=none").status_code == clerk.get(f"/lists/none/{road}").status_code == 404
    assert [one.subject for one in filled.log()[-4:] if one.name == "list viewed"] == ["matters"] * 4


def test_rows_of_complaints_are_hidden(signed_in: Callable[..., Browser], filled: Store) -> None:
    """From the office, in the list and by address; their number too; also of one that was changed, once the letter is erased."""
    items = [b.text("said", zh="什么事", en="What", save_to="said")]
    matters = b.entity_list("matters", label="concat('Matter ', ${said})")
    filled.publish(b.build_form("plea", zh="来信", en="Plea", version="1", items=items, entities=[matters]))
    filled.office.set_confidential("plea", True)
    (open_one,) = filled.entities.create("matters", [{"label": "Road", "said": "holes"}])
    uuid = "0f3b9c1e-8a52-4c6d-9e7f-1a2b3c4d5e6f"
    named = f'<entity dataset="matters" id="{uuid}" create="1"><label>Matter Li</label></entity>'
    filled.receive(
        f'<data id="plea" version="1"><said>Li</said><meta><instanceID>uuid:p</instanceID>{named}</meta></data>'.encode()
    )
    office, both = signed_in("office"), signed_in("office", "receiver")
    assert "1 rows" in office.get("/lists").text and "Li" not in office.get("/lists?search=Li").text.split("</form>")[-1]
    assert (office.get(f"/lists/matters/{uuid}").status_code, both.get(f"/lists/matters/{uuid}").status_code) == (404, 200)
    assert "2 rows" in both.get("/lists").text and office.get(f"/lists/matters/{open_one}").status_code == 200
    filled.entities.update("matters", uuid, {"said": "Li, again"})
    filled.erase(instance="uuid:p")
    assert "1 rows" in office.get("/lists").text and office.get(f"/lists/matters/{uuid}").status_code == 404


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("html", b"<!"), ("pdf", b"%PDF")])
def test_the_county_report_is_a_download(clerk: Browser, filled: Store, kind: str, begins: bytes) -> None:
    """In the format that was asked for, with the title; a form without needs says so."""
    needs = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"))
    items = [b.text("village", zh="村", en="Village"), b.select_multiple("needs", needs, zh="需要什么", en="What is needed")]
    filled.publish(b.build_form("visit", zh="走访", en="Visit", version="1", items=items))
    for number in range(12):
        said = f"<village>{'East' if number < 6 else 'West'}</village><needs>{'road' if number % 2 else 'water'}</needs>"
        meta = f"<meta><instanceID>uuid:v{number}</instanceID></meta>"
        filled.receive(f'<data id="visit" version="1">{said}{meta}</data>'.encode())
    got = clerk.post("/reports/file", form="visit", format=kind, heading="Needs of Hubin", author="Town office")
    assert got.content.startswith(begins) and f'filename="visit-report.{kind}"' in got.headers["content-disposition"]
    assert kind != "html" or "Needs of Hubin" in got.text
    assert filled.log()[-1].name == "report made"
    clerk.get("/reports")
    assert clerk.post("/reports/file", form="visit", format="odt").status_code == 400
    assert clerk.post("/reports/file", form="house", format=kind).status_code == 400


def test_a_month_without_matters_is_refused(clerk: Browser) -> None:
    """In a sentence, as is a programme that does not exist."""
    clerk.get("/reports")
    for programme, month, why in (
        ("hubin", "2026-07", "no matters yet"),
        ("none", "2026-07", "no programme"),
        ("hubin", "July", ""),
    ):
        got = clerk.post("/reports/month", programme=programme, month=month)
        assert got.status_code == 400 and why in got.text


def test_collectors_while_serving(clerk: Browser, filled: Store) -> None:
    """Added with a printed sheet, revoked: the phone is out at its next request."""
    with serve(filled, port=0) as server:
        shown = clerk.post("/collectors/add", name="Zhou", until="2099-01-31", forms="house")
        assert "/codes/" in shown.url and "until 2099-01-31" in shown.text and f"{server.url}/key/" in shown.text
        number = shown.url.rsplit("/", 1)[1]
        sheet = clerk.get(f"/codes/{number}/sheet?wifi=Town%20hall")
        assert sheet.headers["content-type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
        address = shown.text.split(f"{server.url}/key/")[1][:64]
        with Phone(f"{server.url}/key/{address}") as phone:
            assert clerk.post("/collectors/rename", name="Zhou", new="Zhou Li").status_code == 200
            assert [form.form_id for form in phone.form_list()] == ["house"]
            assert clerk.post("/collectors/rename", name="Zhou", new="Wu").status_code == 400
            assert clerk.post("/collectors/revoke", name="Zhou Li").status_code == 200
            with pytest.raises(PhoneError):
                phone.form_list()
    assert clerk.post("/collectors/add", name="Zhou Li").status_code == 400
    assert clerk.post("/collectors/add", name="Wu", until="2020-01-01").status_code == 400
    assert clerk.post("/collectors/add", name="Wu", until="soon").status_code == 400
    assert clerk.get("/codes/unknown").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"until": "9999-12-31"}, "too far"),
        ({"until": "2027-02-30"}, "YYYY-MM-DD"),
        ({"uses": "9" * 5000}, "whole number"),
        ({"uses": "0"}, "whole number"),
    ],
)
def test_odd_days_and_counts_are_refused(clerk: Browser, fields: dict[str, str], said: str) -> None:
    """In words, and no link is made."""
    got = clerk.post("/links/add", form="house", **fields)
    assert got.status_code == 400 and said in got.text


def test_addresses_that_lead_nowhere(clerk: Browser) -> None:
    """A number larger than any; and the address of an act, where changing the language on its notice leads."""
    assert clerk.get(f"/answers/{1 << 64}").status_code == 404
    assert "没有这一页" in clerk.get("/links/add?lang=zh").text


def test_links(clerk: Browser, filled: Store) -> None:
    """Made for one answer, listed, revoked."""
    assert "/key/" in clerk.post("/links/add", form="house", uses="1").text
    (link,) = filled.links()
    assert link.uses == 1 and link.id in clerk.get("/links").text
    clerk.post("/links/revoke", id=link.id)
    assert filled.links()[0].revoked is not None
    assert clerk.post("/links/add", form="house", uses="many").status_code == 400


def test_forms_are_closed_checked_and_published(clerk: Browser, filled: Store) -> None:
    """A form with errors is not published, and its errors are listed; one with its list of villages is."""
    clerk.post("/forms/state", form="house", state="closed")
    assert {form.state for form in filled.forms() if form.form_id == "house"} == {"closed"}
    assert clerk.post("/forms/state", form="house", state="gone").status_code == 400
    bad = b"| survey |\n| | type | name | label |\n| | texxt | a | A |\n| settings |\n| | form_id | version |\n| | bad | 1 |\n"
    said = clerk.post("/forms/publish", files={"form": ("bad.md", bad)}).text
    assert "was not published" in said and "texxt" in said
    good = bad.replace(b"texxt | a | A", b"select_one_from_file places.csv | a | Where?").replace(b"bad", b"good")
    both = {"form": ("good.md", good), "media": ("places.csv", b"name,label\neast,East\n")}
    with Store(filled.folder):  # a server in another process has the right to write
        assert "Published" in clerk.post("/forms/publish", files=both).text
    assert filled.published("good").media[0].name == "places.csv"
    assert clerk.post("/forms/publish").status_code == 400


def test_a_form_is_tried_before_it_is_published(clerk: Browser, filled: Store) -> None:
    """With a test code; the answers are shown on its page alone, and are gone with the draft."""
    survey = (
        b"| survey |\n| | type | name | label |\n| | text | said | What is wanted? |\n| settings |\n| | form_id | version |\n"
    )
    clerk.get("/forms")
    with serve(filled, port=0) as server:
        shown = clerk.post("/forms/publish", draft="yes", files={"form": ("wish.md", survey + b"| | wish | 1 |\n")})
        (draft,) = filled.drafts.all()
        assert f"/forms/drafts/{draft.name}" in shown.url and "Nobody has tried it yet" in shown.text
        code = clerk.post(f"/forms/drafts/{draft.name}/code").text
        address = f"{server.url}/test/{draft.name}/key/" + code.split(f"/test/{draft.name}/key/")[1][:64]
        with Phone(address) as tester:
            tester.send(b'<data id="wish" version="1"><said>a well</said><meta><instanceID>uuid:t</instanceID></meta></data>')
            assert "answers given here do not count" in tester.request("GET", f"{address}/?lang=en").body.decode()
        page = clerk.get(f"/forms/drafts/{draft.name}").text
        assert "What is wanted?" in page and ">a well<" in page and "wish" not in clerk.get("/answers").text
        assert "Published" in clerk.post(f"/forms/drafts/{draft.name}/publish").text
    assert filled.published("wish").version == "1" and filled.count("wish") == 0 and filled.drafts.all() == ()
    assert clerk.get(f"/forms/drafts/{draft.name}").status_code == 400
    logged = [one.name for one in filled.log()]
    assert logged[-2:] == ["form published", "draft deleted"] and "draft made" in logged


def test_downloads(clerk: Browser, filled: Store) -> None:
    """By the writers of Responses; each is logged."""
    got = {}
    for kind in ("xlsx", "dta", "sav", "csv", "geojson"):
        got[kind] = clerk.post("/downloads/file", form="house", format=kind)
        assert got[kind].status_code == 200 and "attachment" in got[kind].headers["content-disposition"]
        assert (filled.log()[-1].name, filled.log()[-1].detail) == ("answers downloaded", f"{kind}, 3")
    workbook = pd.read_excel(io.BytesIO(got["xlsx"].content), engine="calamine")
    assert workbook["Name of the householder"].tolist() == ["Zhao"] * 3
    assert zipfile.ZipFile(io.BytesIO(got["csv"].content)).namelist()
    assert clerk.post("/downloads/file", form="house", format="exe").status_code == 400


def test_backup(clerk: Browser, filled: Store, tmp_path: Path) -> None:
    """Made, told on the first page, restored with its reviews; a bad folder is a sentence."""
    filled.office.review("uuid:house-0", "approved", "well done")
    assert clerk.post("/backup/make", folder=str(tmp_path / "usb")).status_code == 200
    assert "never" not in clerk.get("/").text and "usb" in clerk.get("/backup").text
    assert clerk.post("/backup/make", folder="usb").status_code == 400
    assert clerk.post("/backup/make", folder=str(filled.folder / "inside")).status_code == 400
    restore_backup(tmp_path / "usb", tmp_path / "again")
    assert Store(tmp_path / "again").office.reviews("uuid:house-0")[0].comment == "well done"


def test_accounts(clerk: Browser, filled: Store) -> None:
    """The password is shown once, and opens the page; roles are needed."""
    said = clerk.post("/accounts/add", name="Liu", roles="leader").text
    (account,) = filled.office.accounts()
    assert account.roles == {"leader"} and 'class="secret"' in said
    assert clerk.post("/accounts/add", name="Ma").status_code == 400
    assert clerk.post("/accounts/add", name="Ma", roles="king").status_code == 400
    clerk.post("/accounts/confidential", form="house", confidential="yes")
    assert filled.office.confidential() == {"house", "letter"}


def test_an_erased_answer_takes_its_reviews_along(filled: Store) -> None:
    """Nothing of it remains, and the store is whole."""
    filled.office.review("uuid:house-0", "hasIssues", "about the person")
    filled.erase(instance="uuid:house-0")
    assert filled.office.reviews() == () and filled.check() == ()


def test_both_languages(clerk: Browser) -> None:
    """The choice stays."""
    assert "按采集员" in clerk.get("/?lang=zh").text and '<html lang="zh-CN">' in clerk.get("/collectors").text
    assert clerk.get("/collectors?lang=en").text.count("采集员") == 0


def test_a_damaged_answer_leaves_the_first_page_standing(clerk: Browser, filled: Store, house_xml: Make) -> None:
    """It says so, and counts what it knows of."""
    clerk.get("/")
    filled.receive(house_xml(8))
    with closing(sqlite3.connect(filled.folder / "store.sqlite")) as connection, connection:
        connection.execute("UPDATE submissions SET device = CAST(x'fffe' AS TEXT) WHERE instance_id = 'uuid:house-8'")
    for path in ("/", "/collectors"):
        got = clerk.get(path)
        assert got.status_code == 200, got.text
    assert "damaged" in clerk.get("/").text
