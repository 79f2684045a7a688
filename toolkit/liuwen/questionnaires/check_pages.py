"""The pages `docs/questionnaire-checks.md` and its Chinese twin: what the checker and ODK Validate say of every questionnaire.

Forms with modules are built with all of them and with none, and each form in both languages and in either alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from liuwen import questionnaires as q
from liuwen.checks import check
from liuwen.engine import validate
from liuwen.form import Form, to_xform
from liuwen.messages import Sentence
from liuwen.questionnaires.household_interview import ALL
from liuwen.questionnaires.satisfaction_survey import ALL as PARTS

FILES: dict[Literal["zh", "en"], str] = {"en": "questionnaire-checks.md", "zh": "questionnaire-checks.zh-CN.md"}
LANGUAGES = (("zh", "en"), ("zh",), ("en",))
WITHOUT_MODULES = (
    "second_visit household_appraisal visit_test thirteen_indicators reverse_survey colleagues backcheck matter "
    "matter_step reception letter meeting stay help deed promise promise_result enterprise_visit proposal decision "
    "project posting daily_check"
).split()
TITLE = Sentence(zh="# 检查的结果", en="# What the checks say")
INTRO = Sentence(
    zh="本页由 `liuwen.questionnaires.check_pages.write` 生成，请不要手工修改。每份问卷按中英双语、只有中文、只有英文各建一次，"
    "有模块的全选、全不选各建一次。“检查”是 `lw.check` 报的错误和警告，“Validate”是 ODK Validate 用的引擎报的错误和警告；"
    "提示不算。",
    en="This page is written by `liuwen.questionnaires.check_pages.write`; do not edit it by hand. Each questionnaire is built "
    "in both languages, in Chinese alone and in English alone; those with modules with all of them and with none. “Check” "
    "counts errors and warnings of `lw.check`, “Validate” those of the engine of ODK Validate; notes are not counted.",
)
HEADS = {
    "zh": ("问卷", "模块", "语言", "题数", "检查", "Validate"),
    "en": ("Form", "Modules", "Languages", "Questions", "Check", "Validate"),
}
MODULES = {
    "all": Sentence(zh="全选", en="all"),
    "none": Sentence(zh="全不选", en="none"),
    "": Sentence(zh="没有模块", en="has none"),
}


class Variant(NamedTuple):
    """One way to build a questionnaire: its name, its modules ("all", "none", or "" where it has none), its languages."""

    name: str
    modules: str
    languages: tuple[str, ...]

    def form(self) -> Form:
        """The form, with names of places written down."""
        if self.name == "household_interview":
            return q.household_interview(modules=ALL if self.modules == "all" else (), languages=self.languages)
        if self.name == "household_self":
            return q.household_interview(mode="self", languages=self.languages)
        if self.name == "satisfaction_survey":
            return q.satisfaction_survey(modules=PARTS if self.modules == "all" else (), languages=self.languages)
        form: Form = getattr(q, self.name)(languages=self.languages)
        return form


class FormChecks(NamedTuple):
    """How many questions a form has, and what was found wrong with it."""

    questions: int
    check: int
    validate: int


def variants() -> Iterator[Variant]:
    """Every way to build every questionnaire.

    Yields:
        The variants, form by form.
    """
    for languages in LANGUAGES:
        for name in ("household_interview", "satisfaction_survey"):
            for modules in ("all", "none"):
                yield Variant(name, modules, languages)
        for name in ("household_self", *WITHOUT_MODULES):
            yield Variant(name, "", languages)


def verdict(form: Form) -> FormChecks:
    """What the checker and the engine of ODK Validate find.

    Args:
        form: The form.

    Returns:
        The number of its questions; errors and warnings of the checker; errors and warnings of the engine and the converter.
    """
    made = to_xform(form)
    engine = validate(made.xml, form.media)
    found = int((check(form).findings["severity"] != "note").sum())
    asked = sum(question.is_asked and question.type != "note" for question in form.questions)
    return FormChecks(asked, found, len(made.warnings) + len(engine.errors) + len(engine.warnings))


def row(of: Variant, found: FormChecks, language: Literal["zh", "en"]) -> str:
    """The line of one variant.

    Args:
        of: The variant.
        found: What was found.
        language: The language of the page.

    Returns:
        A row of a Markdown table.
    """
    modules = MODULES[of.modules].in_language(language)
    return f"| `{of.name}` | {modules} | {' + '.join(of.languages)} | {found.questions} | {found.check} | {found.validate} |"


def write(folder: Path) -> None:
    """Write both pages; it takes a minute or two.

    Args:
        folder: Where to, such as `docs`.
    """
    found = [(each, verdict(each.form())) for each in variants()]
    for language, name in FILES.items():
        heads = HEADS[language]
        table = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *(row(each, said, language) for each, said in found)]
        text = f"{TITLE.in_language(language)}\n\n{INTRO.in_language(language)}\n\n" + "\n".join(table) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
