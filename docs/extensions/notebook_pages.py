"""Copies the notebooks into the documentation before it is read: Sphinx reads only what lies in its own folder."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent.parent
NOTEBOOKS = DOCS.parent / "notebooks"
COPIES = DOCS / "notebooks"


def copy_notebooks(_app: Sphinx) -> None:
    """Copy each notebook that is new or changed; the copies are ignored by Git."""
    COPIES.mkdir(exist_ok=True)
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        copy = COPIES / notebook.name
        if not copy.exists() or copy.read_bytes() != notebook.read_bytes():
            shutil.copyfile(notebook, copy)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the copying."""
    app.connect("builder-inited", copy_notebooks)
    return {"parallel_read_safe": True}
