"""A code frame: what the answers to an open question are about, as codes with keywords, kept as a small file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

UNCODED = "uncoded"
"""The code of an answer in which no keyword was found."""
UNCODED_LABEL = Sentence(zh="没有归入任何代码", en="no code fits")
BETWEEN = r"[\s、，,；;]+"

NO_CODE_FILE = Sentence(
    zh="读不了编码表“{path}”；它是 UTF-8 的 CSV，要有 code 和 keywords 两列。",
    en="The code frame {path!r} cannot be read; it is a CSV file in UTF-8 with the columns code and keywords.",
)
BAD_CODE = Sentence(
    zh="编码表里“{code}”不能用：每个代码只写一次、不含空格，也不能叫 uncoded。",
    en="Code {code!r} cannot be used: each code is written once, without spaces, and is not called uncoded.",
)
SPLIT_KEYWORD = Sentence(
    zh="编码表里“{code}”的关键词“{word}”含空格、顿号、逗号或分号，写进文件再读会拆开；请改成不含它们的词。",
    en="Keyword {word!r} of code {code!r} contains a space, comma or semicolon and would be split when the file is read; use a "
    "keyword without them.",
)
NO_KEYWORDS = Sentence(zh="编码表里“{code}”没有关键词；请至少写一个。", en="Code {code!r} has no keywords; write at least one.")


@dataclass(frozen=True)
class CodeFrame:
    """Codes and the keywords by which they are found in a text.

    Attributes:
        keywords: Code → its keywords.
        labels: Code → what it is called.

    Example:
        >>> frame = CodeFrame({"road": ("路", "桥"), "water": ("水",)}, {"road": "Roads"})
        >>> frame.coded(pd.Series(["修桥，通自来水", "没意见", None])).tolist()
        ['road water', 'uncoded', <NA>]
    """

    keywords: dict[str, tuple[str, ...]]
    labels: dict[str, str]

    def __post_init__(self) -> None:
        """Refuse codes that cannot be counted."""
        for code, words in self.keywords.items():
            if not code or len(code.split()) != 1 or code == UNCODED:
                raise AnswerError(BAD_CODE.filled(code=code))
            if not any(words):
                raise AnswerError(NO_KEYWORDS.filled(code=code))

    @classmethod
    def read(cls, path: str | Path) -> "CodeFrame":
        """Read a code frame.

        Args:
            path: A CSV file with the columns `code`, `keywords` (separated by spaces or commas) and, if wanted, `label`.

        Returns:
            The code frame.

        Raises:
            AnswerError: If the file cannot be read, or has a code twice or without keywords.
        """
        try:
            table = pd.read_csv(path, dtype="string", encoding="utf-8-sig").fillna("")
        except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as unread:
            raise AnswerError(NO_CODE_FILE.filled(path=Path(path).name)) from unread
        if not {"code", "keywords"} <= set(table.columns):
            raise AnswerError(NO_CODE_FILE.filled(path=Path(path).name))
        codes = table["code"].str.strip()
        twice = codes[codes.duplicated()]
        if len(twice):
            raise AnswerError(BAD_CODE.filled(code=twice.iloc[0]))
        words = table["keywords"].str.strip().str.split(BETWEEN, regex=True)
        labels = table.get("label", codes)
        return cls(
            dict(zip(codes, map(tuple, words), strict=True)),
            {code: label or code for code, label in zip(codes, labels, strict=True)},
        )

    def write(self, path: str | Path) -> None:
        """Write the code frame as a CSV file that a spreadsheet opens.

        Args:
            path: Where to write.

        Raises:
            AnswerError: If a keyword contains what separates keywords in the file.
        """
        for code, words in self.keywords.items():
            split = next((word for word in words if re.search(BETWEEN, word)), None)
            if split is not None:
                raise AnswerError(SPLIT_KEYWORD.filled(code=code, word=split))
        rows = [(code, self.labels.get(code, code), " ".join(words)) for code, words in self.keywords.items()]
        pd.DataFrame(rows, columns=["code", "label", "keywords"]).to_csv(path, index=False, encoding="utf-8-sig")

    def coded(self, texts: "pd.Series[str]") -> "pd.Series[str]":
        """Code texts by their keywords.

        Args:
            texts: The answers.

        Returns:
            The codes of each text, separated by spaces, in the frame's order; "uncoded" where no keyword was found, missing or
            empty where the text is.
        """
        given = texts.astype("string").str.strip()
        found = {text: self._codes(text.lower()) if text else "" for text in given.dropna().unique()}
        return given.map(found, na_action="ignore").astype("string")

    def _codes(self, text: str) -> str:
        codes: Sequence[str] = [
            code for code, words in self.keywords.items() if any(word and word.lower() in text for word in words)
        ]
        return " ".join(codes) or UNCODED
