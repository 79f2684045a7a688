"""Prints a line for each submission that arrives at a running server, until Ctrl-C."""

from time import sleep
from typing import TYPE_CHECKING

import click

from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Store, StoredSubmission

ARRIVED = Sentence(zh="收到：{form}，{who}（共 {count} 份）", en="Received: {form}, {who} ({count} in all)")
ARRIVED_ANONYMOUS = Sentence(zh="收到：{form}（共 {count} 份）", en="Received: {form} ({count} in all)")
CORRECTED = Sentence(zh="已修改：{form}，{who}", en="Corrected: {form}, {who}")

_LOOK_EVERY = 0.3


class ArrivalLog:
    """Reports submissions from now on; `new` counts them without edits."""

    def __init__(self, store: "Store") -> None:
        from liuwen.store.store import keeping_of

        self._store = store
        self._titles = {form.form_id: form.title for form in store.forms()}
        self._last = keeping_of(store).last_number()
        self._before = store.count()
        self._anonymous = store.anonymous_counts()
        self.new = 0

    def say(self) -> None:
        """Print each submission as it arrives, until a KeyboardInterrupt."""
        while True:
            self.look()
            sleep(_LOOK_EVERY)

    def look(self) -> None:
        """Print submissions that have arrived since the last call."""
        for arrived in self._store.submissions(after=self._last):
            if not arrived.number:  # anonymous answers are counted separately below
                continue
            self._last = arrived.number
            self.new += not _is_edit(arrived)
            click.echo(str(self._message(arrived)))
        self._look_for_anonymous()

    def _look_for_anonymous(self) -> None:
        counts = self._store.anonymous_counts()
        for form_id in counts:
            for _ in range(counts[form_id] - self._anonymous.get(form_id, 0)):
                self.new += 1
                title = self._titles.get(form_id, form_id)
                click.echo(str(ARRIVED_ANONYMOUS.filled(form=title, count=self._before + self.new)))
        self._anonymous = counts

    def _message(self, arrived: "StoredSubmission") -> Sentence:
        sentence = CORRECTED if _is_edit(arrived) else ARRIVED
        title = self._titles.get(arrived.form_id, arrived.form_id)
        return sentence.filled(form=title, who=arrived.collector, count=self._before + self.new)


def _is_edit(submission: "StoredSubmission") -> bool:
    return submission.root_id != submission.instance_id
