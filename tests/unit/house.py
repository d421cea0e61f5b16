"""What the tests of the house look for, as functions, so that each can be tried on something bad."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import models
from django.db.models.manager import BaseManager

from samverk.access.permit import Permit

CLASSES = {"open", "internal", "personal", "secret"}
NEVER_OUT = (models.Model, models.QuerySet, BaseManager)
LONGEST = 400


def modules(package: str) -> Iterator[ModuleType]:
    """The package's module and all below it."""
    top = importlib.import_module(package)
    yield top
    for found in pkgutil.walk_packages(top.__path__, f"{package}."):
        yield importlib.import_module(found.name)


def own(module: ModuleType, kind: Callable[[object], bool]) -> list[Any]:
    """The public things of that kind that the module itself defines."""
    members = inspect.getmembers(module, kind)
    return [thing for name, thing in members if name[0] != "_" and thing.__module__ == module.__name__]


def functions(module: ModuleType) -> list[Callable[..., object]]:
    """The module's own public functions."""
    return own(module, inspect.isfunction)


def handed_out(annotation: object, seen: frozenset[object] = frozenset()) -> set[str]:
    """What in an annotation is a model, a queryset, or could be anything; looked for inside frozen views too."""
    if annotation is Any:
        return {"Any"}
    inner = typing.get_args(annotation)
    if inner:
        origin = typing.get_origin(annotation)
        return set().union(*(handed_out(part, seen) for part in (*inner, origin)))
    if not isinstance(annotation, type) or annotation in seen:
        return set()
    if issubclass(annotation, NEVER_OUT):
        return {annotation.__name__}
    if not dataclasses.is_dataclass(annotation):
        return set()
    return set().union(*(handed_out(hint, seen | {annotation}) for hint in readable(annotation)))


def readable(view: type) -> list[object]:
    """The annotations of all that can be read on a view: public fields, properties and methods."""
    fields = [hint for name, hint in typing.get_type_hints(view).items() if name[0] != "_"]
    for name, member in inspect.getmembers(view):
        function = member.fget if isinstance(member, property) else member
        if name[0] != "_" and inspect.isfunction(function):
            fields.append(typing.get_type_hints(function).get("return"))
    return fields


def leaks(module: ModuleType) -> dict[str, set[str]]:
    """The module's public functions and views that hand out what they may not."""
    found = {f.__qualname__: handed_out(typing.get_type_hints(f).get("return")) for f in functions(module)}
    found |= {view.__qualname__: handed_out(view) for view in own(module, inspect.isclass)}
    return {f"{module.__name__}.{name}": what for name, what in found.items() if what}


def unproven(action: Callable[..., object]) -> str:
    """Why the action could be called without the right proof, or by position; "" if it could not."""
    parameters = list(inspect.signature(action).parameters.values())
    if not parameters or parameters[0].name != "permit":
        return "its first parameter is not `permit`"
    if typing.get_origin(typing.get_type_hints(action).get("permit")) is not Permit:
        return "its permit does not say for which act"
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    loose = [parameter.name for parameter in parameters[1:] if parameter.kind not in by_name]
    return f"not keyword-only: {', '.join(loose)}" if loose else ""


def unclassified(model: type[models.Model]) -> set[str]:
    """The model's fields without a sensitivity class, classes of no field, and classes that do not exist."""
    classes = vars(model).get("SENSITIVITY", {})
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    return (fields ^ classes.keys()) | {name for name, value in classes.items() if value not in CLASSES}


def ways_back(model: type[models.Model]) -> set[str]:
    """The model's relations that can be walked backwards, from something shown to something not asked for."""
    relations = [field for field in (*model._meta.fields, *model._meta.many_to_many) if field.remote_field]
    return {field.name for field in relations if not (field.remote_field.related_name or "").endswith("+")}


def too_long(files: Iterable[Path]) -> list[str]:
    """The modules that have grown beyond what one can hold in one's head."""
    return [f"{file}: {n}" for file in files if (n := len(file.read_text().splitlines())) > LONGEST]


def undocumented(file: Path) -> list[str]:
    """The public functions and methods of a module without a docstring, and the module itself."""
    tree = ast.parse(file.read_text())
    missing = [] if ast.get_docstring(tree) or not tree.body else [file.name]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_" and not ast.get_docstring(node):
            missing.append(f"{file.name}:{node.lineno} {node.name}")
    return missing
