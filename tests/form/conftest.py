"""Forms shared by the tests of this room."""

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform


@pytest.fixture(scope="session")
def convertible(corpus: Path, corpus_listing: list[dict[str, str]]) -> dict[str, Path]:
    """Workbooks that pyxform converts."""
    return {row["file"]: corpus / row["file"] for row in corpus_listing if row["pyxform_converts"] == "True"}


@pytest.fixture(scope="session")
def read_by_pyxform(workbooks: dict[str, Path]) -> dict[str, DefinitionData]:
    """The workbooks as read by pyxform; those it cannot read are omitted."""
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, path in workbooks.items():
            try:
                found[name] = get_xlsform(path)
            except (PyXFormError, AttributeError):
                continue
    return found


@pytest.fixture(scope="session")
def refused(corpus_listing: list[dict[str, str]]) -> dict[str, str]:
    """The first line of pyxform's message for each workbook that it refuses because of its content."""
    listed = {row["file"]: row["pyxform_error"].removeprefix("PyXFormError: ") for row in corpus_listing}
    return {name: words for name, words in listed.items() if words and "'definition' was not recognized" not in words}


@pytest.fixture(scope="session")
def differences() -> Callable[[str, str], dict[str, tuple]]:
    """Compares two XForms: part → its content in each, if they differ."""
    return _differences


CONTROLS = {"input", "select", "select1", "rank", "upload", "trigger", "range", "group", "repeat"}
SAME_DATA = {"select1": "string", "select": "string", "": "string", "rank": "odk:rank", "integer": "int"}
SAME_VALUE = {"true": "1"}
JR = "{http://openrosa.org/javarosa}"


def name(node) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def plain(text: str) -> str:
    """Text with spaces normalised and quotation marks straightened, as pyxform does."""
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


class Meaning:
    """The content of an XForm in a canonical form; written independently of the code under test."""

    def __init__(self, xml: str) -> None:
        self.root = etree.fromstring(xml.encode())
        self.model = next(self.root.iter("{*}model"))
        self.instances = list(self.model.iterchildren("{*}instance"))
        self.top = next(self.instances[0].iterchildren(tag=etree.Element))
        self.body = next(self.root.iter("{*}body"), etree.Element("body"))
        self.itext = {
            each.get("lang").replace("default", ""): {text.get("id"): text for text in each}
            for each in self.root.iter("{*}translation")
            if len(each)
        }
        self.asked = {self.path(node) for node in self.body.iter("{*}*") if name(node) in CONTROLS - {"group", "repeat"}}

    def path(self, node) -> str:
        written = node.get("ref") or node.get("nodeset") or ""
        whole = written.strip() if written.strip().startswith("/") or not written else f"/{name(self.top)}/{written.strip()}"
        return re.sub(r"/\w+:", "/", whole)

    def expression(self, text: str, context: str) -> str:
        """The expression with absolute paths, external lists named by file, and without spaces."""
        for each in self.instances[1:]:
            text = re.sub(
                rf"instance\(['\"]{re.escape(each.get('id'))}['\"]\)", f"instance({each.get('src') or each.get('id')})", text
            )
        pieces = re.split(r"('[^']*'|\"[^\"]*\")", text)
        whole = (piece if number % 2 else self.whole_paths(piece, context) for number, piece in enumerate(pieces))
        return re.sub(r"\s+", "", "".join(whole))

    @staticmethod
    def whole_paths(text: str, context: str) -> str:
        def whole(match: re.Match[str]) -> str:
            steps = context.split("/")
            return "/".join(steps[: len(steps) - match[0].count("..")])

        before, bracket, after = text.partition("[")
        before = re.sub(r"(?<![\w/.)])\.\.(/\.\.)*", whole, re.sub(r"current\(\)/", "", before))
        return before + bracket + re.sub(r"current\(\)(/\.\.)+", whole, after)

    def words(self, node, context: str) -> dict[str, str]:
        """Language and form → text."""
        if node is None:
            return {}
        reference = re.fullmatch(r"jr:itext\('(.*)'\)", node.get("ref", "").strip())
        if reference:
            return self.translated(reference[1], context)
        return {f"{language} long": text for language in self.itext or ("",) if (text := self.text(node, context))}

    def translated(self, text_id: str, context: str) -> dict[str, str]:
        said = {}
        for language, texts in self.itext.items():
            for value in texts.get(text_id, ()):
                text = self.text(value, context)
                if text not in {"", "-"}:
                    said[f"{language} {value.get('form', 'long')}"] = text
        return said

    def text(self, node, context: str) -> str:
        written = node.text or ""
        for inner in node:
            output = (
                f"<{self.expression(inner.get('value', ''), context)}>" if name(inner) == "output" else "".join(inner.itertext())
            )
            written += output + (inner.tail or "")
        return plain(written.replace(" <", "<").replace("> ", ">"))

    @property
    def answers(self) -> list:
        return [self.top.get("id"), self.top.get("version") or "", *sorted(self.tree(self.top, f"/{name(self.top)}"))]

    def tree(self, node, path: str):
        """Every node with its first value and attributes, without those that a server adds."""
        seen = set()
        for inner in node.iterchildren(tag=etree.Element):
            here = f"{path}/{name(inner)}"
            extra = sorted(
                (key, SAME_VALUE.get(value, plain(value)))
                for key, value in inner.attrib.items()
                if key != f"{JR}template" and value
            )
            if here not in seen and name(inner) != "meta":
                yield here, plain(inner.text or ""), extra
            if here not in seen and (name(inner) != "meta" or next(inner.iterchildren("{*}entity"), None) is not None):
                yield from (each for each in self.tree(inner, here) if "/meta/" not in each[0] or "/meta/entity" in each[0])
            seen.add(here)

    @property
    def binds(self) -> dict:
        told: dict[str, dict] = {}
        for bind in self.model.iterchildren("{*}bind"):
            said = {etree.QName(key).localname: value for key, value in bind.attrib.items()}
            told.setdefault(self.path(bind), {}).update(said)
        rules = {path: self.rules(path, said) for path, said in told.items() if self.exists(path)}
        return {path: said for path, said in rules.items() if said}

    def exists(self, path: str) -> bool:
        """Whether the path exists in the instance, excluding nodes that a server adds."""
        names = [step for step in path.split("/")[2:] if step]
        found = [self.top]
        for step in names:
            found = [inner for node in found for inner in node.iterchildren(tag=etree.Element) if name(inner) == step]
        return bool(found) and "meta" not in names

    def rules(self, path: str, said: dict) -> dict:
        rules = {}
        for key, value in said.items():
            if (
                key in {"id", "nodeset"}
                or (key in {"required", "readonly"} and value == "false()")
                or (key == "readonly" and path not in self.asked)
            ):
                continue
            if key == "type":
                rules[key] = SAME_DATA.get(value, value)
            elif key.endswith(("Msg", "ErrorString")):
                reference = re.fullmatch(r"jr:itext\('(.*)'\)", value)
                rules[key] = (
                    self.translated(reference[1], path)
                    if reference
                    else {f"{each} long": plain(value) for each in self.itext or ("",)}
                )
            else:
                rules[key] = self.expression(value, path)
        return {} if rules == {"type": "string"} else rules

    @property
    def controls(self) -> list:
        """The controls, in order; a group without label or appearance is skipped, a repeat gets the label of its group."""
        shown = [self.control(node) for node in self.body.iter() if name(node) in CONTROLS and self.path(node)]
        return [each for each in shown if each[0] != "group" or any(each[2:4])]

    def control(self, node) -> tuple:
        path = self.path(node)
        labelled = node
        if name(node) == "repeat" and name(node.getparent()) == "group":
            labelled = node.getparent()
        attributes = {
            etree.QName(key).localname: plain(value)
            for each in {labelled, node}
            for key, value in each.attrib.items()
            if key not in {"ref", "nodeset", "bind"}
        }
        for key in ("count", "query"):
            if key in attributes:
                attributes[key] = self.expression(attributes[key], path)
        label, hint = (next(labelled.iterchildren(f"{{*}}{each}"), None) for each in ("label", "hint"))
        is_wrapper = name(node) == "group" and any(self.path(each) in {path, ""} for each in node.iterchildren("{*}repeat"))
        if is_wrapper:
            return "group", path, [], {}
        return (
            name(node),
            path,
            sorted(attributes.items()),
            self.words(label, path),
            self.words(hint, path),
            self.choices(node, path),
        )

    def choices(self, node, path: str):
        itemset = next(node.iterchildren("{*}itemset"), None)
        if itemset is None:
            return [self.choice(item, "value", "label", path) for item in node.iterchildren("{*}item")]
        nodeset = itemset.get("nodeset")
        value, label = (next(itemset.iterchildren(f"{{*}}{each}")).get("ref", "").strip() for each in ("value", "label"))
        inside = re.search(r"instance\(['\"](.*?)['\"]\)", nodeset)
        listed = self.listed(inside[1]) if inside else []
        offered = [self.choice(item, value, label, path) for item in listed]
        if re.fullmatch(r"\s*instance\(['\"].*?['\"]\)/root/item\s*", nodeset) and offered:
            return offered
        return self.expression(nodeset, path), offered or (value, label)

    def listed(self, list_name: str) -> list:
        instance = next((each for each in self.instances[1:] if each.get("id") == list_name), None)
        return [item for root in instance for item in root] if instance is not None and not instance.get("src") else []

    def choice(self, item, value: str, label: str, path: str) -> tuple:
        parts = {name(part): part for part in item}
        column = re.fullmatch(r"jr:itext\((.*)\)", label)
        words = self.translated(parts[column[1]].text, path) if column else self.words(parts.get(label), path)
        return "".join(parts[value].itertext()).strip(), words

    @property
    def lists(self) -> dict:
        """External lists by file, and the columns of internal lists that filters use."""
        inside = {
            each.get("id"): [self.columns(item) for item in self.listed(each.get("id"))]
            for each in self.instances[1:]
            if not each.get("src")
        }
        return inside | {each.get("src"): "a file" for each in self.instances[1:] if each.get("src")}

    @staticmethod
    def columns(item) -> list:
        return sorted((name(part), plain("".join(part.itertext()))) for part in item if name(part) not in {"itextId", "label"})

    @property
    def actions(self) -> set:
        return {
            (
                name(each),
                self.path(each),
                each.get("event") if each.get("event") == "xforms-value-changed" else "start",
                self.expression(each.get("value", ""), self.path(each)),
            )
            for each in self.root.iter("{*}setvalue", "{*}setgeopoint", "{*}recordaudio")
            if "/meta/" not in self.path(each)
        }

    @property
    def settings(self) -> dict:
        submission = next(self.model.iterchildren("{*}submission"), None)
        title = next(self.root.iter("{http://www.w3.org/1999/xhtml}title"), None)
        return {
            "title": plain("".join(title.itertext())) if title is not None else "",
            "style": self.body.get("class"),
            "languages": sorted(language for language in self.itext if language),
            "submission": sorted((key, plain(value)) for key, value in submission.attrib.items() if key != "method")
            if submission is not None
            else [],
        }

    PARTS = ("answers", "binds", "controls", "lists", "actions", "settings")


def _differences(before: str, after: str) -> dict[str, tuple]:
    """Part → its content in each, if they differ; lists that the first has inline are compared inline."""
    one, other = Meaning(before), Meaning(after)
    parts = {part: [getattr(one, part), getattr(other, part)] for part in Meaning.PARTS}
    listed_before, listed_after = parts["lists"]
    parts["lists"][1] = {each: rows for each, rows in listed_after.items() if each in listed_before or isinstance(rows, str)}
    binds_before, binds_after = parts["binds"]
    for path, said in binds_after.items():
        if "type" not in binds_before.get(path, {}):
            said.pop("type", None)
    parts["binds"][1] = {path: said for path, said in binds_after.items() if said}
    parts["controls"] = [[without_borrowed_label(each) for each in controls] for controls in parts["controls"]]
    if not parts["settings"][0]["title"]:
        parts["settings"][1]["title"] = ""
    return {part: tuple(both) for part, both in parts.items() if both[0] != both[1]}


def without_borrowed_label(control: tuple) -> tuple:
    """An XLSForm requires a label; a question without one shows its name."""
    kind, path, attributes, label, *rest = control
    return (kind, path, attributes, {} if set(label.values()) == {path.rpartition("/")[2]} else label, *rest)
