"""Prints a form as a PDF (typst, A4)."""

from importlib.resources import files

from liuwen.form.reading import FormLike, as_form
from liuwen.messages import Language, Sentence, language_in_force

ABOUT = Sentence(zh="{id} · 版本 {version}", en="{id} · version {version}")


def print_form(form: FormLike, *, language: Language | None = None) -> bytes:
    """The form as a paper questionnaire: to read it through, to have it approved, and for days without a phone.

    Questions are numbered in the order of the form; what the phone calculates or records by itself is left out. Constraints
    are printed with the question, in the form's own words or as a comparison. Conditions stand in words above what they hold for,
    answers are boxes to tick, a repeat is a table with a column for each, and lists of over 60 answers are written down from the
    list.

    Args:
        form: The form, or the path of one.
        language: "zh" or "en": the language of the instructions, and of the questions where the form has it; by default the
            current one.

    Returns:
        The bytes of a PDF of A4 pages; the same form gives the same bytes.

    Raises:
        ReadError: The file is not a form.
        CampaignError: No font of this machine has Chinese.

    >>> from liuwen.form import build_form, builder as b
    >>> village = b.text("village", zh="在哪个村？", en="Which village?")
    >>> print_form(build_form("visit", version="1", zh="走访", en="Visit", items=[village]), language="zh")[:5]
    b'%PDF-'
    """
    from liuwen.paper.questions import PaperForm
    from liuwen.printing import printed

    form = as_form(form)
    language = language or language_in_force()
    told = {
        "title": form.title,
        "about": ABOUT.filled(id=form.id, version=form.version or "–").in_language(language),
        "blocks": PaperForm(form, language).blocks(),
    }
    return printed(files("liuwen.paper").joinpath("paper.typ").read_bytes(), told, language)
