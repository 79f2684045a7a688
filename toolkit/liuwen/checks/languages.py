"""Which of a form's languages are one language spelt in two ways."""

from collections import Counter
from collections.abc import Iterator

from liuwen.form.model import Form


def spelt_twice(form: Form) -> Iterator[tuple[str, str, bool]]:
    """The rarer spelling of a language, the other one, and whether they are certainly one language."""
    used = Counter(means.language for sheet in ("survey", "choices") for means in form.headers(sheet) if means.language)
    first: dict[str, str] = {}
    for language in sorted(used, key=lambda each: -used[each]):
        for key, certain in _keys(language).items():
            other = first.setdefault(key, language)
            if other != language:
                yield language, other, certain
                break


def _code(language: str) -> str:
    before, _, code = language.strip().removesuffix(")").rpartition("(")
    return code.strip() if before and language.strip().endswith(")") else ""


def _keys(language: str) -> dict[str, bool]:
    """What two spellings of one language have in common, and whether that makes it certain."""
    code = _code(language)
    name = language.rpartition("(")[0] if language.rstrip().endswith(")") else language
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    return {f"name {plain}": True, **({f"code {code.casefold()}": False} if code else {})}
