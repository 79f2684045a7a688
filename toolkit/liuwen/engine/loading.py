"""Inside the worker: loads and caches forms parsed by JavaRosa, and puts their media where JavaRosa looks for them."""

import hashlib
import re
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from liuwen.engine.functions import DRAWS
from liuwen.engine.javarosa import folder, java
from liuwen.engine.standing_answers import StandingAnswers

_KEPT = 24

_EXPRESSION = re.compile(
    r"""(\b(?:calculate|relevant|constraint|required|readonly|value|nodeset)\s*=\s*["'])((?<=")[^"]*|(?<=')[^']*)(["'])"""
)
_REPLACED = re.compile(
    r"""(?P<literal>"[^"]*"|'[^']*'|&quot;.*?&quot;|&apos;.*?&apos;)|(?<![\w.:-])(?P<function>today|random|uuid)\s*\(\s*\)"""
)


class LoadedForm:
    """A parsed form and its blank instance."""

    def __init__(self, definition: Any) -> None:
        self.definition = definition
        self.standing_answers: StandingAnswers | None = None
        self._blank = definition.getMainInstance().getRoot().deepCopy(True)

    def renew(self) -> None:
        """Restore the blank instance; the form must be initialised again afterwards."""
        self.definition.getMainInstance().setRoot(self._blank.deepCopy(True))


_idle: "OrderedDict[str, LoadedForm]" = OrderedDict()
_media_folders: "OrderedDict[Path, None]" = OrderedDict()


def load(xml: str, media: Mapping[str, bytes]) -> tuple[str, LoadedForm]:
    """Take a blank form from the cache or parse it, and return it with its cache key; it is exclusive until `give_back`."""
    key = _key(xml, media)
    loaded = _idle.pop(key, None)
    if loaded is None:
        return key, LoadedForm(parse(with_replacements(xml), media))
    loaded.renew()
    return key, loaded


def give_back(key: str, loaded: LoadedForm) -> None:
    """Return a form to the cache for the next `load` of the same XML and media; the least recently used one is evicted."""
    _idle[key] = loaded
    while len(_idle) > _KEPT:
        _idle.popitem(last=False)


def parse(xml: str, media: Mapping[str, bytes]) -> Any:
    """JavaRosa's FormDef for the XML, not initialised yet."""
    prepare(media)
    stream = java("java.io.ByteArrayInputStream")(xml.encode("utf-8", "replace"))
    return java("org.javarosa.xform.util.XFormUtils").getFormFromInputStream(stream)


def prepare(media: Mapping[str, bytes]) -> None:
    """Register what JavaRosa's parser needs, and make `media` available under `jr://file/…` and similar addresses."""
    java("org.javarosa.core.services.PrototypeManager").registerPrototypes(
        java("org.opendatakit.validate.FormValidator").SERIALIABLE_CLASSES
    )
    java("org.javarosa.model.xform.XFormsModule")().registerModule()
    java("org.javarosa.xform.parse.XFormParser").registerActionHandler(
        java("org.opendatakit.validate.StubSetGeopointActionHandler").ELEMENT_NAME, _geopoint_action()
    )
    manager = java("org.javarosa.core.reference.ReferenceManager").instance()
    manager.reset()
    manager.addReferenceFactory(_media_references(_written(media)))


def with_replacements(xml: str) -> str:
    """Replace each `today()` in an expression by the equivalent `date(now())`, `random()` and `uuid()` by draws with a number.

    JavaRosa's `now()` uses the adjustable clock, its `today()` does not. For the others see `functions.DrawNumber`.
    """
    if not any(function in xml for function in ("today", *DRAWS)):
        return xml
    number = count(1)

    def replaced(found: "re.Match[str]") -> str:
        if found["literal"]:
            return found["literal"]
        return "date(now())" if found["function"] == "today" else f"{DRAWS[found['function']]}({next(number)})"

    return _EXPRESSION.sub(lambda found: found[1] + _REPLACED.sub(replaced, found[2]) + found[3], xml)


def _key(xml: str, media: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(xml.encode("utf-8", "replace"))
    for name in sorted(media):
        digest.update(name.encode("utf-8", "replace") + b"\0" + hashlib.sha256(media[name]).digest())
    return digest.hexdigest()


def _written(media: Mapping[str, bytes]) -> Path:
    """The folder with the media, written atomically; the least recently used folder is deleted."""
    target = folder() / _key("", media)[:24]
    if target not in _media_folders:
        making = Path(tempfile.mkdtemp(dir=folder()))
        for name, content in media.items():
            (making / _file_name(name)).write_bytes(content)
        making.rename(target)
    _media_folders[target] = None
    _media_folders.move_to_end(target)
    while len(_media_folders) > _KEPT:
        shutil.rmtree(_media_folders.popitem(last=False)[0])
    return target


def _file_name(name: str) -> str:
    """The file name without folders, so that nothing is written outside the media folder."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    if last in {"", ".", ".."} or len(last.encode("utf-8", "replace")) > 200:
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return last.encode("utf-8", "replace").decode()


def _media_references(target: Path) -> Any:
    import jpype

    reference = java("org.javarosa.core.reference.Reference")

    class MediaReference:
        def __init__(self, uri: str) -> None:
            self._path = target / _file_name(uri)
            self._uri = uri

        def doesBinaryExist(self) -> bool:  # noqa: N802  # JavaRosa's names
            return self._path.is_file()

        def getStream(self) -> Any:  # noqa: N802
            return java("java.io.FileInputStream")(str(self._path))

        def getURI(self) -> str:  # noqa: N802
            return self._uri

        def getLocalURI(self) -> str:  # noqa: N802
            return str(self._path)

        def isReadOnly(self) -> bool:  # noqa: N802
            return True

        def getOutputStream(self) -> None:  # noqa: N802
            return None

        def remove(self) -> None:
            return None

        def probeAlternativeReferences(self) -> Any:  # noqa: N802
            return reference[0]

    class MediaReferences:
        def derives(self, uri: Any) -> bool:
            return True

        def derive(self, uri: Any, context: Any = None) -> Any:
            return jpype.JProxy(reference, inst=MediaReference(str(uri)))

    return jpype.JProxy("org.javarosa.core.reference.ReferenceFactory", inst=MediaReferences())


def _geopoint_action() -> Any:
    return java("org.opendatakit.validate.StubSetGeopointActionHandler")()
