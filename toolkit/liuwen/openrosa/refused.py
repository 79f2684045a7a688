"""What the server will not do, with the HTTP status that says so."""

from liuwen.errors import StoreError
from liuwen.messages import Sentence


class RefusedError(StoreError):
    """A request that is refused with an HTTP `status`."""

    def __init__(self, status: int, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.status = status
