"""Previews a form in a notebook as respondents will see it; submissions made there become `Responses`."""

from typing import TYPE_CHECKING

from liuwen.form.reading import FormLike, as_form
from liuwen.messages import Language, language_in_force

if TYPE_CHECKING:
    from liuwen.webform.widget import Preview


def preview(form: FormLike, *, language: Language | None = None, height: int = 720) -> "Preview":
    """Show `form` in the notebook as the real ODK Web Forms draw it, with its media and lists at hand.

    Args:
        form: The form, or the path of one.
        language: The language to open in; by default the current one.
        height: The height of the frame, in CSS pixels.

    Returns:
        A widget. What is sent in it is kept in its `submissions`, and `widget.responses` reads those as tables.

    Raises:
        ConversionError: pyxform makes no XForm of it.
        ReadError: The browser form was not installed with liuwen.

    >>> from liuwen.form import build_form, builder as b
    >>> village = b.text("village", zh="在哪个村？", en="Which village?")
    >>> shown = preview(build_form("visit", version="1", zh="走访", en="Visit", items=[village]), language="zh")
    >>> shown.language, len(shown.submissions)
    ('zh', 0)
    """
    from liuwen.form.formats.xform import to_xform
    from liuwen.webform.widget import Preview

    form = as_form(form)
    converted = to_xform(form)
    lists = {"itemsets.csv": converted.itemsets.encode()} if converted.itemsets else {}
    return Preview(form, converted.xml, {**lists, **form.media}, language or language_in_force(), height)
