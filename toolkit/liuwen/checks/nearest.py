"""The known word that a misspelt one was meant to be."""

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The only one of `words` within one edit of `word` (two from eight letters on); None if no word or several match.

    A slip is a letter added, left out, changed or swapped with its neighbour (optimal string alignment); case and the
    difference between blank, hyphen and underscore do not count.

    >>> nearest("relevent", ["relevant", "required"])
    'relevant'
    """
    plain = _plain(word)
    allowed = 0 if len(plain) < 3 else 1 if len(plain) < 8 else 2
    close = [(slips, known) for known in words if (slips := _slips(plain, _plain(known), allowed)) <= allowed]
    fewest = min((slips for slips, _ in close), default=0)
    best = {known for slips, known in close if slips == fewest}
    return best.pop() if len(best) == 1 else None


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _slips(one: str, other: str, allowed: int) -> int:
    if abs(len(one) - len(other)) > allowed:
        return allowed + 1
    before: list[int] = []
    current = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before = before, current
        current = [i]
        for j, known in enumerate(other, start=1):
            slips = min(before[j] + 1, current[j - 1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                slips = min(slips, older[j - 2] + 1)
            current.append(slips)
        if min(current) > allowed:
            return allowed + 1
    return current[-1]
