"""The kinds of event of the built-in programmes in words; another is shown under its own id."""

from liuwen.messages import Sentence

EVENT_KINDS = {
    "matters": Sentence(zh="事项", en="matter"),
    "visit": Sentence(zh="入户走访", en="visit"),
    "reception": Sentence(zh="坐班接待", en="reception"),
    "going_down": Sentence(zh="下访接待", en="going to the people"),
    "stay": Sentence(zh="驻村", en="stay"),
    "study": Sentence(zh="蹲点调研", en="field study"),
    "help": Sentence(zh="结对帮扶", en="help"),
    "meeting": Sentence(zh="会议", en="meeting"),
    "case_meeting": Sentence(zh="民情分析会", en="case meeting"),
    "talk": Sentence(zh="恳谈会", en="talk"),
    "deed": Sentence(zh="实事", en="deed"),
    "deed_chosen": Sentence(zh="选定实事", en="deed chosen"),
    "letter": Sentence(zh="来信", en="letter"),
    "posting": Sentence(zh="派驻", en="posting"),
    "project": Sentence(zh="项目", en="project"),
    "enterprise_visit": Sentence(zh="联系企业、项目", en="enterprise or project visited"),
}
