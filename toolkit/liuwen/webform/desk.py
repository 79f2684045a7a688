"""A collector's home page: forms to fill in, and sent submissions to edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from liuwen.messages import Language, Sentence
from liuwen.webform.page import document

TO_FILL = Sentence(zh="要填的问卷", en="Forms to fill in")
FILL = Sentence(zh="填写", en="Fill in")
NO_FORMS = Sentence(zh="现在没有要填的问卷。", en="There are no forms to fill in at the moment.")
ONLY_ENCRYPTED = Sentence(
    zh="此问卷加密，请用 ODK Collect 填。",
    en="This form is encrypted; use ODK Collect.",
)
KEPT_BY_NOBODY = Sentence(
    zh="匿名：不记录填写人，提交后不能再查看或修改。",
    en="Anonymous: nobody records who filled it in, and it cannot be seen or corrected after sending.",
)
SENT = Sentence(zh="最近提交", en="Sent recently")
CORRECT = Sentence(zh="修改", en="Correct")
NOTHING_SENT = Sentence(
    zh="还没有提交过。匿名问卷提交后不会列在这里，因为不记录填写人。",
    en="Nothing yet. Anonymous answers are never listed here, because nobody records who gave them.",
)
IN_COLLECT = Sentence(
    zh="下乡没有网络时，请用手机上的 ODK Collect；此页面需要联网。",
    en="This page needs a network connection. Without one, use ODK Collect on a phone.",
)
_LANGUAGES = {"zh": "中文", "en": "English"}

_STYLE = """<style>
.desk { box-sizing: border-box; max-width: 44rem; margin: 0 auto; padding: 1.2rem 1rem 3rem; }
.desk header { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
.desk h1 { margin: 0; font-size: 1.4rem; overflow-wrap: anywhere; }
.desk h2 { margin: 2rem 0 .6rem; font-size: 1.05rem; color: #4d5c56; }
.desk ul { margin: 0; padding: 0; list-style: none; background: #fff; border-radius: .6rem; overflow: hidden; }
.desk li { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .8rem 1rem; }
.desk li + li { border-top: 1px solid #e3e9e6; }
.desk li > span { min-width: 0; overflow-wrap: anywhere; }
.desk small { color: #5d6b66; }
.desk a { color: #15523e; white-space: nowrap; }
.desk a.button { padding: .35rem 1.2rem; border-radius: .4rem; background: #1f7a5c; color: #fff; text-decoration: none; }
.desk p { color: #5d6b66; }
</style>"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A form to fill in; `address` is None if browsers cannot, `anonymous` says that no sender is recorded."""

    title: str
    address: str | None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """A sent submission: its form's title, its instance name, its time, and the address for editing, if allowed."""

    title: str
    called: str
    moment: str
    address: str | None


def desk(
    name: str, offers: Sequence[Offer], sent: Sequence[SentAnswer], language: Language = "zh", *, trial: bool = False
) -> str:
    """The HTML of a collector's home page, with `trial` that of a test code; forms open in new tabs.

    >>> "填写" in desk("王芳", [Offer("入户访谈", "/fill/visit")], [])
    True
    """
    other: Language = "en" if language == "zh" else "zh"
    body = (
        f'{_STYLE}<main class="desk"><header><h1>{escape(name)}</h1>'
        f'<a href="?lang={other}" hreflang="{other}">{_LANGUAGES[other]}</a></header>'
        f"<h2>{TO_FILL.in_language(language)}</h2>{_list(_offers(offers, language), NO_FORMS.in_language(language))}"
        f"<h2>{SENT.in_language(language)}</h2>{_list(_sent(sent, language), NOTHING_SENT.in_language(language))}"
        f"<p><small>{IN_COLLECT.in_language(language)}</small></p></main>"
    )
    return document(name, body, language, trial=trial)


def _list(items: Sequence[str], otherwise: str) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else f"<p>{otherwise}</p>"


def _offers(offers: Sequence[Offer], language: Language) -> list[str]:
    def shown(offer: Offer) -> str:
        told = [KEPT_BY_NOBODY] if offer.anonymous else []
        told += [ONLY_ENCRYPTED] if offer.address is None else []
        small = "".join(f"<br><small>{sentence.in_language(language)}</small>" for sentence in told)
        address = escape(offer.address or "")
        link = f'<a class="button" target="_blank" href="{address}">{FILL.in_language(language)}</a>' if offer.address else ""
        return f"<span>{escape(offer.title)}{small}</span>{link}"

    return [shown(offer) for offer in offers]


def _sent(sent: Sequence[SentAnswer], language: Language) -> list[str]:
    def shown(answer: SentAnswer) -> str:
        link = f'<a target="_blank" href="{escape(answer.address)}">{CORRECT.in_language(language)}</a>' if answer.address else ""
        told = " · ".join(escape(text) for text in (answer.title, answer.moment) if text != answer.called)
        return f"<span>{escape(answer.called)}<br><small>{told}</small></span>{link}"

    return [shown(answer) for answer in sent]
