"""Which Python functions hold a construct that another tool counts by a rule of its own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.analysis.oracles.ours import Place

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and (
        (isinstance(node.func, ast.Name) and node.func.id == name)
        or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
    )


def _decides(node: ast.AST) -> bool:
    return isinstance(node, ast.BoolOp | ast.IfExp | ast.comprehension)


UNSEEN: tuple[type[ast.AST], ...] = (
    ast.keyword,
    ast.Starred,
    ast.Subscript,
    ast.Attribute,
    ast.BinOp,
    ast.UnaryOp,
    ast.JoinedStr,
    ast.NamedExpr,
)
UNSEEN += (ast.Yield, ast.YieldFrom, ast.Await, ast.Delete, ast.arguments)


def _unseen(node: ast.AST) -> bool:
    """Does a decision lie where complexipy does not look?"""
    if isinstance(node, ast.BoolOp):
        parts: list[ast.AST] = [value for value in node.values if not isinstance(value, ast.BoolOp)]
    else:
        parts = [node] if isinstance(node, UNSEEN) else []
    return any(_decides(inner) for part in parts for inner in ast.walk(part))


CONSTRUCTS: dict[str, Callable[[ast.AST, Function], bool]] = {
    "unseen by complexipy": lambda node, _: _unseen(node),
    "function": lambda node, function: node is function,
    "try-else": lambda node, _: isinstance(node, ast.Try | ast.TryStar) and bool(node.orelse),
    "loop-else": lambda node, _: isinstance(node, ast.For | ast.AsyncFor | ast.While) and bool(node.orelse),
    "match": lambda node, _: isinstance(node, ast.Match),
    "logic": lambda node, _: isinstance(node, ast.BoolOp),
    "ternary": lambda node, _: isinstance(node, ast.IfExp),
    "comprehension": lambda node, _: isinstance(node, ast.comprehension),
    "assert": lambda node, _: isinstance(node, ast.Assert),
    "logic in assert": lambda node, _: isinstance(node, ast.Assert) and any(map(_decides, ast.walk(node))),
    "nested": lambda node, function: node is not function and isinstance(node, Function | ast.ClassDef),
    "lambda": lambda node, _: isinstance(node, ast.Lambda),
    "stars": lambda node, function: node is function and bool(function.args.vararg or function.args.kwarg),
    "underscored": lambda node, _: isinstance(node, ast.arg) and node.arg.startswith("_"),
    "recursion": lambda node, function: _calls(node, function.name),
}


def parse(path: Path) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return None


def holding(paths: Iterable[Path], *names: str) -> set[Place]:
    """Places of the functions that hold one of these constructs."""
    wanted = [CONSTRUCTS[name] for name in names]
    found = set()
    for path in paths:
        tree = parse(path)
        for function in ast.walk(tree) if tree is not None else ():
            if isinstance(function, Function) and any(
                hit(node, function) for node in ast.walk(function) for hit in wanted
            ):
                found.add((str(path), function.lineno))
    return found


def misnamed_first(paths: Iterable[Path]) -> set[Place]:
    """Places of the functions outside of classes whose first parameter is called `self` or `cls`, and of those in
    classes whose first is not: we go by the name, ruff by the place."""
    found = set()
    for path in paths:
        tree = parse(path)
        for owner in ast.walk(tree) if tree is not None else ():
            for function in ast.iter_child_nodes(owner):
                if isinstance(function, Function):
                    first = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)][:1]
                    if first and isinstance(owner, ast.ClassDef) != (first[0] in ("self", "cls")):
                        found.add((str(path), function.lineno))
    return found
