"""What somebody must look at before a list hangs: telephones, numbers, plates, addresses and names in what it says.

Marking is no judgement. The registers know officials only, so a resident's name cannot be recognised for certain: the person
who looks is the control.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from liuwen.messages import Sentence

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游"
)
AFTER_SURNAME = "家|户|某|同志|老师|大爷|大娘|大妈|大叔|大婶|老汉|奶奶|爷爷|婆婆|先生|女士|氏"
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "identity": re.compile(r"(?<!\d)\d{6}(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]?(?!\d)"),
    "bank": re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
    "telephone": re.compile(r"(?<![\d-])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|[2-8]\d{6,7})(?!\d)"),
    "plate": re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-Z0-9]{5,6}(?![A-Z0-9])"),
    "house": re.compile(
        r"\d+\s*号(?:院|楼|门|房|家)?|\d+\s*[栋幢座]\s*(?:\d+\s*单元)?\s*\d*\s*[室号]?|\d+\s*单元\s*\d+\s*[室号]?|\d+\s*室"
    ),
    "name": re.compile(
        rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?:{AFTER_SURNAME})|[老小][{SURNAMES}](?![\u4e00-\u9fff]{{0,2}}村)"
        r"|\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z]\w+"
    ),
}
FOUND = {
    "identity": Sentence(zh="像身份证号", en="looks like an identity number"),
    "bank": Sentence(zh="像银行卡号", en="looks like a bank card"),
    "telephone": Sentence(zh="像电话号码", en="looks like a telephone"),
    "plate": Sentence(zh="像车牌号", en="looks like a number plate"),
    "house": Sentence(zh="像门牌号", en="looks like a house number"),
    "name": Sentence(zh="像住户的姓名", en="looks like a resident's name"),
    "not_sorted": Sentence(
        zh="还没有归类：若是不公开的类别，上墙就晚了", en="has no class yet: were it a confidential one, it would hang"
    ),
}
SUMMARY = Sentence(
    zh="请看这里：{count} 处。看过并改好后，用核对码 {code} 公布。",
    en="Look here, places marked: {count}. When you have looked and corrected, publish with the code {code}.",
)
NOTHING = Sentence(zh="没有要看的地方。核对码 {code}。", en="Nothing was marked. The code is {code}.")
LINE = Sentence(zh="{number} “{text}”：{found}（{why}）", en="{number} “{text}”: {found} ({why})")
LINE_ONLY = Sentence(zh="{number} “{text}”：{why}", en="{number} “{text}”: {why}")


@dataclass(frozen=True, slots=True)
class LookHere:
    """One thing to look at: in which matter, in what text, what was found there and what it looks like."""

    number: str
    column: str
    text: str
    found: str
    kind: str

    def __str__(self) -> str:
        said = LINE if self.found else LINE_ONLY
        return str(said.filled(number=self.number, text=self.text, found=self.found, why=FOUND[self.kind]))


@dataclass(frozen=True, repr=False)
class ListScreening:
    """Everything marked in a list, and the code with which a person says that it was looked at."""

    marks: tuple[LookHere, ...]
    texts: int = field(default=0)
    """How many texts were looked through."""

    @property
    def code(self) -> str:
        """A code of what is marked: it changes when that does, so that nobody publishes what they did not see."""
        said = "\n".join(sorted(f"{one.column}|{one.text}|{one.found}|{one.kind}" for one in self.marks))
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    @property
    def summary(self) -> Sentence:
        """How many places are marked, and the code."""
        return (SUMMARY if self.marks else NOTHING).filled(count=len(self.marks), code=self.code)

    @property
    def table(self) -> pd.DataFrame:
        """`number, column, text, found, kind, why`, a row a mark."""
        rows = [(one.number, one.column, one.text, one.found, one.kind, str(FOUND[one.kind])) for one in self.marks]
        return pd.DataFrame(rows, columns=["number", "column", "text", "found", "kind", "why"])

    def __repr__(self) -> str:
        return f"<ListScreening: {self.summary}>"

    def __str__(self) -> str:
        return "\n".join([str(self.summary), *map(str, self.marks)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(str(one))}</li>" for one in self.marks)
        return f"<p><strong>{escape(str(self.summary))}</strong></p><ul>{items}</ul>"


def marks_in(text: str) -> Iterator[tuple[str, str]]:
    """Everything in a text that somebody should look at, every time it occurs: what it looks like, and the words.

    >>> list(marks_in("张家门口和李某家都漏水，打13812345678或1391234 5678"))
    [('telephone', '13812345678'), ('telephone', '1391234 5678'), ('name', '张家'), ('name', '李某')]
    """
    taken: list[tuple[int, int]] = []
    for kind, pattern in PATTERNS.items():
        for found in pattern.finditer(text):
            if not any(begins < found.end() and found.start() < ends for begins, ends in taken):
                taken.append(found.span())
                yield kind, found[0]


def screen_texts(texts: Iterable[tuple[str, str, str]]) -> ListScreening:
    """The marks of many texts; each comes with the number of its matter and its column."""
    marks, count = dict[LookHere, None](), 0
    for number, column, text in texts:
        count += 1
        for kind, found in marks_in(text):
            marks[LookHere(number, column, text, found, kind)] = None
    return ListScreening(tuple(marks), count)
