"""What the report says, section by section, in one language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.months.pages import in_words
from liuwen.charts.cells import cell_words
from liuwen.charts.static import SYNTHETIC
from liuwen.charts.view import View
from liuwen.messages import Language, Sentence
from liuwen.reports.blocks import ReportContent, ReportSection, ReportTable

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.months.pages import PageSection
    from liuwen.responses import Responses

TITLE = Sentence(zh="关于“{form}”入户情况的报告", en="Report on “{form}”")
BETWEEN = Sentence(zh="入户时间：{first} 至 {last}", en="Visits from {first} to {last}")
ASKED_HEADING = Sentence(zh="入户方式", en="How the answers were collected")
HOW = Sentence(
    zh="本次使用问卷“{form}”（{form_id}，版本 {version}），由工作人员入户当面询问，用手机记录。",
    en="The form is “{form}” ({form_id}, version {version}); staff visited households, asked in person and recorded on a phone.",
)
COUNTED = Sentence(
    zh="需求题“{question}”问到 {asked} 户，涉及 {places} 个地点。",
    en="“{question}” was asked of {asked} households in {places} places.",
)
HIDDEN = Sentence(
    zh="问到的户数不足 {minimum}，以下不列数字。", en="Fewer than {minimum} households were asked, so no figures are shown."
)
LIMITS = Sentence(
    zh="局限：数字只说明问到的住户；没有访到、不愿答的住户可能不同。没有按抽样设计加权，区间按简单随机抽样计算。",
    en="Limits: figures describe the households that were asked; those not reached or unwilling may differ. Nothing is weighted, "
    "and intervals assume a simple random sample.",
)
COVERAGE = Sentence(zh="覆盖情况", en="Coverage")
COVERAGE_TABLE = Sentence(zh="各地问到的户数", en="Households asked, by place")
PLACE = Sentence(zh="地点", en="Place")
HOUSEHOLDS = Sentence(zh="问到户数", en="Households asked")
TOO_FEW = Sentence(zh="不显示", en="withheld")
NEEDS = Sentence(zh="群众需求", en="Needs")
FIRST = Sentence(
    zh="提到最多的是“{need}”：{asked} 户中有 {wanting} 户，占 {share:.1f}%（{confidence:.0f}% 区间 {low:.1f}%–{high:.1f}%）。",
    en="Most often named: “{need}”, by {wanting} of {asked} households, {share:.1f} % ({confidence:.0f} % interval {low:.1f} to "
    "{high:.1f} %).",
)
WHOLE_TABLE = Sentence(zh="全部住户的需求（{confidence:.0f}% 区间）", en="Needs of all households ({confidence:.0f} % intervals)")
NEED, WANTING = Sentence(zh="需求", en="Need"), Sentence(zh="有此需求", en="Named by")
SHARE, INTERVAL = Sentence(zh="占比", en="Share"), Sentence(zh="区间", en="Interval")
BASE = Sentence(zh="问到", en="Asked")
HEAT = Sentence(zh="各地需求：占被问户数的百分比", en="Needs by place: percent of the households asked")
HEAT_NOTE = Sentence(
    zh="颜色越深占比越高。“<{minimum}”：有此需求的不足 {minimum} 户；“>”：没有此需求的不足 {minimum} 户；“·”：不显示，"
    "因为户数太少，或别的数字会被推算出来；“–”：没有问到。",
    en="The darker, the higher. “<{minimum}”: fewer than {minimum} households named it; “>”: fewer than {minimum} did not; “·”: "
    "withheld, because too few were asked or another figure could be computed; “–”: nobody was asked.",
)
RATINGS = Sentence(zh="满意度", en="Satisfaction")
RATINGS_TABLE = Sentence(
    zh="各项评价：满意和不满意的占比、平均分（0 最差，100 最好）",
    en="Ratings: shares satisfied and dissatisfied, mean (0 worst, 100 best)",
)
ITEM, RATED = Sentence(zh="评价内容", en="Question"), Sentence(zh="作答", en="Rated by")
BEST, WORST = Sentence(zh="满意", en="Satisfied"), Sentence(zh="不满意", en="Dissatisfied")
MEAN, CHANGE = Sentence(zh="平均分（区间）", en="Mean (interval)"), Sentence(zh="比上次", en="Change")
MATTERS = Sentence(zh="事项办理", en="Matters")
MATTERS_TABLE = Sentence(zh="{month} 办理情况", en="Matters in {month}")
METHOD = Sentence(zh="统计方法", en="Method")
METHODS = (
    Sentence(
        zh="占比的分母是问到这道题的住户，“不知道”和未答也算在内；区间为 Wilson 区间。同一户多次入户，取最后一次问到的答案。",
        en="The base of a share is the households that were asked, including “don't know” and no answer; intervals are Wilson's. "
        "Of a household visited more than once, the last answer counts.",
    ),
    Sentence(
        zh="满意度只计作出评价的人；平均分的区间按 t 分布。",
        en="Ratings count those who gave one; intervals of means use the t distribution.",
    ),
    Sentence(
        zh="为保护作答的人，不足 {minimum} 户的数字一律不显示，能由别的数字推算出来的也不显示。",
        en="To protect those who answered, no figure of fewer than {minimum} households is shown, nor one from which such "
        "a figure could be computed.",
    ),
)
ANNEX = Sentence(zh="附表：各地各项数字", en="Annex: all figures by place")
ALL_HIDDEN = Sentence(
    zh="以下各地户数太少，或者会让人推算出别的数字，所以都不显示：{places}。",
    en="No figure of these places is shown: too few households, or another figure would become known: {places}.",
)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report tells besides the figures of the answers.

    Attributes:
        form_id: The form.
        version: Its version.
        first: The day of the first visit, "" if unknown.
        last: The day of the last visit.
        title: A title given by the user.
        author: Whose report it is.
        month: The month of the matters.
        matters: The figures of a campaign's month; None without one.
    """

    form_id: str
    version: str
    first: str
    last: str
    title: str
    author: str
    month: str
    matters: "PageSection | None"

    @classmethod
    def of(cls, responses: "Responses", campaign: "Campaign | None", month: str, *, title: str, author: str) -> "ReportFacts":
        """The facts of some answers, and of a campaign if there is one."""
        from liuwen.campaign.brief_page import ten_figures

        days = _days(responses.table)
        matters = ten_figures(campaign.brief(month)) if campaign is not None else None
        first, last = (days.min(), days.max()) if len(days) else ("", "")
        return cls(responses.form.id, responses.form.version, first, last, title, author, month, matters)


def _days(table: pd.DataFrame) -> "pd.Series[str]":
    found = next((name for name in ("visit_date", "today", "start") if name in table), None)
    return table[found].dropna().astype("string").str[:10] if found else pd.Series([], dtype="string")


def content(needs: View, ratings: pd.DataFrame, facts: ReportFacts, language: Language) -> ReportContent:
    """The whole report."""
    form = needs.titles[language]["form"]
    days = [BETWEEN.filled(first=facts.first, last=facts.last).in_language(language)] if facts.first else []
    sections = [_asked(needs, facts, language), _coverage(needs, language), _needs(needs, language)]
    if len(ratings):
        sections.append(_ratings(ratings, language))
    if facts.matters is not None:
        sections.append(_matters(facts.matters, facts.month, language))
    sections += [_method(needs, language), _annex(needs, language)]
    title = facts.title or TITLE.filled(form=form).in_language(language)
    marked = SYNTHETIC.in_language(language) if needs.synthetic else ""
    return ReportContent(title, tuple(line for line in (facts.author, *days) if line), marked, tuple(sections))


def _asked(needs: View, facts: ReportFacts, language: Language) -> ReportSection:
    titles, base = needs.titles[language], needs.base()
    how = HOW.filled(form=titles["form"], form_id=facts.form_id, version=facts.version or "-")
    counted = (
        HIDDEN.filled(minimum=needs.minimum)
        if base is None
        else COUNTED.filled(question=titles["question"], asked=base, places=len(needs.place_order))
    )
    return ReportSection(_said(ASKED_HEADING, language), tuple(_said(one, language) for one in (how, counted, LIMITS)))


def _coverage(needs: View, language: Language) -> ReportSection:
    withheld, labels = _said(TOO_FEW, language), needs.place_labels[language]
    rows = tuple((labels[place], withheld if asked is None else str(asked)) for place, asked in needs.bases.items())
    columns = (_said(PLACE, language), _said(HOUSEHOLDS, language))
    return ReportSection(_said(COVERAGE, language), (ReportTable(_said(COVERAGE_TABLE, language), columns, rows),))


def _needs(needs: View, language: Language) -> ReportSection:
    ranked, labels = needs.in_order(), needs.need_labels[language]
    shown = ranked[ranked["share"].notna() & ~ranked["need"].isin(needs.no_needs)]
    blocks: list[str | ReportTable] = []
    if len(shown) and needs.kind == "choices":
        blocks.append(_first(shown.iloc[0], labels, needs.confidence, language))
    columns = tuple(_said(one, language) for one in (NEED, BASE, WANTING, SHARE, INTERVAL))
    rows = tuple(_need_row(row, labels, needs.minimum) for row in ranked.to_dict("records"))
    shades = tuple((None, None, None, _figure(row["share"]), None) for row in ranked.to_dict("records"))
    caption = _said(WHOLE_TABLE.filled(confidence=needs.confidence * 100), language)
    return ReportSection(_said(NEEDS, language), (*blocks, ReportTable(caption, columns, rows, shades), _heat(needs, language)))


def _first(row: "pd.Series[float]", labels: object, confidence: float, language: Language) -> str:
    percent = {name: float(row[name]) * 100 for name in ("share", "low", "high")}
    need = labels[row["need"]]  # type: ignore[index]  # a mapping of texts
    filled = FIRST.filled(need=need, wanting=int(row["wanting"]), asked=int(row["asked"]), confidence=confidence * 100, **percent)
    return _said(filled, language)


def _need_row(row: dict[object, object], labels: object, minimum: int) -> tuple[str, ...]:
    label = str(labels[row["need"]])  # type: ignore[index]  # a mapping of texts
    asked = "·" if _figure(row["asked"]) is None else str(row["asked"])
    if _figure(row["share"]) is None:
        return (label, asked, f"<{minimum}" if row["reason"] == "few" else "·", "·", "·")
    return (label, asked, str(row["wanting"]), _percent(row["share"]), f"{_percent(row['low'])}–{_percent(row['high'])}")


def _heat(needs: View, language: Language) -> ReportTable:
    """The picture of needs by place: the same words and colours as the charts."""
    words = needs.places.assign(words=cell_words(needs.places, needs.minimum, language, compact=True))
    cells = words.pivot(index="need", columns="place", values="words").loc[needs.need_order, needs.place_order]
    shares = (needs.matrix("share") / needs.top).loc[needs.need_order]
    labels, places = needs.need_labels[language], needs.place_labels[language]
    columns = (_said(NEED, language), *(places[place] for place in needs.place_order))
    rows = tuple((labels[need], *map(str, row)) for need, row in zip(needs.need_order, cells.to_numpy(), strict=True))
    shades = tuple((None, *map(_figure, row)) for row in shares.to_numpy())
    return ReportTable(_said(HEAT, language), columns, rows, shades, _said(HEAT_NOTE.filled(minimum=needs.minimum), language))


def _ratings(ratings: pd.DataFrame, language: Language) -> ReportSection:
    heads = [ITEM, RATED, BEST, WORST, MEAN, *([CHANGE] if "change" in ratings else [])]
    rows = tuple(_rating_row(row, language, changed="change" in ratings) for row in ratings.to_dict("records"))
    table = ReportTable(_said(RATINGS_TABLE, language), tuple(_said(head, language) for head in heads), rows)
    return ReportSection(_said(RATINGS, language), (table,))


def _rating_row(row: dict[object, object], language: Language, *, changed: bool) -> tuple[str, ...]:
    label = str(row[f"label_{language}"])
    if not row["shown"]:
        return (label, *["·"] * (5 if changed else 4))
    mean = f"{row['mean']:.1f}（{row['mean_low']:.1f}–{row['mean_high']:.1f}）"
    mean = mean if language == "zh" else f"{row['mean']:.1f} ({row['mean_low']:.1f}–{row['mean_high']:.1f})"
    change = _figure(row["change"]) if changed else None
    said = [f"{change:+.1f}" if change is not None else "·"] if changed else []
    return (label, str(row["base"]), _percent(row["best"]), _percent(row["worst"]), mean, *said)


def _matters(matters: "PageSection", month: str, language: Language) -> ReportSection:
    """The ten figures of the month's brief, as the brief prints them."""
    rows = tuple(tuple(in_words(cell, language) for cell in row) for row in matters.rows)
    columns = tuple(in_words(column.heading, language) for column in matters.columns)
    caption = _said(MATTERS_TABLE.filled(month=month), language)
    return ReportSection(_said(MATTERS, language), (ReportTable(caption, columns, rows),))


def _method(needs: View, language: Language) -> ReportSection:
    return ReportSection(_said(METHOD, language), tuple(_said(one.filled(minimum=needs.minimum), language) for one in METHODS))


def _annex(needs: View, language: Language) -> ReportSection:
    """Every figure with its base and interval; "<5" and "·" as above. Places without any are named in a sentence."""
    places, labels = needs.place_labels[language], needs.need_labels[language]
    columns = tuple(_said(one, language) for one in (PLACE, NEED, BASE, WANTING, SHARE, INTERVAL))
    rows = {
        place: [_need_row(row, labels, needs.minimum) for row in needs.in_order([place]).to_dict("records")]
        for place in needs.place_order
    }
    hidden = [place for place, own in rows.items() if all(set(cells) == {"·"} for _, *cells in own)]
    shown = tuple((places[place], *row) for place, own in rows.items() if place not in hidden for row in own)
    blocks: list[str | ReportTable] = [ReportTable(needs.titles[language]["question"], columns, shown)] if shown else []
    if hidden:
        named = ("、" if language == "zh" else ", ").join(places[place] for place in hidden)
        blocks.insert(0, _said(ALL_HIDDEN.filled(places=named), language))
    return ReportSection(_said(ANNEX, language), tuple(blocks))


def _figure(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]  # a figure of a table


def _percent(value: object) -> str:
    found = _figure(value)
    return "·" if found is None else f"{found * 100:.1f}%"


def _said(sentence: Sentence, language: Language) -> str:
    return sentence.in_language(language)
