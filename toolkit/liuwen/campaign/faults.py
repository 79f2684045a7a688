"""What is wrong with a programme or its registers: each fault with its path, its file and line, and what to do."""

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from liuwen.checks.findings import SEVERITY_WORDS, Severity
from liuwen.checks.nearest import nearest
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

Path = tuple[str, ...]
"""Where in a programme something stands: ("ledgers", "matters", "steps", "accept", "by")."""

LINE = Sentence(zh="{severity} {where}：{said}", en="{severity} {where}: {said}")
AT = Sentence(zh="{file} 第 {line} 行（{path}）", en="{file} line {line} ({path})")
AT_PATH = Sentence(zh="{path}", en="{path}")
CLEAN = Sentence(zh="{name}：没有发现问题。", en="{name}: nothing found.")
SUMMARY = Sentence(zh="{name}：{errors} 个错误，{warnings} 个警告。", en="{name}: errors {errors}, warnings {warnings}.")
MEANT = Sentence(zh="是不是“{word}”？", en='Did you mean "{word}"?')
ONE_OF = Sentence(zh="可以填：{words}。", en="Known: {words}.")


@dataclass(frozen=True, slots=True)
class CampaignFault:
    """One fault of a programme or its registers.

    Attributes:
        sentence: What is wrong and what to do.
        path: Where it is in the programme.
        file: The file.
        line: The line in the file.
        severity: "error" or "warning".
    """

    sentence: Sentence
    path: Path = ()
    file: str = ""
    line: int | None = None
    severity: Severity = "error"

    @property
    def where(self) -> Sentence:
        """The place as one says it: "hubin.toml line 12 (duties.deeds)"."""
        said = AT if self.line is not None else AT_PATH
        return said.filled(file=self.file, line=self.line, path=".".join(self.path))

    def __str__(self) -> str:
        return str(LINE.filled(severity=SEVERITY_WORDS[self.severity], where=self.where, said=self.sentence))


@dataclass(frozen=True, repr=False)
class CampaignReport:
    """All faults of a programme and its registers, in order.

    Attributes:
        name: The name of the programme.
        all: The faults.
    """

    name: str
    all: tuple[CampaignFault, ...]

    @property
    def ok(self) -> bool:
        """Whether the campaign can run: no fault is an error."""
        return all(fault.severity != "error" for fault in self.all)

    @property
    def summary(self) -> Sentence:
        """One sentence: how many errors and warnings."""
        errors = sum(fault.severity == "error" for fault in self.all)
        said = SUMMARY if self.all else CLEAN
        return said.filled(name=self.name, errors=errors, warnings=len(self.all) - errors)

    @property
    def findings(self) -> "pd.DataFrame":
        """A row a fault: severity, path, file, line, message."""
        import pandas as pd

        columns = ["severity", "path", "file", "line", "message"]
        rows = [(one.severity, ".".join(one.path), one.file, one.line, str(one.sentence)) for one in self.all]
        return pd.DataFrame(rows, columns=columns).astype({"line": "Int64"})

    def to_json(self) -> str:
        """The report as JSON.

        Returns:
            An object with `name`, `ok` and `findings`, the latter with the keys of the table `findings`.
        """
        held = {"name": self.name, "ok": self.ok, "findings": json.loads(self.findings.to_json(orient="records"))}
        return json.dumps(held, ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        return f"<CampaignReport: {self.summary}>"

    def __str__(self) -> str:
        return "\n".join([*map(str, self.all), str(self.summary)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(str(fault))}</li>" for fault in self.all)
        return f"<p><strong>{escape(str(self.summary))}</strong></p>" + (f"<ul>{items}</ul>" if items else "")


def suggestion(word: str, known: "list[str] | tuple[str, ...]") -> Sentence:
    """The word that was meant, or where none is near, all that are known."""
    meant = nearest(word, known)
    if meant:
        return MEANT.filled(word=meant)
    return ONE_OF.filled(words=_listed(known))


def _listed(words: "list[str] | tuple[str, ...]") -> Sentence:
    return Sentence(zh="、".join(words) or "（无）", en=", ".join(words) or "(none)")
