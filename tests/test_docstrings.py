"""The docstrings of the public surface: google style, with every argument, what comes back and what is raised."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest

from liuwen import errors

ROOMS = (
    "analysis",
    "campaign",
    "checks",
    "comparison",
    "engine",
    "form",
    "form.builder",
    "messages",
    "openrosa",
    "questionnaires",
    "responses",
    "server",
    "simulation",
    "sources",
    "store",
    "testing",
    "testing.phone",
    "testing.stories",
)
"""The rooms whose faces are public besides the front door."""

SECTION = re.compile(r"^(Args|Attributes|Returns|Yields|Raises|Example|Note):$", re.MULTILINE)
RAISED = {name for name, one in vars(errors).items() if inspect.isclass(one) and issubclass(one, Exception)} | {"PhoneError"}


def public_objects() -> dict[str, Any]:
    """Every public function and class by a name that says where it is reached."""
    found: dict[int, tuple[str, Any]] = {}
    for room in ("", *ROOMS, "errors"):
        module = import_module(f"liuwen.{room}".rstrip("."))
        names = getattr(module, "__all__", None) or [name for name, one in vars(module).items() if _is_of(one, module)]
        for name in names:
            one = getattr(module, name)
            if callable(one) and not name.startswith("_") and getattr(one, "__module__", "").startswith("liuwen"):
                found.setdefault(id(one), (f"{module.__name__}.{name}", one))
    return dict(found.values())


def _is_of(one: object, module: object) -> bool:
    return getattr(one, "__module__", "") == getattr(module, "__name__", None)


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions, and the public methods of public classes."""
    for name, one in public_objects().items():
        if not inspect.isclass(one):
            yield name, one
            continue
        for method, member in own_members(one).items():
            plain = member.__func__ if isinstance(member, staticmethod | classmethod) else member
            if not method.startswith("_") and inspect.isfunction(plain):
                yield f"{name}.{method}", plain


def properties() -> Iterator[tuple[str, Any]]:
    for name, one in public_objects().items():
        if inspect.isclass(one):
            yield from ((f"{name}.{key}", member) for key, member in own_members(one).items() if key[0] != "_" and _reads(member))


def own_members(one: type) -> dict[str, Any]:
    """The members of a class, with those that it has from classes of liuwen."""
    ours = [each for each in reversed(one.__mro__) if each.__module__.startswith("liuwen")]
    return {name: member for each in ours for name, member in vars(each).items()}


def _reads(member: object) -> bool:
    return isinstance(member, property) or type(member).__name__ == "cached_property"


def section(text: str, title: str) -> str:
    """The body of one section of a docstring; "" if missing."""
    parts = SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(title, "")


def listed(body: str) -> set[str]:
    """The names a section lists, at its first indentation."""
    return set(re.findall(r"^    \*{0,2}(\w+)(?: \(.*?\))?:", body, re.MULTILINE))


def arguments(function: Callable[..., Any]) -> set[str]:
    named = inspect.signature(function).parameters
    return {name for name in named if name not in {"self", "cls"} and not name.startswith("_")}


def gives_something(function: Callable[..., Any]) -> bool:
    answer = inspect.signature(function).return_annotation
    return answer not in {None, "None", inspect.Signature.empty}


def raised_in(function: Callable[..., Any]) -> set[str]:
    """The errors of liuwen that the function's own body raises."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    calls = [node.exc.func for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name) and call.id in RAISED}


def faults_of(function: Callable[..., Any]) -> list[str]:
    """What is missing in the docstring of a function."""
    text = inspect.getdoc(function) or ""
    if not text:
        return ["no docstring"]
    said = listed(section(text, "Args"))
    found = [f"Args lacks {name}" for name in sorted(arguments(function) - said)]
    found += [f"Args has {name}, which is no parameter" for name in sorted(said - arguments(function))]
    if gives_something(function) and not (section(text, "Returns") or section(text, "Yields")):
        found.append("no Returns")
    found += [f"Raises lacks {name}" for name in sorted(raised_in(function) - listed(section(text, "Raises")))]
    return found


def test_there_is_a_surface_to_look_at() -> None:
    """The search finds the front door, the builder and the methods of what it gives."""
    names = {name for name, _ in callables()}
    assert {"liuwen.check", "liuwen.form.builder.select_one", "liuwen.Store.publish", "liuwen.Responses.base"} <= names
    assert len(names) > 150


def test_the_checker_finds_what_is_missing() -> None:
    """A missing argument, an unknown name, an undescribed result, an unlisted error."""

    def faulty(one: int, two: int) -> int:
        """Something.

        Args:
            one: The first.
            three: What is not there.
        """
        raise errors.FormError(one)

    def sound(one: int) -> int:
        """Something.

        Args:
            one: The first.

        Returns:
            The same.
        """
        return one

    assert faults_of(faulty) == ["Args lacks two", "Args has three, which is no parameter", "no Returns"]
    assert not faults_of(sound)


@pytest.mark.parametrize(("name", "function"), list(callables()), ids=[name for name, _ in callables()])
def test_a_public_function_documents_its_arguments_result_and_errors(name: str, function: Callable[..., Any]) -> None:
    """`Args`, `Returns` and `Raises` are complete."""
    assert not faults_of(function), name


def test_every_public_class_and_property_is_documented() -> None:
    """A class says what it is, and each public field of a dataclass what it holds."""
    classes = {name: one for name, one in public_objects().items() if inspect.isclass(one)}
    assert not [name for name, one in classes.items() if not (one.__doc__ or "").strip()]
    assert not [name for name, one in properties() if not (getattr(one, "__doc__", None) or "").strip()]
    undocumented = {
        name: missing
        for name, one in classes.items()
        if is_dataclass(one)
        for missing in [{field.name for field in fields(one) if field.name[0] != "_"} - _documented_fields(one)]
        if missing
    }
    assert not undocumented


def _documented_fields(one: type) -> set[str]:
    """Fields listed under `Attributes` or `Args` of the class, or followed by a docstring of their own."""
    text = inspect.getdoc(one) or ""
    tree = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    assert isinstance(tree, ast.ClassDef)
    own = {
        before.target.id
        for before, after in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and isinstance(after, ast.Expr)
    }
    return listed(section(text, "Attributes")) | listed(section(text, "Args")) | own
