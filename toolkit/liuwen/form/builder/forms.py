"""From a list of questions to a form."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from liuwen.form.builder.building import Draft, EntityList, Item, Options, language_columns, lay_out
from liuwen.form.builder.refusals import gather_lists, refuse_faults
from liuwen.form.headers import ANONYMOUS
from liuwen.form.model import Form


def build_form(
    form_id: str,
    *,
    version: str,
    items: Sequence[Item],
    zh: str = "",
    en: str = "",
    title: str = "",
    languages: Sequence[str] = ("zh", "en"),
    lists: Sequence[Options] = (),
    entities: Sequence[EntityList] = (),
    settings: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    anonymous: bool = False,
) -> Form:
    """The form with these `items`, worded in `languages`; the first of them is the one a phone opens with.

    The title is `title`, or else `zh`/`en` in the first language. `lists` are choice lists that no question passes as an
    object; `media` are the files that travel with the form. With `anonymous`, the form itself says that nothing is to be kept
    of who answered and when (`Form.anonymous`). Raises `FormError` for the first fault it finds.
    """
    named = language_columns(languages)
    cells = {"form_title": title or _title(named, zh, en) or form_id, "form_id": form_id, "version": version}
    if named:
        cells["default_language"] = next(iter(named.values()))
    if anonymous:
        cells[ANONYMOUS] = "yes"
    draft = Draft(
        items=tuple(items),
        lists=MappingProxyType(gather_lists(items, lists)),
        entities=tuple(entities),
        settings=MappingProxyType({**cells, **(settings or {})}),
        languages=MappingProxyType(named),
    )
    refuse_faults(draft)
    return lay_out(draft, media or {})


def _title(languages: Mapping[str, str], zh: str, en: str) -> str:
    by_code = {"zh": zh, "en": en}
    return next((by_code[code] for code in languages if by_code.get(code)), "") or zh or en
