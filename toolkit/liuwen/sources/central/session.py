"""The session of an account on ODK Central: logs in with pyodk when it is first needed, and again when it has expired."""

import logging
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.sources.credentials import secret
from liuwen.sources.wire import patient, reaching

if TYPE_CHECKING:
    import requests
    from pyodk._utils.session import Session

_SIGN_IN = Sentence(
    zh="{server} 不接受 {email} 的密码，或地址不是 ODK Central。",
    en="{server} does not accept the password of {email}, or it is not an ODK Central server.",
)


class CentralSession:
    """An account on a server, shared by several threads."""

    def __init__(self, url: str, email: str) -> None:
        self._url = url
        self._email = email
        self._logging_in = Lock()

    def open(self) -> "requests.Session":
        """The session, logged in; raises `SourceError` if the server does not accept the account."""
        from pyodk.errors import PyODKError

        try:
            with self._logging_in, reaching(self._url):
                self._session.auth.login()
        except (PyODKError, ValueError, KeyError, TypeError, RecursionError) as refusal:  # also for a reply without a token
            raise SourceError(_SIGN_IN.filled(server=self._url, email=self._email)) from refusal
        opened: requests.Session = self._session
        return opened

    def log_in_again(self, refused: "requests.Response") -> None:
        """Log in again, because Central ends sessions after a day; if several threads fail at once, only the first logs in."""
        headers = self._session.headers
        with self._logging_in:
            if headers.get("Authorization") == refused.request.headers.get("Authorization"):
                headers.pop("Authorization", None)
        self.open()

    @cached_property
    def _session(self) -> "Session":
        from pyodk._utils.session import Session

        library = logging.getLogger("pyodk")  # pyodk logs the errors that it raises; we raise our own
        library.handlers, library.propagate = [logging.NullHandler()], False
        password = secret("CENTRAL_PASSWORD", server=self._url, account=self._email)
        # without a cache, because pyodk would write the token to a file
        session = Session(base_url=self._url, api_version="v1", username=self._email, password=password, cache_path=None)
        patient(session)
        return session
