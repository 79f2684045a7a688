"""Texts of a column in Arrow's memory, made Python's own only where somebody reads them one by one."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuwen.responses.from_submissions.raw_table import without_spaces


class ArrowTexts(Sequence[Any]):
    """An Arrow array of texts, which reads as a list of them.

    Args:
        array: The texts; a null reads as None.
    """

    __slots__ = ("array",)

    def __init__(self, array: Any) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array.to_pylist())

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and bool(self.equal(text).any())

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> "ArrowTexts": ...
    def __getitem__(self, place: int | slice) -> Any:
        found = self.array[place]
        return ArrowTexts(found) if isinstance(place, slice) else found.as_py()

    def equal(self, text: str) -> Any:
        """Whether each is this one."""
        return np.asarray(pc.equal(self.array, text).fill_null(False))

    def at(self, places: Any) -> "ArrowTexts":
        """Some of them."""
        return ArrowTexts(self.array.take(pa.array(places)))

    def replaced(self, text: str, other: str) -> "ArrowTexts":
        """The texts with another in place of one."""
        return ArrowTexts(pc.if_else(pc.equal(self.array, text), other, self.array))

    def is_blank(self) -> Any:
        """Whether each is missing or ""."""
        return np.asarray(pc.equal(self.array, "").fill_null(True))

    def without_spaces(self) -> "ArrowTexts":
        """The texts; a missing one, or nothing but white space, is ""."""
        return ArrowTexts(without_spaces(self.array.fill_null("")))

    def stripped(self) -> "ArrowTexts":
        """The texts without the space around them; a missing one is ""."""
        return ArrowTexts(pc.utf8_trim_whitespace(self.array.fill_null("")))

    def all_match(self, pattern: str) -> bool:
        """Whether a pattern fits the whole of each text that is not blank."""
        fits = pc.match_substring_regex(self.array, rf"\A(?:{pattern})\z").fill_null(False)
        return bool((np.asarray(fits) | self.is_blank()).all())

    def short(self, longest: int) -> set[str]:
        """Those of at most so many characters, without the space around them."""
        stripped = pc.utf8_trim_whitespace(self.array) if self._may_have_spaces() else self.array
        return set(stripped.filter(pc.less_equal(pc.utf8_length(stripped), longest)).unique().to_pylist())

    def with_last(self, text: str | None) -> "ArrowTexts":
        """The texts and one more."""
        return ArrowTexts(pa.concat_arrays([self.array, pa.array([text], pa.string())]))

    def _may_have_spaces(self) -> bool:
        """Whether a byte of the texts may belong to white space."""
        data = self.array.buffers()[2]
        signs = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
        return bool(((signs <= ord(" ")) | (signs > ord("~"))).any())
