"""The addresses of draft forms: below each, a draft's own store is served as any store is, to whoever has a test code."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from liuwen.messages import Sentence
from liuwen.server.joining import Joining, join_at
from liuwen.server.phone_routes import PhoneRoutes
from liuwen.store.draft_forms import DraftForm, draft_folder
from liuwen.store.store import Store, keeping_of

TRIAL_OF = Sentence(zh="{form}（试填）", en="{form} (trial)")
ADDRESS = "/test"


def code_to_try(draft: DraftForm, server: str) -> Joining:
    """A new test code of a draft; `server` is the server's address."""
    return join_at(f"{server}{ADDRESS}/{draft.name}", draft.new_code(), str(TRIAL_OF.filled(form=draft.form.title)))


@dataclass(frozen=True, slots=True)
class ServedDraft:
    """A draft that is held for writing."""

    store: Store
    phones: PhoneRoutes
    app: ASGIApp

    def close(self) -> None:
        """Release it."""
        self.phones.close()
        keeping_of(self.store).release()
        self.store.close()


class ServedDrafts:
    """Serves the drafts of a store; each is opened when it is first asked for, and closed once it is deleted.

    Args:
        folder: The folder of the store.
        serve: Makes the application of a draft that is held for writing, whose addresses begin with the second argument.
    """

    def __init__(self, folder: Path, serve: Callable[[Store, str], ServedDraft]) -> None:
        self._folder = folder
        self._serve = serve
        self._open: dict[str, ServedDraft] = {}
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request to a draft."""
        name = str(scope["path_params"]["draft"])
        async with self._opening:
            served = await asyncio.to_thread(self._served, name)
        if served is None:
            raise HTTPException(404)
        await served.app(scope, receive, send)

    def _served(self, name: str) -> ServedDraft | None:
        for gone in [one for one in self._open if draft_folder(self._folder, one) is None]:
            self._open.pop(gone).close()
        folder = draft_folder(self._folder, name)
        if folder is None:
            return None
        if name not in self._open:
            store = Store(folder)
            keeping_of(store).hold()
            self._open[name] = self._serve(store, f"{ADDRESS}/{name}")
        return self._open[name]

    def close(self) -> None:
        """Release all drafts."""
        while self._open:
            self._open.popitem()[1].close()
