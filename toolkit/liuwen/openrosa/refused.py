"""The exception for refused requests, with its HTTP status."""

from liuwen.errors import StoreError
from liuwen.messages import Sentence


class RefusedError(StoreError):
    """A request refused with an HTTP `status`."""

    def __init__(self, status: int, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.status = status
