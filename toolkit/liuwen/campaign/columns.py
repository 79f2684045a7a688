"""The words of the tables: what a column is called, and how it is headed in both languages."""

from liuwen.messages import Sentence

LEDGER_HEADINGS = {
    "matter": Sentence(zh="事项编码", en="matter"),
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "class": Sentence(zh="类别", en="class"),
    "title": Sentence(zh="事项", en="title"),
    "applicants": Sentence(zh="申请人数", en="applicants"),
    "awaiting_answer": Sentence(zh="待反馈", en="awaiting an answer"),
    "raised": Sentence(zh="登记日期", en="raised"),
    "first_visitor": Sentence(zh="首访人", en="first visitor"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "handler": Sentence(zh="经办人", en="handler"),
    "tier": Sentence(zh="层级", en="tier"),
    "state": Sentence(zh="状态", en="state"),
    "round": Sentence(zh="轮次", en="round"),
    "deadline": Sentence(zh="办结时限", en="deadline"),
    "first_deadline": Sentence(zh="最初时限", en="first deadline"),
    "promise_kept": Sentence(zh="如期", en="promise kept"),
    "overdue_days": Sentence(zh="超期天数", en="days overdue"),
    "waiting_for": Sentence(zh="等待", en="waiting for"),
    "waiting_days": Sentence(zh="等待天数", en="days waiting"),
    "waiting_too_long": Sentence(zh="等待过久", en="waiting too long"),
    "refusals": Sentence(zh="退回次数", en="refusals"),
    "last_note": Sentence(zh="办理情况", en="last note"),
    "exceptions": Sentence(zh="未采纳的步骤", en="steps not taken"),
    "late": Sentence(zh="补报步骤", en="steps reported late"),
    "provisional": Sentence(zh="时限暂定", en="provisional"),
    "ended": Sentence(zh="办结日期", en="done on"),
    "closed": Sentence(zh="销号日期", en="struck off on"),
    "ended_as": Sentence(zh="结果", en="outcome"),
    "joined_to": Sentence(zh="并入", en="joined to"),
}
"""The columns of a ledger's table with their headings; besides them there is `days_TIER`, one a tier."""
LEDGER_COLUMNS = tuple(LEDGER_HEADINGS)
DAYS_AT = Sentence(zh="在{tier}天数", en="days at {tier}")
