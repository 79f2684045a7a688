"""The first page: how many answers arrived, by collector and village; what failed and why; disk and backups."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.messages import Sentence
from liuwen.office.answers import caught_up
from liuwen.office.plan import beside_plan, planned
from liuwen.office.rendering import moment, size
from liuwen.office.rendering import shown as page
from liuwen.office.rights import Right
from liuwen.store.backup_history import past_backups

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.messages import Language
    from liuwen.office.desk import Office
    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="今天", en="Today"),
    "today": Sentence(zh="今天收到", en="Received today"),
    "week": Sentence(zh="近 7 天", en="Last 7 days"),
    "total": Sentence(zh="共收到", en="Received in all"),
    "head_today": Sentence(zh="今天", en="Today"),
    "head_week": Sentence(zh="7 天", en="7 days"),
    "head_total": Sentence(zh="共", en="All"),
    "issues": Sentence(zh="有问题", en="Has issues"),
    "anonymous": Sentence(zh="另有匿名答卷", en="Anonymous, besides"),
    "by_visitor": Sentence(zh="按采集员", en="By collector"),
    "by_village": Sentence(zh="按村", en="By village"),
    "visitor": Sentence(zh="采集员", en="Collector"),
    "village": Sentence(zh="村", en="Village"),
    "last": Sentence(zh="最近一份", en="Last one"),
    "alphabetical": Sentence(zh="按姓名、村名的顺序，不按多少。", en="In the order of names, not of numbers."),
    "failed": Sentence(zh="没有成功的", en="What failed"),
    "all_well": Sentence(zh="近 7 天没有失败。", en="Nothing failed in the last 7 days."),
    "when": Sentence(zh="时间", en="When"),
    "who": Sentence(zh="谁", en="Who"),
    "what": Sentence(zh="什么", en="What"),
    "why": Sentence(zh="原因", en="Why"),
    "safe": Sentence(zh="保管", en="Safe-keeping"),
    "last_backup": Sentence(zh="上次备份", en="Last backup"),
    "never": Sentence(zh="从来没有", en="never"),
    "make_one": Sentence(zh="去备份", en="Make a backup"),
    "old": Sentence(zh="超过 24 小时了", en="more than 24 hours ago"),
    "disk": Sentence(zh="磁盘剩余", en="Free disk space"),
    "store": Sentence(zh="数据大小", en="Size of the data"),
    "plan": Sentence(zh="计划", en="Plan"),
    "set_plan": Sentence(zh="定计划", en="Set the plan"),
    "about_plan": Sentence(
        zh="每人、每村计划收几份；不填就是没有计划。", en="How many answers each should bring; leave blank for no plan."
    ),
    "save_plan": Sentence(zh="保存计划", en="Save the plan"),
    "done_planned": Sentence(zh="计划已保存。", en="The plan is saved."),
    "nobody": Sentence(zh="还没有收到答卷。", en="No answers have arrived yet."),
    "other": Sentence(zh="（网页链接等）", en="(links and others)"),
}
PHOTOS = Sentence(zh="照片没有传完", en="photos have not arrived")
IN_LIST = Sentence(zh="没有写进实体列表", en="not written to an entity list")
WRONG_PASSWORDS = Sentence(zh="{count} 次密码错误", en="{count} wrong passwords")
NO_BACKUP = Sentence(zh="备份没有做成", en="backup failed")
_STALE = timedelta(hours=24)
_LOW = 1 << 30
"""Bytes of free disk space below which a warning is shown."""


def today(asked: "OfficeRequest") -> "Response":
    """The page."""
    office, now = asked.office, datetime.now(UTC)
    hidden = office.concealed(asked)
    behind = caught_up(office)
    visitors = _counts(office, "collector", hidden, now)
    villages, village_names = _counts(office, "place", hidden, now), place_names(office, asked.language)
    backup = next((one for one in reversed(past_backups(office.store.folder)) if not one.fault), None)
    usage = shutil.disk_usage(office.store.folder)
    return page(
        "today.html",
        asked,
        "/",
        WORDS,
        counts={name: sum(row[name] for row in visitors) for name in ("today", "week", "total")},
        behind=behind,
        anonymous=sum(office.store.anonymous_counts().values()),
        issues=office.index.with_issues(hidden),
        visitors=beside_plan(visitors, planned(office.store, "visitor"), _collectors(asked), {"": str(WORDS["other"])}),
        villages=beside_plan(villages, planned(office.store, "village"), [], village_names),
        may_plan=asked.may(Right.COLLECTING),
        failed=_failures(office, hidden, now),
        backup=moment(backup.moment) if backup else None,
        backup_is_old=backup is None or now - backup.moment > _STALE,
        may_back_up=asked.may(Right.BACKUP),
        free=size(usage.free),
        is_low=usage.free < _LOW,
        kept=size(office.store.office.bytes_of_files() + sum(map(_bytes, office.store.folder.glob("*.sqlite*")))),
    )


def _bytes(file: Path) -> int:
    """The size of a file; 0 of one that is gone since it was listed, because a server runs beside."""
    with suppress(FileNotFoundError):
        return file.stat().st_size
    return 0


def _counts(office: "Office", by: str, hidden: frozenset[str], now: datetime) -> list[dict[str, Any]]:
    """Counts by collector or place, in the order of their names: nobody is ranked."""
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = office.index.counts(by, hidden, midnight.timestamp(), (midnight - timedelta(days=6)).timestamp())
    return [{**row, "last": moment(datetime.fromtimestamp(row["last"], UTC))} for row in rows]


def _collectors(asked: "OfficeRequest") -> list[str]:
    """Collectors who may still send, for whoever may see them."""
    if not asked.may(Right.COLLECTING):
        return []
    return [one.name for one in asked.office.store.collectors() if one.revoked is None]


def place_names(office: "Office", language: "Language") -> dict[str, str]:
    """The places of all forms in a language, by the names under which they are counted."""
    found: dict[str, str] = {}
    for form in office.forms():
        if not (form.anonymous or form.encrypted):
            reader = office.index.reader(form.form_id, form.version)
            found = {**reader.places(language), **found}
    return found


def _failures(office: "Office", hidden: frozenset[str], now: datetime) -> list[dict[str, str]]:
    """What failed in the last seven days, newest first."""
    store = office.store
    since = now - timedelta(days=7)
    recent = [one for one in store.log() if one.moment >= since]
    logged = [
        (one.moment, one.who, f"{one.act} · {one.subject}", one.detail)
        for one in recent
        if one.name == "submission refused" and one.subject not in hidden
    ]
    backups = [
        (one.moment, one.who, str(NO_BACKUP), one.fault)
        for one in past_backups(store.folder)
        if one.fault and one.moment >= since
    ]
    photos = [
        (datetime.fromtimestamp(row["received"], UTC), row["collector"], f"{row['form_id']} #{row['number']}", str(PHOTOS))
        for row in office.index.waiting(hidden)
    ]
    lists = [
        (row["moment"].to_pydatetime(), "", f"{row['form_id']} #{row['number']}", f"{IN_LIST}: {row['fault']}")
        for row in store.office.faults().to_dict("records")
        if row["moment"] >= pd.Timestamp(since) and row["form_id"] not in hidden
    ]
    wrong = [one for one in recent if one.name == "wrong password"]
    passwords = [(wrong[-1].moment, wrong[-1].who, "", str(WRONG_PASSWORDS.filled(count=len(wrong))))] if wrong else []
    found = sorted([*logged, *backups, *photos, *lists, *passwords], key=lambda one: one[0], reverse=True)[:30]
    return [{"when": moment(when), "who": who, "what": what.strip(" ·"), "why": why} for when, who, what, why in found]
