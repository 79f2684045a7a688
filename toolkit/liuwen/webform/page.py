"""HTML pages of the server: a form to fill in, and a notice with one sentence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from string import Template
from types import MappingProxyType

from liuwen.messages import Language, Sentence

PAGE_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": (
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self' data:; "
            "img-src 'self' blob: data:; media-src 'self' blob:; font-src data:; worker-src blob:"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
)
"""Headers of every page: no script but the bundle runs, whatever a form's labels contain."""

_OPENING = Sentence(zh="正在打开问卷……", en="Opening the form…")
_NO_SCRIPT = Sentence(
    zh="填写问卷需要打开浏览器的 JavaScript。",
    en="Turn on JavaScript in the browser to fill in the form.",
)

_TRIAL = Sentence(
    zh="试填：这里的答卷不计入，问卷发布后删除。",
    en="Trial: answers given here do not count, and are deleted when the form is published.",
)

_STYLE = """
body { margin: 0; background: #f3f5f4; color: #1f2a26;
  font: 16px/1.7 "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", Roboto, sans-serif; }
.liuwen-notice { box-sizing: border-box; max-width: 34rem; margin: 22vh auto 0; padding: 2rem 1.5rem; text-align: center; }
.liuwen-waits::before { content: ""; display: block; width: 2.2rem; height: 2.2rem; margin: 0 auto 1.2rem; border-radius: 50%;
  border: 4px solid #cfd8d4; border-top-color: #1f7a5c; animation: liuwen-turn 1s linear infinite; }
.liuwen-trial { margin: 0; padding: .5rem 1rem; background: #fdf3d6; color: #5c4300; text-align: center; font-size: .95rem; }
@keyframes liuwen-turn { to { transform: rotate(1turn); } }
"""
_DOCUMENT = Template(
    """<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>$title</title>
<style>$style</style>
</head>
<body>
$body
</body>
</html>
"""
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A submission to be edited: the address of its XML, and those of its attachments by file name."""

    xml: str
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drafts:
    """How answers are kept in the browser until they are sent.

    Args:
        slot: The name of their place in the browser's storage.
        key: The key that encrypts them, 32 bytes in hexadecimal; None for a key that ends with the tab.
        base: The start of the page's addresses, which may be another when the answers are opened again.
    """

    slot: str
    key: str | None
    base: str


def page(
    title: str,
    *,
    form: str,
    submit: str,
    bundle: str,
    media: Mapping[str, str] = MappingProxyType({}),
    language: Language = "zh",
    edit: Edit | None = None,
    once: bool = False,
    drafts: Drafts | None = None,
    receipt: bool | None = None,
    trial: bool = False,
) -> str:
    """The HTML page on which a form is filled in and sent.

    Args:
        title: The form's title, shown by the browser.
        form: The address of the XForm XML.
        submit: Where to POST the submission, as multipart OpenRosa parts; 201 or 202 means it was kept, and the
            `message` of any other answer is shown to the person, whose answers stay on the page.
        bundle: The address of the module (`bundle_name()` is a good last part).
        media: Addresses of the form's files and lists, by file name.
        language: The page's own words, and the language the form opens in where it has it.
        edit: The submission to open again instead of a blank form.
        once: Whether the page takes one submission only, and offers no second.
        drafts: How answers are kept until they are sent; by default the browser keeps nothing.
        receipt: Whether the person is given a receipt number; False says that anonymous answers have none, None says nothing.
        trial: Whether the page says that the form is only tried.

    Addresses may be relative to the page. Send the page with `PAGE_HEADERS`.

    >>> html = page("问卷", form="form.xml", submit="submission", bundle="webform.js")
    >>> '<html lang="zh-CN">' in html and "form.xml" in html
    True
    """
    asked: dict[str, object] = {"form": form, "submit": submit, "media": dict(media), "language": language, "once": once}
    asked |= {"receipt": receipt, "drafts": asdict(drafts) if drafts else None}
    asked["edit"] = asdict(edit) | {"files": dict(edit.files)} if edit else None
    body = (
        f'<main id="liuwen-page"><p class="liuwen-notice liuwen-waits">{_OPENING.in_language(language)}</p></main>\n'
        f'<noscript><p class="liuwen-notice">{_NO_SCRIPT.in_language(language)}</p></noscript>\n'
        f'<script type="application/json" id="liuwen-form">{_json(asked)}</script>\n'
        f'<script type="module" src="{escape(bundle)}"></script>'
    )
    return document(title, body, language, trial=trial)


def notice(sentences: Sequence[Sentence], language: Language = "zh") -> str:
    """A page with a sentence or two, such as for a used link, a closed form or an unknown address.

    >>> "此链接已用过" in notice([Sentence(zh="此链接已用过。", en="This link has been used.")])
    True
    """
    said = [sentence.in_language(language) for sentence in sentences]
    shown = "<br>".join(escape(one) for one in said)
    return document(said[0], f'<main><p class="liuwen-notice">{shown}</p></main>', language)


def document(title: str, body: str, language: Language, *, trial: bool = False) -> str:
    """A complete page around `body`, which is HTML; with `trial` it says that answers given here do not count."""
    lang = "zh-CN" if language == "zh" else "en"
    if trial:
        body = f'<aside class="liuwen-trial">{_TRIAL.in_language(language)}</aside>\n{body}'
    return _DOCUMENT.substitute(lang=lang, title=escape(title), style=_STYLE, body=body)


def _json(value: object) -> str:
    """JSON that cannot close the surrounding script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
