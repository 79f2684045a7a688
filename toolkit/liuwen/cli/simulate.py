"""`liuwen simulate`: fills in a form with synthetic answers, using the engine of ODK Collect."""

from pathlib import Path

import click

from liuwen.cli.pairs import pairs
from liuwen.cli.progress import bar
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="用合成的答案试填问卷：由手机所用的引擎填写，遵守相关条件、约束和选项筛选。",
    en="Fill in a form with synthetic answers through the engine of ODK Collect: relevance, constraints and choice filters hold.",
)
COUNT = Sentence(zh="填多少份。", en="Number of submissions.")
SEED = Sentence(
    zh="随机种子：种子相同，答卷就相同。",
    en="Random seed; the same seed gives the same answers.",
)
ANSWER = Sentence(
    zh="把一道题的回答定下来，写成 题名=值；可重复。",
    en="Settle the answer to a question, as NAME=VALUE; may be repeated.",
)
PERFUNCTORY = Sentence(
    zh="走捷径的走访人占多少（0到1）：家里人少写、勾“没有”、全打好评、不选“其他”，或者全选一档、照抄。",
    en="Share of visitors (0 to 1) who take short ways: members left out, none ticked, all good, never other, one step "
    "throughout, or copies.",
)
FOLDER = Sentence(zh="答卷写到哪个文件夹。", en="Folder for the submissions.")
FILLING = Sentence(zh="模拟填答", en="Filling in")
WRITTEN = Sentence(
    zh="{count} 份合成答卷写到 {folder}。",
    en="Wrote {count} synthetic submissions to {folder}.",
)


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    form = click.Argument(["form"], type=click.Path(path_type=Path))
    count = click.Option(["-n", "--count"], type=click.IntRange(min=1), default=100, show_default=True, help=str(COUNT))
    seed = click.Option(["--seed"], type=int, default=1, show_default=True, help=str(SEED))
    folder = click.Option(["--to"], type=click.Path(path_type=Path, file_okay=False), required=True, help=str(FOLDER))
    answers = click.Option(["--answers"], multiple=True, metavar="NAME=VALUE", help=str(ANSWER))
    perfunctory = click.Option(
        ["--perfunctory"], type=click.FloatRange(0, 1), default=0.15, show_default=True, help=str(PERFUNCTORY)
    )
    return sub_command(simulate, ABOUT, [form, count, seed, answers, perfunctory, folder])


def simulate(*, form: Path, count: int, seed: int, answers: tuple[str, ...], perfunctory: float, to: Path) -> int:
    """Write one XML file per submission into the folder."""
    from liuwen.simulation import submissions

    with bar(FILLING, count) as advance:
        settled = pairs("--answers", answers, blank=True)
        filled = submissions(form, count, seed=seed, answers=settled, perfunctory=perfunctory, progress=advance)
    write_submissions(filled, to)
    click.echo(str(WRITTEN.filled(count=len(filled), folder=to)))
    return 0


def write_submissions(filled: list[bytes], folder: Path) -> None:
    """Write each submission to a numbered file, replacing those of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("submission-*.xml"):
        earlier.unlink()
    for number, submission in enumerate(filled, start=1):
        (folder / f"submission-{number:05d}.xml").write_bytes(submission)
