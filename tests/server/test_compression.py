"""Forms and their files travel compressed to whoever accepts it; hashes, lengths and ranges are those that Collect expects."""

import gzip
import hashlib
import http.client
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liuwen.server import Server, compression, serve
from liuwen.store import Store
from liuwen.testing.phone import ListedForm, Phone

Make = Callable[..., bytes]

VILLAGES = "name,label,town\n" + "".join(f"village_{n},{n} 号村,湖滨镇\n" for n in range(10_000))
MEDIA = {"villages.csv": VILLAGES.encode(), "hall.jpg": b"\xff\xd8" + bytes(50_000), "tiny.csv": b"name,label\n"}
LONG = "<!--" + "一样的话" * 5_000 + "-->"


@pytest.fixture
def town(tmp_path: Path, visit_form: Make) -> Iterator[Server]:
    """A server with a long form, a long list, a picture and an entity list."""
    store = Store(tmp_path / "town")
    store.entities.create_list("households", ["village"])
    store.entities.create("households", [{"label": f"Household {n}", "village": "Hubin"} for n in range(500)])
    needs = "".join(f'<instance id="i{n}" src="jr://file-csv/{name}"/>' for n, name in enumerate((*MEDIA, "households.csv")))
    store.publish(visit_form(extra=needs + LONG), media=MEDIA)
    store.add_collector("wang")
    with serve(store, port=0, language="en") as server:
        yield server
    store.close()


@pytest.fixture
def phone(town: Server) -> Iterator[Phone]:
    """A phone of a collector's."""
    with Phone(f"{town.url}/key/{town.store.add_token('wang')}") as phone:
        yield phone


Got = tuple[int, dict[str, str], bytes]


@pytest.fixture
def get(town: Server) -> Callable[..., Got]:
    """Asks as it is told, and gives what comes over the line."""

    def asked(address: str, method: str = "GET", **headers: str) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", town.port, timeout=60)
        sent = {"X-OpenRosa-Version": "1.0", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, address.removeprefix(town.url), headers=sent)
        answer = connection.getresponse()
        got = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return got

    return asked


def addresses(phone: Phone) -> dict[str, str]:
    """Every address that gives a text, by what it gives."""
    (form,) = phone.form_list()
    files = {file.name: file.download_url for file in phone.manifest(form)}
    return {"form": form.download_url, "manifest": form.manifest_url, **files}


def test_a_phone_fetches_everything_and_each_hash_holds(phone: Phone, visit_form: Make) -> None:
    """They are of the plain bytes, however these travelled; the phone checks them as Collect does."""
    (form,) = phone.form_list()
    fetched = phone.fetch(form)
    assert form.hash == "md5:" + hashlib.md5(fetched.xml).hexdigest()
    assert {name: fetched.files[name] for name in MEDIA} == MEDIA
    assert fetched.files["households.csv"].count(b"Hubin") == 500


@pytest.mark.parametrize("what", ["form", "villages.csv", "households.csv"])
def test_texts_are_compressed_for_whoever_accepts_it(phone: Phone, get: Callable[..., Got], what: str) -> None:
    """A fraction of the bytes, the same text, and caches told that there are two ways."""
    address = addresses(phone)[what]
    _, plain_headers, plain = get(address)
    status, headers, packed = get(address, Accept_Encoding="gzip, deflate")
    assert (status, headers["content-encoding"], "content-encoding" in plain_headers) == (200, "gzip", False)
    assert gzip.decompress(packed) == plain and len(packed) * 2 < len(plain)
    assert headers["vary"] == plain_headers["vary"] == "Accept-Encoding"
    assert headers["content-type"] == plain_headers["content-type"]
    assert (int(headers["content-length"]), int(plain_headers["content-length"])) == (len(packed), len(plain))
    assert headers["etag"] != plain_headers["etag"]
    for tag in (headers["etag"], plain_headers["etag"]):
        status, again, body = get(address, Accept_Encoding="gzip", If_None_Match=tag)
        assert (status, body, again["vary"]) == (304, b"", "Accept-Encoding")


@pytest.mark.parametrize(
    ("accepted", "is_gzip"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("br, deflate", False),
        ("gzippy", False),
        ("", False),
    ],
)
def test_what_is_accepted_is_read_as_the_standard_has_it(
    phone: Phone, get: Callable[..., Got], accepted: str, *, is_gzip: bool
) -> None:
    """Weights of 0, the star, and names that only begin alike (RFC 9110, 12.5.3)."""
    headers = get(addresses(phone)["form"], Accept_Encoding=accepted)[1]
    assert ("content-encoding" in headers) == is_gzip


def test_lists_of_forms_and_files_are_compressed_when_long(
    phone: Phone, town: Server, get: Callable[..., Got], visit_form: Make
) -> None:
    """A short one would grow."""
    address = f"{phone.address}/formList"
    assert "content-encoding" not in get(address, Accept_Encoding="gzip")[1]
    for number in range(30):
        town.store.publish(visit_form(form_id=f"other_{number}"))
    status, headers, packed = get(address, Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert gzip.decompress(packed).count(b"<formID>") == 31
    assert len(phone.form_list()) == 31


@pytest.mark.parametrize("name", ["hall.jpg", "tiny.csv"])
def test_pictures_and_small_files_are_not_compressed(phone: Phone, get: Callable[..., Got], name: str) -> None:
    """There is nothing to gain."""
    status, headers, body = get(addresses(phone)[name], Accept_Encoding="gzip")
    assert (status, body) == (200, MEDIA[name])
    assert "content-encoding" not in headers
    assert ("vary" in headers) == name.endswith(".csv")


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("what", ["form", "villages.csv", "households.csv", "hall.jpg", "manifest"])
def test_head_tells_what_get_gives(phone: Phone, get: Callable[..., Got], what: str, accepted: str) -> None:
    """The same headers, the same length, and no body."""
    address = addresses(phone)[what]
    _, headers, body = get(address, Accept_Encoding=accepted)
    status, told, nothing = get(address, "HEAD", Accept_Encoding=accepted)
    told.pop("date", None), headers.pop("date", None)
    assert (status, told, nothing) == (200, headers, b"")
    assert int(told["content-length"]) == len(body)


@pytest.mark.parametrize("name", ["villages.csv", "hall.jpg"])
def test_a_part_that_is_asked_for_is_a_part_of_the_plain_bytes(phone: Phone, get: Callable[..., Got], name: str) -> None:
    """A download that broke off goes on where it was."""
    status, headers, body = get(addresses(phone)[name], Accept_Encoding="gzip", Range="bytes=100-199")
    assert (status, body) == (206, MEDIA[name][100:200])
    assert "content-encoding" not in headers


def test_each_text_is_compressed_once_and_off_the_event_loop(
    phone: Phone, get: Callable[..., Got], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a long one is worked on, everybody else is served."""
    threads: list[str] = []
    compress = compression.write_compressed

    def noting(source: Path | bytes, target: Path) -> None:
        threads.append(threading.current_thread().name)
        compress(source, target)

    monkeypatch.setattr(compression, "write_compressed", noting)
    for _ in range(3):
        for what in ("form", "villages.csv"):
            assert get(addresses(phone)[what], Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"
    assert len(threads) == 2 and "liuwen-server" not in threads


def test_a_list_that_changes_is_compressed_anew(phone: Phone, town: Server, get: Callable[..., Got]) -> None:
    """And the older file goes."""
    address = addresses(phone)["households.csv"]
    get(address, Accept_Encoding="gzip")
    town.store.entities.create("households", [{"label": "New", "village": "Donghu"}])
    assert b"Donghu" in gzip.decompress(get(address, Accept_Encoding="gzip")[2])
    kept = sorted(path.name for path in (town.store.folder / "cache").glob("list-*"))
    assert len(kept) == 2 and kept[1] == f"{kept[0]}.gz"


def test_without_room_for_it_a_text_is_sent_as_it_is(
    phone: Phone, town: Server, get: Callable[..., Got], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk stops nobody from fetching a form."""
    want = addresses(phone)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compression, "write_compressed", full)
    monkeypatch.setattr("liuwen.store.entities.csv_files.write_compressed", full)
    for what in ("form", "villages.csv", "households.csv"):
        status, headers, _ = get(want[what], Accept_Encoding="gzip")
        assert status == 200 and "content-encoding" not in headers


def test_the_phone_of_the_tests_accepts_gzip_as_collect_does(phone: Phone) -> None:
    """Otherwise these tests would not be what the app meets."""
    form: ListedForm = phone.form_list()[0]
    assert phone.request("GET", form.download_url).headers["content-encoding"] == "gzip"
