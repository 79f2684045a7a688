"""Forms and their files are sent as gzip if accepted; hashes, lengths and ranges are those that Collect expects."""

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
    """A collector's phone."""
    with Phone(f"{town.url}/key/{town.store.add_token('wang')}") as phone:
        yield phone


Got = tuple[int, dict[str, str], bytes]


@pytest.fixture
def get(town: Server) -> Callable[..., Got]:
    """Sends a request and returns the raw response."""

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
    """Address of every text, by kind."""
    (form,) = phone.form_list()
    files = {file.name: file.download_url for file in phone.manifest(form)}
    return {"form": form.download_url, "manifest": form.manifest_url, **files}


def test_phone_downloads_everything_with_valid_hashes(phone: Phone, visit_form: Make) -> None:
    """Hashes are of the uncompressed bytes; the phone checks them as Collect does."""
    (form,) = phone.form_list()
    fetched = phone.fetch(form)
    assert form.hash == "md5:" + hashlib.md5(fetched.xml).hexdigest()
    assert {name: fetched.files[name] for name in MEDIA} == MEDIA
    assert fetched.files["households.csv"].count(b"Hubin") == 500


@pytest.mark.parametrize("what", ["form", "villages.csv", "households.csv"])
def test_texts_are_compressed_if_accepted(phone: Phone, get: Callable[..., Got], what: str) -> None:
    """Fewer bytes, the same text, and a Vary header for caches."""
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
def test_accept_encoding_is_parsed_by_the_standard(
    phone: Phone, get: Callable[..., Got], accepted: str, *, is_gzip: bool
) -> None:
    """Weights of 0, the wildcard, and names with the same beginning (RFC 9110, 12.5.3)."""
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
    """They would not get smaller."""
    status, headers, body = get(addresses(phone)[name], Accept_Encoding="gzip")
    assert (status, body) == (200, MEDIA[name])
    assert "content-encoding" not in headers
    assert ("vary" in headers) == name.endswith(".csv")


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("what", ["form", "villages.csv", "households.csv", "hall.jpg", "manifest"])
def test_head_agrees_with_get(phone: Phone, get: Callable[..., Got], what: str, accepted: str) -> None:
    """The same headers, the same length, and no body."""
    address = addresses(phone)[what]
    _, headers, body = get(address, Accept_Encoding=accepted)
    status, told, nothing = get(address, "HEAD", Accept_Encoding=accepted)
    told.pop("date", None), headers.pop("date", None)
    assert (status, told, nothing) == (200, headers, b"")
    assert int(told["content-length"]) == len(body)


@pytest.mark.parametrize("name", ["villages.csv", "hall.jpg"])
def test_range_requests_get_uncompressed_bytes(phone: Phone, get: Callable[..., Got], name: str) -> None:
    """An interrupted download can be resumed."""
    status, headers, body = get(addresses(phone)[name], Accept_Encoding="gzip", Range="bytes=100-199")
    assert (status, body) == (206, MEDIA[name][100:200])
    assert "content-encoding" not in headers


def test_each_text_is_compressed_once_and_off_the_event_loop(
    phone: Phone, get: Callable[..., Got], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a long text is compressed, other requests are served."""
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


def test_changed_list_is_compressed_again(phone: Phone, town: Server, get: Callable[..., Got]) -> None:
    """The old file is deleted."""
    address = addresses(phone)["households.csv"]
    get(address, Accept_Encoding="gzip")
    town.store.entities.create("households", [{"label": "New", "village": "Donghu"}])
    assert b"Donghu" in gzip.decompress(get(address, Accept_Encoding="gzip")[2])
    kept = sorted(path.name for path in (town.store.folder / "cache").glob("list-*"))
    assert len(kept) == 2 and kept[1] == f"{kept[0]}.gz"


def test_text_is_sent_uncompressed_on_a_full_disk(
    phone: Phone, town: Server, get: Callable[..., Got], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk does not prevent the download of a form."""
    want = addresses(phone)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compression, "write_compressed", full)
    monkeypatch.setattr("liuwen.store.entities.csv_files.write_compressed", full)
    for what in ("form", "villages.csv", "households.csv"):
        status, headers, _ = get(want[what], Accept_Encoding="gzip")
        assert status == 200 and "content-encoding" not in headers


def test_the_phone_of_the_tests_accepts_gzip_as_collect_does(phone: Phone) -> None:
    """Otherwise these tests would differ from the app."""
    form: ListedForm = phone.form_list()[0]
    assert phone.request("GET", form.download_url).headers["content-encoding"] == "gzip"
