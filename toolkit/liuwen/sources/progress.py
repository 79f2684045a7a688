"""How far a pull is: a bar on a terminal and in a notebook, nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from liuwen.messages import Sentence

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int], None]
"""Told how many of how many submissions are here, each time one more is."""

_PULLING = Sentence(zh="取回 {form}", en="Pulling {form}")


@contextmanager
def shown(form_id: str) -> Iterator[Progress]:
    """Shows how far the pull of a form is, from its first submission on."""
    from rich.console import Console

    console = Console(stderr=True)
    what = str(_PULLING.filled(form=form_id))
    if console.is_jupyter:
        yield _in_a_notebook(what)
    elif console.is_terminal:
        with _on_a_terminal(console, what) as progress:
            yield progress
    else:
        yield lambda _done, _total: None


@contextmanager
def _on_a_terminal(console: "Console", what: str) -> Iterator[Progress]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console) as bars:
        task = None

        def tell(done: int, total: int) -> None:
            nonlocal task
            task = bars.add_task(what, total=total) if task is None else task
            bars.update(task, completed=done, total=total)

        yield tell


def _in_a_notebook(what: str) -> Progress:
    """An HTML bar that is drawn anew: no widget, whose state a saved notebook would lack."""
    from IPython import display

    page: Any = display.HTML  # IPython says nothing of its types
    show: Any = display.display
    handle = None

    def tell(done: int, total: int) -> None:
        nonlocal handle
        bar = page(f'{escape(what)} <progress value="{done}" max="{total}"></progress> {done}/{total}')
        if handle is None:
            handle = show(bar, display_id=True)
        else:
            handle.update(bar)

    return tell
