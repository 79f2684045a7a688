"""Wrong passwords slow down, and are logged."""

import urllib.error
import urllib.request

import pytest

from liuwen.server import attempts, serve
from liuwen.store import Credentials, Store


def ask(url: str, username: str, password: str) -> int:
    """The status of a request with Digest authentication."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, url, username, password)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPDigestAuthHandler(passwords))
    asked = urllib.request.Request(f"{url}/formList", headers={"X-OpenRosa-Version": "1.0"})
    try:
        with opener.open(asked) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except ValueError:  # urllib refuses to try the same password again
        return 401


def test_wrong_passwords_slow_down_and_are_logged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few, even the right one must wait; a phone that scanned its code is not concerned."""
    wang: Credentials = store.add_collector("wang")
    with serve(store, port=0) as server:
        assert ask(server.url, wang.username, wang.password) == 200
        assert ask(server.url, wang.username, "guess") != 200
        monkeypatch.setattr(attempts, "_wait", lambda count: 1000.0 if count else 0.0)
        assert ask(server.url, wang.username, wang.password) == 429
        monkeypatch.setattr(attempts, "_wait", lambda count: 0.0)
        assert ask(server.url, wang.username, wang.password) == 200
    logged = [entry for entry in store.log() if entry.act.en == "wrong password"]
    assert logged and {(entry.subject, entry.who) for entry in logged} == {("wang", "127.0.0.1")}
    assert "guess" not in repr(store.log())


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (10, 32), (50, 300)])
def test_the_wait_doubles(count: int, seconds: float) -> None:
    """Up to five minutes."""
    assert attempts._wait(count) == seconds
