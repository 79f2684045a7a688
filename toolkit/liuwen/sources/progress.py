"""Shows the progress of a pull: a bar on a terminal or in a notebook, nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from liuwen.messages import Sentence

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int], None]
"""Called with the number of downloaded submissions and the total, after each download."""

_PULLING = Sentence(zh="取回 {form}", en="Pulling {form}")


@contextmanager
def shown(form_id: str) -> Iterator[Progress]:
    """Show the progress of a pull, from its first submission on."""
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
    """An HTML progress bar that is updated in place; a widget would have no state in a saved notebook."""
    from IPython import display

    page: Any = display.HTML  # IPython has no type hints
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
