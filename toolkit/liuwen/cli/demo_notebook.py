"""Writes the notebook of the demo, runs it, and saves it with its output."""

from contextlib import closing
from pathlib import Path
from typing import Any

from liuwen.errors import LiuwenError
from liuwen.messages import Language, Sentence

Notebook = Any

TITLE = Sentence(
    zh=(
        "# 各村需求\n\n虚构的镇，合成的答卷：不是任何真人所答。"
        "每份答卷由手机所用的引擎填成，再像手机那样发到服务器，存进笔记本旁边的库里。"
    ),
    en=(
        "# Needs by village\n\nA made-up town, synthetic answers: no real person gave them. Each interview was filled in "
        "by the engine that phones use, sent to a server as phones do, and kept in the store beside this notebook."
    ),
)
LOAD = Sentence(
    zh="## 读入\n\n答卷带着问卷：每一列都知道自己的题目、措辞、选项，以及空白是没问还是没答。\n\n"
    "笔记本会被传来传去，所以这里不列住户的答卷；`responses.table` 一户一行，由有权看的人自己打开。",
    en="## Load\n\nThe form travels with the answers: each column knows its question, its wording, its "
    "choices, and whether a blank means not asked or not answered.\n\nA notebook is passed on, so no "
    "household's answers are listed here; `responses.table` has one row per household, for those who may "
    "see it.",
)
EXPLORE = Sentence(
    zh="## 探索\n\n选村、户别、时段；图随之变化。不足 5 户的组不显示。",
    en="## Explore\n\nChoose villages, household groups and a period; the chart follows. Groups of fewer than "
    "5 households are not shown.",
)
TABLE = Sentence(zh="## 同样的数字，列成表", en="## The same figures as a table")
NOT_RUN = Sentence(
    zh="笔记本没有跑完：{reason}。请在 JupyterLab 里打开它看看。",
    en="The notebook did not finish: {reason}. Open it in JupyterLab to see why.",
)

_STARTING = 600
"""Timeout in seconds for starting the kernel."""


def write_notebook(path: Path, store: str, form_id: str, language: Language) -> None:
    """Write the notebook, run it in its folder, and save it as trusted and without widget state.

    Raises `LiuwenError` if a cell fails.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    notebook = _notebook(store, form_id, language)
    _run(notebook, path.parent)
    notebook.metadata.pop("widgets", None)
    nbformat.write(notebook, path)
    notary = NotebookNotary()
    with closing(notary.store):
        notary.sign(notebook)


def _notebook(store: str, form_id: str, language: Language) -> Notebook:
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    def say(sentence: Sentence) -> Notebook:
        return new_markdown_cell(sentence.in_language(language))

    cells = [
        say(TITLE),
        new_code_cell(f'import liuwen as lw\n\nlw.set_language("{language}")'),
        say(LOAD),
        new_code_cell(f'responses = lw.Store("{store}").responses("{form_id}")\nresponses'),
        new_code_cell(f'responses.codebook("{language}").head(12)'),
        say(EXPLORE),
        new_code_cell("lw.explore(responses)"),
        say(TABLE),
        new_code_cell('lw.needs(responses, by="village").head(20)'),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def _run(notebook: Notebook, folder: Path) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook,
        timeout=None,  # no timeout, because the machine may be slow
        startup_timeout=_STARTING,
        resources=where,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError, RuntimeError) as error:  # the last cell, if the kernel did not start
        raise LiuwenError(NOT_RUN.filled(reason=str(error).strip().splitlines()[-1])) from error
