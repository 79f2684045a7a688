"""Valid submissions changed at random: what is acknowledged is read again exactly, what is refused leaves nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.server import Server, serve
from liuwen.store import Store
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t东村 ")
TEXTS = st.text(LETTERS, max_size=40)
INSTANCES = st.sampled_from([f"uuid:{number}" for number in range(60)])
NAMES = st.sampled_from(["p.jpg", "q.jpg", "东 村.jpg", "a;b.txt", 'say "x".txt'])
CONTENTS = st.binary(max_size=60) | st.sampled_from([b"", b"--C", b"\r\n--", b"\r\n\r\n", b"x" * 70_000])


@dataclass
class Sent:
    """A submission as a phone sends it, and how it is changed on the way."""

    instance: str
    xml: bytes
    files: dict[str, bytes]
    breakage: str
    place: int
    edits: str = ""
    body: bytes = field(init=False)

    def __post_init__(self) -> None:
        parts = [_part("xml_submission_file", self.xml), *(_part(name, content) for name, content in self.files.items())]
        self.body = b"".join(parts) + b"--B--\r\n"
        at = self.place % len(self.body)
        if self.breakage == "cut":
            self.body = self.body[:at]
        elif self.breakage == "byte":
            self.body = self.body[:at] + b"\xff" + self.body[at + 1 :]
        elif self.breakage == "twice":
            self.body = parts[-1] + self.body


def _part(name: str, content: bytes) -> bytes:
    said = name.replace('"', "%22")
    return f'--B\r\nContent-Disposition: form-data; name="{said}"; filename="{said}"\r\n\r\n'.encode() + content + b"\r\n"


@st.composite
def submissions(draw: st.DrawFn) -> Sent:
    """Mostly valid ones: some again, some edits, some broken on the way."""
    instance, edits = draw(INSTANCES), draw(st.sampled_from(["", "", "", "", "uuid:0"]))
    prefix = draw(st.sampled_from(["", "orx:"]))
    declared = ' xmlns:orx="http://openrosa.org/xforms"' if prefix else ""
    deprecated = f"<{prefix}deprecatedID>{edits}</{prefix}deprecatedID>" if edits else ""
    meta = f"<{prefix}meta><{prefix}instanceID>{instance}</{prefix}instanceID>{deprecated}</{prefix}meta>"
    version = draw(st.sampled_from(["1", "1", "1", "1", "2"]))
    xml = f'<data id="visit" version="{version}"{declared}><village>{escape(draw(TEXTS))}</village>{meta}</data>'
    spaced = draw(st.sampled_from(["", "\n", '<?xml version="1.0"?>\n', "<!-- from a phone -->"]))
    files = draw(st.dictionaries(NAMES, CONTENTS, max_size=3))
    breakage = draw(st.sampled_from(["", "", "", "cut", "byte", "twice"]))
    return Sent(instance, (spaced + xml).encode(), files, breakage, draw(st.integers(0, 10**6)), edits)


@pytest.fixture(scope="module")
def accepting(tmp_path_factory: pytest.TempPathFactory, visit_form: Make) -> Iterator[tuple[Server, str]]:
    """A server, and its collector's token."""
    store = Store(tmp_path_factory.mktemp("accepting") / "town")
    store.publish(visit_form())
    who = store.add_collector("wang")
    with serve(store, port=0, language="en") as server:
        yield server, who.token
    store.close()


SEEN: dict[int, int] = {}


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=submissions())
def test_acknowledged_submissions_are_read_again_exactly(accepting: tuple[Server, str], sent: Sent) -> None:
    """And what is refused says so in a sentence and changes nothing."""
    server, token = accepting
    before = read_again(server)
    with Phone(f"{server.url}/key/{token}") as phone:
        kind = {"Content-Type": "multipart/form-data; boundary=B"}
        answer = phone.request("POST", f"{phone.address}/submission", sent.body, kind)
    after = read_again(server)
    SEEN[answer.status] = SEEN.get(answer.status, 0) + 1
    if answer.status != 201:
        assert answer.status in {400, 403, 404, 409}
        assert b"<message nature=" in answer.body and len(answer.body) > 120
        assert after == before
        return
    assert before.keys() - after.keys() <= {sent.edits}
    changed = [instance for instance, kept in after.items() if before.get(instance) != kept]
    assert len(changed) <= 1
    if not sent.breakage:
        xml, files = after[sent.instance]
        assert xml == sent.xml
        assert sent.files.items() <= files.items()
    for xml, _ in (after[instance] for instance in changed):
        assert xml in sent.body, "nothing is stored that was not sent"


def test_the_fuzz_was_accepted_and_refused(accepting: tuple[Server, str]) -> None:
    """A fuzz without a 201 would show nothing."""
    assert accepting[0].store.check() == ()
    assert SEEN[201] > 20 and SEEN[409] > 2 and SEEN[400] > 5, SEEN


def read_again(server: Server) -> dict[str, tuple[bytes, dict[str, bytes]]]:
    """What is stored now: current submissions with their files."""
    store = server.store
    return {
        each.instance_id: (
            each.xml,
            {name: path.read_bytes() for name, path in store.attachments("visit", each.instance_id).items()},
        )
        for each in store.submissions()
    }
