"""Builds a form from a list of questions."""

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
    """A form made of questions, groups and repeats.

    Args:
        form_id: The form ID; submissions carry it.
        version: The version, by custom a date and a number, such as "2026112101".
        items: The questions, groups and repeats, in order.
        zh: The title in Chinese.
        en: The title in English.
        title: The title, if it should be neither `zh` nor `en`.
        languages: The languages that every label must have: codes such as "zh", or names such as "Deutsch (de)". A phone
            opens the form in the first one.
        lists: Choice lists that questions mention by name only.
        entities: Entity lists that the form writes to; see `entity_list`.
        settings: Further settings, such as `instance_name`.
        media: Files that travel with the form, by name.
        anonymous: Whether the form says of itself that nothing is kept of who answered and when (`Form.anonymous`).

    Returns:
        The form.

    Raises:
        FormError: If a name is used twice, a label is missing in a language, a reference or list does not exist, or a
            list is defined differently twice. The sentence names the first fault found.

    Example:
        >>> from liuwen.form import builder as b
        >>> village = b.text("village", zh="在哪个村？", en="Which village?")
        >>> build_form("visit", zh="走访", en="Visit", version="1", items=[village])
        <Form 'visit' version '1': 1 questions, 0 repeats, 2 languages>
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
