"""Signing in and out of the office page: by the address that is printed where it is started, or with an account's password."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence, use_language
from liuwen.office.guard import FOREIGN, Guard, finished, is_own
from liuwen.office.navigation import home_of
from liuwen.office.rendering import notice, render
from liuwen.office.request import read_form
from liuwen.openrosa.refused import RefusedError
from liuwen.store.audit import acting_as

if TYPE_CHECKING:
    from liuwen.office.desk import Office

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="登录办公页面", en="Sign in to the office page"),
    "name": Sentence(zh="姓名", en="Name"),
    "password": Sentence(zh="密码", en="Password"),
    "enter": Sentence(zh="登录", en="Sign in"),
    "local": Sentence(
        zh="在这台电脑上启动的人：请打开启动时显示的完整地址（里面有 key=）。",
        en="If you started it on this computer, open the complete address that was printed (with key= in it).",
    ),
    "collector": Sentence(
        zh="采集员不用登录：打开自己的码里的地址，能看到和改正自己交的答卷。",
        en="Collectors need not sign in: the address in your code shows what you sent, and lets you correct it.",
    ),
}
WRONG = Sentence(zh="姓名或密码不对。", en="The name or the password is wrong.")
WRONG_KEY = Sentence(
    zh="地址里的密钥不对，可能是上一次启动的；请打开这次显示的地址。",
    en="The key in the address is wrong, perhaps that of an earlier start; open the address that was printed this time.",
)


class SignIn:
    """The pages to sign in and out.

    Args:
        office: The running office.
        guard: Whose cookie it sets.
        secure: Whether the page is served over https.
    """

    def __init__(self, office: "Office", guard: Guard, *, secure: bool) -> None:
        self._office = office
        self._guard = guard
        self._secure = secure

    async def page(self, request: Request) -> Response:
        """The page; with the printed key it signs in at once."""
        key = request.query_params.get("key")
        with use_language(self._guard.language(request)):
            if key is None:
                return self._guard.remember(request, self._form(request))
            cookie = self._office.sessions.open_locally(key)
            return self._form(request, WRONG_KEY, 403) if cookie is None else self._entered(request, cookie)

    async def enter(self, request: Request) -> Response:
        """Check a name and password."""
        with use_language(self._guard.language(request)):
            if not is_own(request):
                return finished(notice(FOREIGN, None), 403)
            form = await read_form(request)
            fields = form.fields if form else {}
            return await asyncio.to_thread(self._check, request, fields.get("name", "").strip(), fields.get("password", ""))

    async def leave(self, request: Request) -> Response:
        """Sign out; it needs no secret, because the cookie is not sent along by other sites."""
        if not is_own(request):
            return finished(notice(FOREIGN, None), 403)
        self._office.sessions.close(request.cookies.get(self._guard.cookie, ""))
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(self._guard.cookie)
        return response

    def _check(self, request: Request, name: str, password: str) -> Response:
        address = request.client.host if request.client else "?"
        try:
            stranger = self._office.attempts.of(request, name)
        except RefusedError as waiting:
            return self._form(request, waiting.sentence, waiting.status)
        cookie = self._office.sessions.open_account(name, password)
        if cookie is None:
            self._office.attempts.count(stranger)
            with acting_as(address):
                self._office.store.office.note("wrong password", name[:100])
            return self._form(request, WRONG, 403)
        with acting_as(name):
            self._office.store.office.note("signed in", name, address)
        return self._entered(request, cookie)

    def _form(self, request: Request, wrong: Sentence | None = None, status: int = 200) -> Response:
        back = request.query_params.get("next", "")
        return finished(render("sign_in.html", None, w=WORDS, town=self._office.town, wrong=wrong, next=back), status)

    def _entered(self, request: Request, cookie: str) -> Response:
        back = request.query_params.get("next", "")
        inside = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back != "/sign-in" else ""
        session = self._office.sessions.find(cookie)
        response = RedirectResponse(inside or home_of(session.rights if session else frozenset()), 303)
        response.set_cookie(self._guard.cookie, cookie, httponly=True, samesite="strict", secure=self._secure)
        return self._guard.remember(request, response)
