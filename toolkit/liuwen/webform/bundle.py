"""The JavaScript bundle: ODK Web Forms and the page around it, in one module without dependencies."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from liuwen.errors import ReadError
from liuwen.messages import Sentence

_MISSING = Sentence(
    zh="浏览器表单没有随 liuwen 装好：找不到 {path}。请重新安装 liuwen。",
    en="The browser form was not installed with liuwen: {path} is missing. Install liuwen again.",
)


def bundle_path() -> Path:
    """The path of the module (about 3.4 MB); raises `ReadError` if it is not installed.

    >>> bundle_path().name
    'webform.js'
    """
    path = Path(__file__).with_name("static") / "webform.js"
    if not path.is_file():
        raise ReadError(_MISSING.filled(path=path))
    return path


@cache
def bundle_name() -> str:
    """A file name that changes with the content, so that browsers may cache it forever.

    >>> bundle_name().startswith("webform-")
    True
    """
    return f"webform-{hashlib.sha256(bundle_path().read_bytes()).hexdigest()[:16]}.js"


@cache
def bundle_gzip() -> bytes:
    """The module, compressed with gzip (about 1.3 MB), for servers and notebooks."""
    return gzip.compress(bundle_path().read_bytes(), compresslevel=6, mtime=0)
