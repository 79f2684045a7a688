"""The outline of a form in a notebook."""

from lxml import html

from liuwen.form import Form, Sheet, read_form
from liuwen.form.display import form_html
from liuwen.messages import use_language


def text_of(form: Form) -> str:
    return " ".join(html.fromstring(form_html(form)).text_content().split())


def test_outline_uses_the_current_language(everything: Form):
    """Labels, choices and captions."""
    with use_language("zh"):
        chinese = text_of(everything)
    with use_language("en"):
        english = text_of(everything)
    assert "哪个村？" in chinese and "资金" in chinese and "当 ${asks} = 'yes'" in chinese
    assert "Which village?" in english and "Money" in english and "if ${asks} = 'yes'" in english


def test_groups_and_repeats_hold_their_questions(everything: Form):
    """Questions of a group are nested in the group's part of the outline."""
    page = html.fromstring(form_html(everything))
    group, repeat = page.iter("details")
    assert "village" in group.text_content() and "age" not in group.text_content().split()
    assert repeat.get("class") == "lw-repeat" and "age" in repeat.text_content()


def test_html_in_labels_is_escaped():
    """A label may contain HTML."""
    evil = "<script>alert(1)</script>"
    survey = Sheet.of(
        "survey", ["type", "name", "label", "relevant", "hint"], [["text", evil, evil, evil, evil], [evil, evil, evil]]
    )
    settings = Sheet.of("settings", ["form_title", "form_id", "version"], [[evil, evil, evil]])
    page = html.fromstring(form_html(Form((survey, settings))))
    assert not list(page.iter("script"))
    assert page.text_content().count(evil) >= 8


def test_faulty_forms_have_an_outline():
    """Unbalanced groups and missing lists."""
    text = b"| survey |\n| | type | name |\n| | end group | |\n| | begin group | g |\n| | select_one nothing | a |\n"
    page = form_html(read_form(text))
    assert page.count("<details") == page.count("</details>") == 1


def test_long_lists_are_truncated():
    """Twelve choices are shown, and the number of the others."""
    choices = Sheet.of("choices", ["list_name", "name"], [["l", f"c{number}"] for number in range(40)])
    form = Form((Sheet.of("survey", ["type", "name"], [["select_one l", "a"]]), choices))
    with use_language("en"):
        assert "28 more" in text_of(form)


def test_every_form_of_the_corpus_has_an_outline(forms: dict[str, Form]):
    """No form raises an exception."""
    assert all(form_html(form).endswith("</div>") for form in forms.values())
