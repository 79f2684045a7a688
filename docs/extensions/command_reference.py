"""The directive `command-reference`: every sub-command of `liuwen` with its arguments and options, from the command itself."""

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from liuwen.cli.command import root
from liuwen.cli.layout import with_remark
from liuwen.messages import Language, use_language

HEADINGS: dict[Language, tuple[str, str]] = {"en": ("Option", "What it does"), "zh": ("选项", "作用")}


def command_section(group: click.Group, name: str, language: Language, path: str = "liuwen") -> nodes.section:
    """One sub-command: its usage line, what it does, and a table of its options or a section for each of its own sub-commands.

    Args:
        group: The whole command.
        name: The sub-command.
        language: The language of the table's heading; the command's own words are in the language in force.
        path: How the command that holds it is called.

    Returns:
        A section with an anchor of its own.
    """
    command = group.get_command(click.Context(group), name)
    assert command
    context = click.Context(command, info_name=f"{path} {name}")
    section = nodes.section(ids=[f"{path} {name} {language}".replace(" ", "-")])
    section += nodes.title(text=f"{path} {name}")
    usage = " ".join([f"{path} {name}", *command.collect_usage_pieces(context)])
    section += nodes.literal_block(usage, usage, language="text")
    section += nodes.paragraph(text=command.help or "")
    if isinstance(command, click.Group):
        section += [command_section(command, inner, language, path=f"{path} {name}") for inner in command.list_commands(context)]
        return section
    section += _table([record for option in command.get_params(context) if (record := option.get_help_record(context))], language)
    return section


def _table(records: list[tuple[str, str]], language: Language) -> nodes.table:
    group = nodes.tgroup(cols=2)
    group += [nodes.colspec(colwidth=35), nodes.colspec(colwidth=65)]
    head = nodes.thead()
    head += _row(nodes.Text(HEADINGS[language][0]), nodes.Text(HEADINGS[language][1]))
    body = nodes.tbody()
    body += [_row(nodes.literal(text=name), nodes.Text(with_remark(said))) for name, said in records]
    group += [head, body]
    table = nodes.table(classes=["command-options"])
    table += group
    return table


def _row(*cells: nodes.Node) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        paragraph = nodes.paragraph()
        paragraph += cell
        entry = nodes.entry()
        entry += paragraph
        row += entry
    return row


class CommandReference(SphinxDirective):
    """Lists the sub-commands in the order of the work, in the language given as its argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One section a sub-command."""
        language: Language = "zh" if self.arguments[0] == "zh" else "en"
        with use_language(language):
            group = root()
            return [command_section(group, name, language) for name in group.list_commands(click.Context(group))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("command-reference", CommandReference)
    return {"parallel_read_safe": True}
