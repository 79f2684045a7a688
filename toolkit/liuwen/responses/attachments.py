"""Photos, recordings and other files that answer a question: opened when they are asked for, never before."""

from typing import IO, TYPE_CHECKING

from liuwen.errors import AnswerError
from liuwen.form.types import MEDIA
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.elements import Element
    from liuwen.responses.responses import Responses

_NOT_A_FILE = Sentence(
    zh="问题“{name}”的回答不是照片、录音一类的文件。",
    en="The question “{name}” is not answered by a file such as a photo or a recording.",
)
_NO_ROW = Sentence(zh="表“{table}”中没有这一行：{key}。", en="The table “{table}” has no such row: {key}.")
_NO_ANSWER = Sentence(zh="{key} 没有回答“{name}”。", en="{key} has no answer to “{name}”.")
_OF_THE_WHOLE = Sentence(
    zh="“{name}”记录了整次访谈，也包括不与答卷相连的部分，因此不能打开。",
    en="“{name}” records the whole interview, its unlinked sections too, so it cannot be opened.",
)
_ABSENT = Sentence(
    zh="读入的来源里没有 {key} 的文件“{file}”：可能没有传到，也可能来源只有表格；加密的答卷要在读入时写 media_to=。",
    en="The source does not hold the file “{file}” of {key}: it may not have arrived, or the source has tables only; for "
    "encrypted submissions, pass media_to= when loading.",
)
_OF_THE_WHOLE_INTERVIEW = frozenset({"audit", "background-audio"})


def open_attachment(responses: "Responses", question: "str | Element", key: str) -> IO[bytes]:
    """Open the file that answers a question in a row, or raise `AnswerError` if it cannot be opened."""
    column = responses.column(question)
    table = responses[column.table]
    if column.element.type not in MEDIA:
        raise AnswerError(_NOT_A_FILE.filled(name=column.name))
    if column.element.type in _OF_THE_WHOLE_INTERVIEW and any(each.unlinked for each in responses.plan.tables.values()):
        raise AnswerError(_OF_THE_WHOLE.filled(name=column.name))
    if key not in table.index:
        raise AnswerError(_NO_ROW.filled(table=column.table, key=key))
    row = table.loc[key].dropna()
    if column.name not in row:
        raise AnswerError(_NO_ANSWER.filled(key=key, name=column.name))
    name = str(row[column.name])
    opener = responses.files.get(str(row.get("instance_id", key)))
    opened = opener(name) if opener else None
    if opened is None:
        raise AnswerError(_ABSENT.filled(key=key, file=name))
    return opened
