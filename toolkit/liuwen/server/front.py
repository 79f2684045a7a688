"""The front of the application: checks the Host header, and takes submissions without the routing that pages need.

A submission is what a server gets by the thousand in one evening; finding its route among all others, and the layers that
Starlette puts around a handler, would take as long as storing it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from liuwen.messages import Sentence
from liuwen.openrosa.refused import RefusedError

BAD_HOST = Sentence(zh="请求的 Host 无效。", en="The Host header of the request is invalid.")

Handler = Callable[[Request], Awaitable[Response]]
ErrorHandlers = Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]

_HOST = re.compile(rb"[A-Za-z0-9.\-_]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_SUBMISSION = re.compile(r"(?:/key/([^/]+))?/submission")


class Front:
    """The outermost layer of the application.

    Args:
        app: The application with all its routes.
        submission: Receives a submission.
        errors: The responses to exceptions, the same as the application's.
    """

    def __init__(self, app: Starlette, submission: Handler, errors: ErrorHandlers) -> None:
        self._app = app
        self._submission = submission
        self._errors = errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["app"] = self._app
        submission = _SUBMISSION.fullmatch(scope["path"]) if scope["method"] == "POST" else None
        if not _has_valid_host(scope):
            await self._answer(_refuse_host, scope, receive, send)
        elif submission is not None:
            scope["path_params"] = {"token": submission[1]} if submission[1] else {}
            await self._answer(self._submission, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, handler: Handler, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            response = await handler(request)
        except tuple(self._errors) as fault:
            answering = next(self._errors[kind] for kind in type(fault).__mro__ if kind in self._errors)
            response = await answering(request, fault)
        await response(scope, receive, send)


async def _refuse_host(_: Request) -> Response:
    raise RefusedError(400, BAD_HOST)


def _has_valid_host(scope: Scope) -> bool:
    """Whether there is one Host header, and it is valid in a URL."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and _HOST.fullmatch(hosts[0]) is not None
