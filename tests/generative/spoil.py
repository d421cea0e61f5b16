"""Mutants of a statement of the rule, by enumeration: every condition in it taken away or made impossible, every
boundary moved. Nothing is chosen by hand, so that a new clause brings its own mutants."""

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"'[^']*'|IS (?:NOT )?DISTINCT FROM|\(|\)|,|;|:="
    r"|\b(?:AND|OR|WHERE|ON|USING|SELECT|FROM|JOIN|UNION|GROUP|HAVING|BEGIN|IF|THEN|RETURN)\b|--[^\n]*"
)
_QUIET = re.compile(r"'[^']*'|--[^\n]*|->>?")
"""What holds signs that compare nothing: words in quotes, remarks, and the arrow into a document."""
_COMPARES = re.compile(r"<=|>=|<>|=|<|>|\bIS\b|\bIN\b|\bEXISTS\b|\bNOT\b|\bsamverk_may\b")
_EDGE = re.compile(r"<=|>=|(?<![<])>(?![=])|<(?![=>])")
_OTHER_EDGE = {"<=": "<", ">=": ">", "<": "<=", ">": ">="}


@dataclass(frozen=True)
class Mutant:
    """One spoiled statement: what was changed, where it stood, and the whole text after it."""

    change: str
    text: str


def conditions(sql: str) -> list[tuple[int, int]]:
    """Where each condition begins and ends: what stands between two words that bind, at one depth of brackets."""
    starts, found = [0], []
    for token in _TOKEN.finditer(sql):
        word = token.group()
        if word.startswith(("'", "--", "IS ")):
            continue
        if word == "(":
            starts.append(token.end())
            continue
        found.append((starts.pop(), token.start()))
        # A bracket belongs to the condition around it, which goes on behind it.
        if word != ")" or not starts:
            starts.append(token.end())
    return [(a, b) for a, b in found if _COMPARES.search(_flat(sql[a:b])) and sql[a:b].strip()]


def _flat(text: str) -> str:
    """The text without what stands in brackets and quotes."""
    text = _QUIET.sub("", text)
    while "(" in text:
        shorter = re.sub(r"\([^()]*\)", " ", text)
        if shorter == text:
            break
        text = shorter
    return text


def spoiled_sql(sql: str) -> Iterator[Mutant]:
    """The mutants of a condition in SQL, each with a name of its own."""
    times: Counter[str] = Counter()
    for mutant in _spoiled_sql(sql):
        times[mutant.change] += 1
        n = times[mutant.change]
        yield Mutant(f"{mutant.change} ({n})" if n > 1 else mutant.change, mutant.text)


def _spoiled_sql(sql: str) -> Iterator[Mutant]:
    """Each condition as if it always held, and as if it never did; each boundary and each default the other way."""
    for start, stop in conditions(sql):
        said = " ".join(sql[start:stop].split())
        for now in ("1 = 1", "1 = 0"):
            yield Mutant(f"{now} for {said}", f"{sql[:start]} {now} {sql[stop:]}")
    for default in re.finditer(r"(?<=, )(true|false)(?=\s*\))|(?<=RETURN )(true|false)(?=;)", sql):
        other = "false" if default.group() == "true" else "true"
        around = " ".join(sql[max(0, default.start() - 50) : default.end()].split())
        yield Mutant(f"{other} at the end of {around}", f"{sql[: default.start()]}{other}{sql[default.end() :]}")
    plain = _QUIET.sub(lambda quoted: " " * len(quoted.group()), sql)
    for edge in _EDGE.finditer(plain):
        other = _OTHER_EDGE[edge.group()]
        around = " ".join(sql[max(0, edge.start() - 30) : edge.end() + 20].split())
        yield Mutant(f"{other} in {around}", sql[: edge.start()] + other + sql[edge.end() :])


_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def spoiled_python(source: str, functions: set[str]) -> Iterator[Mutant]:
    """Each comparison turned, each "and" and "or" swapped and each of its parts dropped, each "not" forgotten,
    each element of a compared tuple dropped, each early answer never given."""
    tree = ast.parse(source)
    for path, node in _within(tree, functions):
        for told, changed in _changes(node):
            spoiled = copy.deepcopy(tree)
            _put(spoiled, path, changed)
            yield Mutant(f"line {getattr(node, 'lineno', 0)}: {told}", ast.unparse(ast.fix_missing_locations(spoiled)))


_Path = tuple[tuple[str, int | None], ...]


def _within(tree: ast.AST, functions: set[str]) -> Iterator[tuple[_Path, ast.AST]]:
    def walk(node: ast.AST, path: _Path, inside: bool) -> Iterator[tuple[_Path, ast.AST]]:
        inside = inside or (isinstance(node, ast.FunctionDef) and node.name in functions)
        if inside:
            yield path, node
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                yield from walk(value, (*path, (name, None)), inside)
            elif isinstance(value, list):
                for n, each in enumerate(value):
                    if isinstance(each, ast.AST):
                        yield from walk(each, (*path, (name, n)), inside)

    yield from walk(tree, (), False)


def _put(tree: ast.AST, path: _Path, changed: ast.AST) -> None:
    node: ast.AST = tree
    for name, n in path[:-1]:
        value = getattr(node, name)
        node = value if n is None else value[n]
    name, n = path[-1]
    if n is None:
        setattr(node, name, changed)
    else:
        getattr(node, name)[n] = changed


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    if isinstance(node, ast.BoolOp):
        yield from _of_and_or(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"{ast.unparse(node.operand)} instead of {ast.unparse(node)}", node.operand
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("all", "any"):
        turned = copy.deepcopy(node)
        turned.func = ast.Name("any" if node.func.id == "all" else "all")
        yield f"{ast.unparse(turned)} instead of {ast.unparse(node)}", turned
    if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Return):
        skipped = copy.deepcopy(node)
        skipped.test = ast.Constant(False)
        yield f"never: if {ast.unparse(node.test)}", skipped
    if isinstance(node, ast.IfExp):
        yield f"{ast.unparse(node.body)} instead of {ast.unparse(node)}", node.body
        yield f"{ast.unparse(node.orelse)} instead of {ast.unparse(node)}", node.orelse


def _of_comparison(node: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    was = ast.unparse(node)
    for n, op in enumerate(node.ops):
        if type(op) in _OTHER:
            turned = copy.deepcopy(node)
            turned.ops[n] = _OTHER[type(op)]()
            yield f"{ast.unparse(turned)} instead of {was}", turned
    right = node.comparators[0]
    if isinstance(node.left, ast.Tuple) and isinstance(right, ast.Tuple):
        for n, dropped in enumerate(right.elts):
            shorter = copy.deepcopy(node)
            del shorter.left.elts[n]  # type: ignore[attr-defined]
            del shorter.comparators[0].elts[n]  # type: ignore[attr-defined]
            yield f"without {ast.unparse(dropped)} in {was}", shorter


def _of_and_or(node: ast.BoolOp) -> Iterator[tuple[str, ast.AST]]:
    was = ast.unparse(node)
    swapped = copy.deepcopy(node)
    swapped.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield f"{ast.unparse(swapped)} instead of {was}", swapped
    for n, part in enumerate(node.values):
        without = copy.deepcopy(node)
        del without.values[n]
        yield f"without {ast.unparse(part)} in {was}", without if len(without.values) > 1 else without.values[0]
