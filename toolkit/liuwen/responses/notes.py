"""What a reader should know of a loading: other versions, unknown fields, values off the list, repeats and edits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.assemble import Frames
from liuwen.responses.plan import MAIN
from liuwen.responses.versions import plain_version

_VERSION = Sentence(
    zh="{count} 份答卷来自版本“{version}”，不是表单的“{own}”；照常载入。",
    en="Submissions of version “{version}” instead of the form's “{own}”, loaded all the same: {count}.",
)
_ODD = {
    "field": Sentence(
        zh="表单中没有的字段带有 {count} 个值（{fields}）；保存在 .unknown 中。",
        en="Values in fields that the form does not have ({fields}), kept in .unknown: {count}.",
    ),
    "choice": Sentence(
        zh="{count} 个答案不在选项列表中（{fields}）；保留在表中，并列在 .unknown。",
        en="Answers that are not in the choice list ({fields}), kept in the table and in .unknown: {count}.",
    ),
    "type": Sentence(
        zh="{count} 个值不合题型（{fields}）；表中为空，原值保存在 .unknown 中。",
        en="Values that do not fit the question type ({fields}), missing in the table and kept in .unknown: {count}.",
    ),
    "split": Sentence(
        zh="同一问题的几列说法不一（{fields}）：拆分的选项列优先，其余以前面的为准；没有采用的值保存在 .unknown 中：{count} 处。",
        en="Answers for which two columns of one question differ ({fields}): split columns count before joined ones, else the "
        "first; what was not used is kept in .unknown: {count}.",
    ),
    "timezone": Sentence(
        zh="{count} 个时间没有注明时区，而同列其他的注明了（{fields}）；表中为空，原值保存在 .unknown 中。"
        "请用 timezone= 说明它们的时区，"
        '例如 timezone="Asia/Shanghai"。',
        en="Times without an offset from UTC in columns whose other times have one ({fields}), missing in the table and kept in "
        '.unknown: {count}. Pass their time zone, for example timezone="Asia/Shanghai".',
    ),
}
_NAIVE = Sentence(
    zh='这些列的时间没有注明时区（{columns}），照原样保留，没有当作 UTC；知道时区时请写 timezone="Asia/Shanghai"。',
    en="The times of {columns} are without an offset from UTC: they are kept as they stand, and not taken for UTC. If you know "
    'their time zone, pass it, for example timezone="Asia/Shanghai".',
)
_AGAIN = Sentence(
    zh="{count} 份答卷重复出现，内容相同，只计一次。",
    en="Submissions that occur more than once with the same content, counted once: {count}.",
)
_EDITED = Sentence(zh="{count} 份答卷已被其修改版取代。", en="Submissions replaced by their edits: {count}.")
_NAMELESS = Sentence(
    zh="{count} 份答卷没有实例编号，以文件名代替。",
    en="Submissions without an instance ID, identified by file name: {count}.",
)
_UNVERIFIED = Sentence(
    zh="{count} 份加密答卷缺少附件，无法用签名核对是否损坏。",
    en="Encrypted submissions without all media, so that the signature could not be verified: {count}.",
)
_ELSEWHERE = Sentence(
    zh="{count} 份加密答卷由服务器解密，服务器不核对签名：只损坏个别字符的看不出来。",
    en="Encrypted submissions that the server decrypted; it does not verify signatures, so small damage goes unnoticed: {count}.",
)
_MANY = 5


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """How many submissions came again, were replaced by edits, had no instance ID, lacked media, or were read elsewhere."""

    again: int = 0
    replaced: int = 0
    nameless: int = 0
    unverified: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """What the tables hold that is worth knowing.

    Attributes:
        versions: How many submissions each version of the form has, in order of appearance.
        odd: Of each reason of `.unknown`, how often each field has a value there, in order of appearance.
        naive: The columns whose times are without an offset from UTC.
    """

    versions: Counter[str] = field(default_factory=Counter)
    odd: Mapping[str, Counter[str]] = field(default_factory=dict)
    naive: Sequence[str] = ()


def noted(made: Frames) -> Noted:
    """What is worth knowing of the tables of a reading."""
    unknown = made.unknown
    odd = {str(reason): Counter(rows.tolist()) for reason, rows in unknown.groupby("reason", sort=False)["field"]}
    return Noted(Counter(made.tables[MAIN]["form_version"].fillna("").tolist()), odd, made.naive)


def notes(form: Form, held: Noted, arrivals: IntakeCounts) -> tuple[Sentence, ...]:
    """A sentence for each thing worth knowing."""
    return (*_versions(form, held.versions), *_odd(held.odd), *_naive(held.naive), *_arrived(arrivals))


def _versions(form: Form, versions: Counter[str]) -> Iterator[Sentence]:
    if own := plain_version(form.version):
        for version, count in versions.most_common():
            if version not in {own, ""}:
                yield _VERSION.filled(count=count, version=version, own=own)


def _odd(odd: Mapping[str, Counter[str]]) -> Iterator[Sentence]:
    for reason, sentence in _ODD.items():
        if found := odd.get(reason):
            fields = list(found)
            named = ", ".join(field or "“”" for field in fields[:_MANY]) + (", …" if len(fields) > _MANY else "")
            yield sentence.filled(count=found.total(), fields=named)


def _naive(columns: Sequence[str]) -> Iterator[Sentence]:
    if columns:
        yield _NAIVE.filled(columns=", ".join(columns[:_MANY]) + (", …" if len(columns) > _MANY else ""))


def _arrived(arrivals: IntakeCounts) -> Iterator[Sentence]:
    counts = (
        (_AGAIN, arrivals.again),
        (_EDITED, arrivals.replaced),
        (_NAMELESS, arrivals.nameless),
        (_UNVERIFIED, arrivals.unverified),
        (_ELSEWHERE, arrivals.elsewhere),
    )
    return (sentence.filled(count=count) for sentence, count in counts if count)
