"""`liuwen print`: a form as a paper questionnaire."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.errors import ReadError
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="把问卷印成纸（PDF，A4）：题有编号，条件写成话，选项是可以打勾的框；供通读、送审，和没有手机的日子用。",
    en="Print a form as a paper questionnaire (PDF, A4): numbered questions, conditions in words, boxes to tick; to read it "
    "through, to have it approved, and for days without a phone.",
)
TO = Sentence(zh="写到哪个 PDF 文件；默认与问卷同名。", en="The PDF to write; by default named like the form.")
NO_PDF = Sentence(zh="{file} 不是 .pdf 文件；请换一个名字。", en="{file} is not a .pdf file; choose another name.")
WRITTEN = Sentence(zh="已写成：{file}", en="Written: {file}")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    path = click.Path(path_type=Path)
    return sub_command(
        print_on_paper, ABOUT, [click.Argument(["form"], type=path), click.Option(["--to"], type=path, help=str(TO))]
    )


def print_on_paper(*, form: Path, to: Path | None) -> int:
    """Write the PDF in the language of the command."""
    from liuwen.paper import print_form

    file = to or Path(f"{form.stem}.pdf")
    if file.suffix.lower() != ".pdf":
        raise ReadError(NO_PDF.filled(file=file))
    file.write_bytes(print_form(form))
    click.echo(str(WRITTEN.filled(file=file)))
    return 0
