"""HTTP requests to other servers: temporary faults are retried, permanent ones become one clear sentence."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.sources.replies import path_of

if TYPE_CHECKING:
    import requests

PATIENCE = 120
"""Timeout of a request in seconds."""

_UNREACHABLE = Sentence(
    zh="连不上 {server}。请检查网络和地址。",
    en="Cannot reach {server}. Check the network and the address.",
)
_SIGN_IN = Sentence(zh="{server} 不接受这个账号或密码。", en="{server} does not accept this account or password.")
_FORBIDDEN = Sentence(
    zh="这个账号在 {server} 上没有权限：{path}",
    en="This account has no permission on {server}: {path}",
)
_MISSING = Sentence(zh="{server} 上没有 {path}。", en="Not found on {server}: {path}")
_FAILED = Sentence(
    zh="{server} 没有完成请求（{path}，状态 {status}）：{said}",
    en="{server} refused the request ({path}, status {status}): {said}",
)


def patient(session: "requests.Session") -> "requests.Session":
    """The session, with retries of reading requests if the server is busy or the connection breaks."""
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    again = Retry(
        total=4, backoff_factor=0.5, status_forcelist=(429, 502, 503, 504), allowed_methods={"GET"}, raise_on_status=False
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again, pool_maxsize=16))
    return session


Sayings = Mapping[float, Sentence]
"""Sentences for status codes with a special meaning."""


def ask(
    session: "requests.Session",
    method: str,
    url: str,
    *,
    server: str,
    sayings: Sayings = MappingProxyType({}),
    log_in_again: "Callable[[requests.Response], None] | None" = None,
    **options: Any,
) -> "requests.Response":
    """Send a request; raises `SourceError` if there is no answer, or the server refuses.

    If the session has expired, `log_in_again` is called with the response, and the request is repeated once.
    """
    with reaching(server):
        answer = session.request(method, url, timeout=PATIENCE, **options)
    if answer.status_code == 401 and log_in_again is not None:
        log_in_again(answer)
        with reaching(server):
            answer = session.request(method, url, timeout=PATIENCE, **options)
    return accepted(answer, server, sayings)


@contextmanager
def reaching(server: str) -> Iterator[None]:
    """Turn a broken or missing connection into a `SourceError`."""
    import requests

    try:
        yield
    except requests.RequestException as fault:
        raise SourceError(_UNREACHABLE.filled(server=server)) from fault


def accepted(answer: "requests.Response", server: str, sayings: Sayings = MappingProxyType({})) -> "requests.Response":
    """Return the answer if the request succeeded; otherwise raise a `SourceError` with the reason."""
    if answer.status_code < 400:
        return answer
    body = _body(answer)
    refusals = {401: _SIGN_IN, 403: _FORBIDDEN, 404: _MISSING}
    code = body.get("code")
    special = sayings.get(code) if isinstance(code, int | float) else None
    sentence = special or refusals.get(answer.status_code, _FAILED)
    said = str(body.get("message") or body.get("detail") or body.get("error") or body)[:400]
    raise SourceError(sentence.filled(server=server, path=path_of(answer), status=answer.status_code, said=said))


def _body(answer: "requests.Response") -> dict[str, Any]:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        body = answer.text
    return body if isinstance(body, dict) else {"message": body}
