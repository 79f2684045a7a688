"""A file that the form needs and that is not beside it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Call, Text
from liuwen.form.media import ITEMSETS, looked_up
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

MISSING = Sentence(
    zh="问卷要用文件“{file}”，但它不在旁边：请放在同一文件夹（或“{stem}-media”文件夹），上传时一并附上；服务器上的实体列表不必。",
    en="the form needs the file “{file}”, which is not beside it; put it in the same folder (or "
    "“{stem}-media”) and upload it too, unless it is an entity list on the server.",
)


_MEDIA = frozenset({"image", "big-image", "audio", "video"})


def missing_file(facts: Facts) -> Iterator[Fault]:
    """Lists, lookups, pictures, sounds and films; said once a file."""
    stem = facts.form.source.rpartition(".")[0] or facts.form.id
    seen: set[str] = set()
    for place, file in _needed(facts):
        if file not in seen and file not in facts.form.media and "${" not in file and not file.startswith("jr://"):
            yield warning(place, MISSING.filled(file=file, stem=stem))
        seen.add(file)


def _needed(facts: Facts) -> Iterator[tuple[Place, str]]:
    yield from _lists(facts)
    yield from _lookups(facts)
    yield from ((cell.place, cell.text) for _, cell in facts.survey_texts if cell.column in _MEDIA)
    for choices in facts.form.choice_lists.values():
        for choice in choices:
            for column in choice.wordings.keys() & _MEDIA:
                for language, text in choice.wordings[column].texts.items():
                    yield facts.place("choices", choice.row, column, language), text


def _lists(facts: Facts) -> Iterator[tuple[Place, str]]:
    for element in facts.elements:
        if element.from_file and element.list_name:
            yield facts.at(element, "type"), element.list_name
        elif element.type == "select_one_external" and facts.form.sheet("external_choices") is None:
            yield facts.at(element, "type"), ITEMSETS
        elif element.type in {"csv-external", "xml-external"} and element.name:
            yield facts.at(element, "type"), f"{element.name}.{element.type[:3]}"


def _lookups(facts: Facts) -> Iterator[tuple[Place, str]]:
    for element in facts.elements:
        for file in looked_up(element.cell("appearance")):
            yield facts.at(element, "appearance"), file
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="pulldata", arguments=(Text(value=name), *_)):
                    yield formula.place, name if name.endswith(".csv") else f"{name}.csv"
                case _:
                    pass
