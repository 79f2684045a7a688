"""A form as a compact outline for notebooks: questions, conditions and possible answers."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form.elements import Element
    from liuwen.form.model import Form

VERSION = Sentence(zh="版本", en="version")
COUNTS = Sentence(zh="{asked} 个问题，{lists} 个选项表", en="{asked} questions, {lists} choice lists")
WHEN = Sentence(zh="当", en="if")
REQUIRED = Sentence(zh="必答", en="required")
MORE = Sentence(zh="还有 {count} 项", en="{count} more")
REPEATED = Sentence(zh="重复", en="repeat")

NO_MATHEMATICS = "tex2jax_ignore mathjax_ignore"
"""Classes that stop notebooks from rendering text between two `$`, as in `${a} … ${b}`, as a formula."""

_MOST_CHOICES = 12
_STYLE = """
.liuwen-form{font:14px/1.5 system-ui,"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:56rem}
.liuwen-form h3{margin:.2em 0}
.liuwen-form .lw-about{opacity:.7;margin-bottom:.4em}
.liuwen-form details{border-left:3px solid #7aa7c7;margin:.35em 0;padding:.1em 0 .1em .8em}
.liuwen-form details.lw-repeat{border-color:#d99a4e}
.liuwen-form summary{cursor:pointer;font-weight:600}
.liuwen-form .lw-question{padding:.25em 0;border-bottom:1px solid rgba(128,128,128,.18)}
.liuwen-form code{font-size:.85em;opacity:.75;background:none;overflow-wrap:anywhere}
.liuwen-form .lw-type{display:inline-block;font-size:.78em;padding:0 .5em;border-radius:.8em;background:rgba(122,167,199,.25)}
.liuwen-form .lw-hint,.liuwen-form .lw-when{font-size:.88em;opacity:.8}
.liuwen-form .lw-unasked{opacity:.6}
.liuwen-form .lw-choice{display:inline-block;font-size:.88em;border:1px solid rgba(128,128,128,.35);border-radius:.3em;padding:0 .4em;margin:.1em .3em .1em 0}
.liuwen-form .lw-required{color:#c0392b}
"""  # noqa: E501  # one CSS rule per line


def form_html(form: "Form") -> str:
    """The outline as HTML with its own style, in the current language if the form has it; all text is escaped."""
    language = form.language(language_in_force()) or next(iter(form.languages), "")
    version = f" · {VERSION} {escape(form.version)}" if form.version else ""
    counts = COUNTS.filled(asked=sum(question.is_asked for question in form.questions), lists=len(form.choice_lists))
    languages = f" · {escape(', '.join(form.languages))}" if form.languages else ""
    about = f'<div class="lw-about"><code>{escape(form.id)}</code>{version} · {counts}{languages}</div>'
    body = "".join(_outline(form, language))
    return f'<div class="liuwen-form {NO_MATHEMATICS}"><style>{_STYLE}</style><h3>{escape(form.title)}</h3>{about}{body}</div>'


def _outline(form: "Form", language: str) -> Iterator[str]:
    depth = 0
    for element in form.elements:
        while depth > len(element.parents):
            yield "</details>"
            depth -= 1
        if element.kind == "question":
            yield _question(form, element, language)
        else:
            yield _opening(element, language)
            depth += 1
    yield "</details>" * depth


def _opening(element: "Element", language: str) -> str:
    label = escape(element.label(language) or element.name)
    mark = f' <span class="lw-type">{REPEATED}</span>' if element.kind == "repeat" else ""
    return f'<details open class="lw-{element.kind}"><summary>{label}{mark} {_name(element)}</summary>{_when(element)}'


def _question(form: "Form", element: "Element", language: str) -> str:
    shown = "lw-question" if element.is_asked else "lw-question lw-unasked"
    required = f' <span class="lw-required" title="{REQUIRED}">*</span>' if _is_required(element) else ""
    kind = f'<span class="lw-type">{escape(element.type)}</span>'
    label = escape(element.label(language) or element.cell("calculation"))
    hint = element.wording("hint", language)
    hint_line = f'<div class="lw-hint">{escape(hint)}</div>' if hint else ""
    choices = _choices(form, element, language)
    return f'<div class="{shown}">{kind} {label}{required} {_name(element)}{hint_line}{_when(element)}{choices}</div>'


def _is_required(element: "Element") -> bool:
    return element.cell("required").lower() in {"yes", "true", "true()", "1"}


def _name(element: "Element") -> str:
    return f"<code>{escape(element.name)}</code>"


def _when(element: "Element") -> str:
    relevant = element.cell("relevant")
    return f'<div class="lw-when">{WHEN} <code>{escape(relevant)}</code></div>' if relevant else ""


def _choices(form: "Form", element: "Element", language: str) -> str:
    choices = form.choices_of(element) if element.is_select else None
    if not choices:
        return ""
    shown = "".join(
        f'<span class="lw-choice">{escape(choice.label(language))}</span>' for choice in choices.choices[:_MOST_CHOICES]
    )
    rest = len(choices) - _MOST_CHOICES
    return f"<div>{shown}{MORE.filled(count=rest) if rest > 0 else ''}</div>"
