"""What radon, complexipy and lizard say of every function of some files.

A JSON object with `paths` and `tool` in, one JSON object a line out: the path, and [first line, count] of each
function. It runs in the tools' own environment; the files are parsed, never imported.
"""

import ast
import json
import sys
import warnings
from pathlib import Path


def radon(source, _path):
    from radon.visitors import ComplexityVisitor

    found = []
    visitor = ComplexityVisitor.from_code(source)
    functions, classes = list(visitor.functions), list(visitor.classes)
    while functions or classes:
        if classes:
            one = classes.pop()
            functions += one.methods
            classes += one.inner_classes
            continue
        function = functions.pop()
        found.append([function.lineno, function.complexity])
        functions += function.closures
    return found


def complexipy(source, _path):
    import complexipy as tool

    defined = {}  # line of the first decorator -> of the definition
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.decorator_list:
            defined[node.decorator_list[0].lineno] = node.lineno
    told = tool.code_complexity(source).functions
    return [[defined.get(function.line_start, function.line_start), function.complexity] for function in told]


def lizard(source, path):
    import lizard as tool

    told = tool.analyze_file.analyze_source_code(path, source).function_list
    return [[function.start_line, function.cyclomatic_complexity] for function in told]


def main():
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    tool = {each.__name__: each for each in (radon, complexipy, lizard)}[asked["tool"]]
    for path in asked["paths"]:
        try:
            functions = tool(Path(path).read_text(encoding="utf-8"), path)
        except Exception:  # noqa: S112 - whatever a tool cannot read, it tells nothing of
            continue
        sys.stdout.write(json.dumps({"path": path, "functions": functions}) + "\n")


if __name__ == "__main__":
    main()
