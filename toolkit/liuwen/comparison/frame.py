"""Changes outside the questions: settings, languages and attached files."""

import csv
import io
from collections.abc import Iterator

from liuwen.comparison.changes import Change, Effect
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

FORM_ID = Sentence(
    zh="表单编号由“{before}”改为“{after}”；手机和服务器会视为另一份表单，旧答卷需要对应。",
    en='The form ID changed from "{before}" to "{after}"; phones treat it as another form, and earlier answers need mapping.',
)
SETTING = Sentence(zh="设置 {column} 由“{before}”改为“{after}”。", en='The setting {column} changed: "{before}" → "{after}".')
SAME_VERSION = Sentence(
    zh="表单改了，版本却仍是“{version}”；手机不会更新。请提高版本号。",
    en='The form changed but its version is still "{version}"; phones will not update. Raise the version.',
)
LANGUAGE_ADDED = Sentence(zh="新增语言“{language}”。", en='New language "{language}".')
LANGUAGE_REMOVED = Sentence(
    zh="不再有语言“{language}”；答案不受影响。",
    en='The language "{language}" was removed; answers are not affected.',
)
FILE_ADDED = Sentence(zh="新增文件“{name}”。", en='New file "{name}".')
FILE_REMOVED = Sentence(zh="不再附带文件“{name}”。", en='The file "{name}" was removed.')
FILE_CHANGED = Sentence(zh="文件“{name}”的内容变了。", en='The content of the file "{name}" changed.')
ROWS_REMOVED = Sentence(
    zh="名单“{name}”少了 {count} 个选项（如 {some}）；选了它们的旧答案没有标签了。",
    en='The list "{name}" lost {count} choices (such as {some}); answers with them lose their label.',
)

_MAPPED = frozenset({"form_id", "name"})


def frame_changes(older: Form, newer: Form) -> Iterator[Change]:
    """Changes of settings, languages and media."""
    yield from _setting_changes(older, newer)
    for language in newer.languages:
        if language not in older.languages:
            yield _change("language added", "safe", language, LANGUAGE_ADDED.filled(language=language))
    for language in older.languages:
        if language not in newer.languages:
            yield _change("language removed", "safe", language, LANGUAGE_REMOVED.filled(language=language))
    for name in sorted(older.media.keys() | newer.media.keys()):
        yield from _media_changes(name, older.media.get(name), newer.media.get(name))


def same_version(newer: Form) -> Change:
    """The warning that a changed form still has its old version."""
    return _change("version", "safe", newer.id, SAME_VERSION.filled(version=newer.version), column="version")


def _setting_changes(older: Form, newer: Form) -> Iterator[Change]:
    if older.id != newer.id:
        said = FORM_ID.filled(before=older.id, after=newer.id)
        yield _change("form_id", "mapping", newer.id, said, column="form_id", before=older.id, after=newer.id)
    for column in dict.fromkeys([*older.settings, *newer.settings]):
        before, after = older.settings.get(column, ""), newer.settings.get(column, "")
        if before != after and column not in {"form_id", "version"}:
            effect: Effect = "mapping" if column in _MAPPED else "safe"
            said = SETTING.filled(column=column, before=before, after=after)
            yield _change("setting", effect, column, said, column=column, before=before, after=after)


def _media_changes(name: str, before: bytes | None, after: bytes | None) -> Iterator[Change]:
    if before is None or after is None:
        said = (FILE_ADDED if before is None else FILE_REMOVED).filled(name=name)
        yield _change("file added" if before is None else "file removed", "safe", name, said)
    elif before != after:
        lost = _names_in(before) - _names_in(after) if name.lower().endswith(".csv") else set()
        some = "、".join(sorted(lost)[:3])
        said = ROWS_REMOVED.filled(name=name, count=len(lost), some=some) if lost else FILE_CHANGED.filled(name=name)
        yield _change("file changed", "loses" if lost else "safe", name, said)


def _names_in(content: bytes) -> set[str]:
    """The stored values in a CSV list."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    try:
        return {row["name"] for row in rows if row.get("name")}
    except csv.Error:
        return set()


def _change(
    kind: str, effect: Effect, subject: str, sentence: Sentence, *, column: str | None = None, before: str = "", after: str = ""
) -> Change:
    return Change(kind, effect, subject, Place("settings", 2 if column else None, column), sentence, before, after)
