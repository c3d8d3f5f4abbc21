"""How the house is built, in numbers: `python -m tests.house`. Printed by `make check`; it fails nothing.

Density is what a tired reader feels: how much a line says. The numbers are of `services`, `gateway` and `schemas`.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles

import grimp

ROOMS = ("services", "gateway", "schemas")
WIDE = 100
Function = ast.FunctionDef | ast.AsyncFunctionDef


class House:
    """The sources of a checkout, read once."""

    def __init__(self, root: Path):
        self.root = root
        self.files = sorted(
            file for room in ROOMS for file in (root / room).rglob("*.py")
        )
        self.texts = {file: file.read_text(encoding="utf-8") for file in self.files}
        self.trees = {file: ast.parse(text) for file, text in self.texts.items()}

    def lines(self) -> list[str]:
        """Of code: neither empty nor a comment nor of a docstring."""
        return [
            line
            for file, text in self.texts.items()
            for line in _code(text, self.trees[file])
        ]

    def nodes(self) -> Iterator[ast.AST]:
        for tree in self.trees.values():
            yield from ast.walk(tree)

    def functions(self) -> list[Function]:
        return [node for node in self.nodes() if isinstance(node, Function)]

    def parts(self) -> list[ast.AST]:
        """The nodes of all functions' bodies, without their docstrings."""
        statements = (part for function in self.functions() for part in _said(function))
        return [node for statement in statements for node in ast.walk(statement)]

    def modules_in(self, folder: str) -> int:
        names = (
            file
            for file in (self.root / folder).glob("*.py")
            if file.name != "__init__.py"
        )
        return sum(1 for _ in names)


def _code(text: str, tree: ast.Module) -> Iterator[str]:
    told = {number for node in ast.walk(tree) for number in _docstring_lines(node)}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#") and number not in told:
            yield line


def _docstring_lines(node: ast.AST) -> range:
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


def body_lines(function: Function) -> int:
    """From the first statement to the last, without the docstring."""
    body = _said(function)
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def nodes_a_line(house: House) -> float:
    return len(house.parts()) / sum(map(body_lines, house.functions()))


def nodes_a_statement(house: House) -> float:
    """Told beside those of a line: a line's figure falls when the formatter spreads a call over several lines, and
    nobody reads less for it. A statement's falls only when a statement is split, or says less.
    """
    parts = house.parts()
    return len(parts) / sum(isinstance(part, ast.stmt) for part in parts)


def share_of_wide_lines(house: House) -> float:
    lines = house.lines()
    return 100 * sum(len(line) > WIDE for line in lines) / len(lines)


def spreads(house: House) -> float:
    """Of one dictionary into another, in a thousand lines."""
    found = sum(
        node.keys.count(None) for node in house.nodes() if isinstance(node, ast.Dict)
    )
    return 1000 * found / len(house.lines())


def comprehensions(house: House) -> float:
    kinds = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return (
        1000
        * sum(isinstance(node, kinds) for node in house.nodes())
        / len(house.lines())
    )


def passing_on(house: House) -> int:
    """Methods of services whose one statement hands their own arguments to somebody else."""
    files = [
        file
        for file in house.files
        if file.parts[-3] == "services" or file.name == "service.py"
    ]
    methods = (
        node
        for file in files
        for node in ast.walk(house.trees[file])
        if isinstance(node, Function)
    )
    return sum(map(_only_passes_on, methods))


def _only_passes_on(function: Function) -> bool:
    body = _said(function)
    if (
        not function.decorator_list
        or len(body) != 1
        or not isinstance(body[0], ast.Return)
    ):
        return False
    called = body[0].value
    if not isinstance(called, ast.Call) or not called.args:
        return False
    return all(isinstance(one, ast.Name | ast.Attribute) for one in called.args)


def circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Modules that import each other, directly or in a round."""
    reach = {
        module: graph.find_downstream_modules(module)
        for module in sorted(graph.modules)
    }
    rounds = {
        frozenset(
            {module, *(other for other in reach[module] if module in reach[other])}
        )
        for module in reach
    }
    return [set(round) for round in rounds if len(round) > 1]


def folds_that_import_rules(graph: grimp.ImportGraph) -> list[str]:
    return sorted(
        module
        for module in graph.modules
        if ".folds" in module
        and any(
            ".rules" in name for name in graph.find_modules_directly_imported_by(module)
        )
    )


def share_of_docstrings(house: House) -> float:
    public = [one for one in house.functions() if not one.name.startswith("_")]
    return 100 * sum(ast.get_docstring(one) is not None for one in public) / len(public)


def measured(root: Path) -> Iterator[tuple[str, str]]:
    """(what, how much) of a checkout."""
    house, graph = House(root), grimp.build_graph(*ROOMS)
    lengths = [body_lines(function) for function in house.functions()]
    yield (
        "AST nodes a body line / a statement",
        f"{nodes_a_line(house):.1f} / {nodes_a_statement(house):.1f}",
    )
    yield f"lines over {WIDE} columns", f"{share_of_wide_lines(house):.1f} %"
    yield (
        "dict spreads / comprehensions per 1,000 lines",
        f"{spreads(house):.0f} / {comprehensions(house):.0f}",
    )
    yield (
        "lines of a function, median / 95 of 100",
        f"{median(lengths):.0f} / {quantiles(lengths, n=20)[18]:.0f}",
    )
    yield "service methods that only pass on", str(passing_on(house))
    yield "folds that import rules", str(len(folds_that_import_rules(graph)))
    yield "import circles", str(len(circles(graph)))
    yield (
        "modules at the root of gateway / kit / tests/unit",
        " / ".join(map(str, _rooms(house))),
    )
    yield "public functions with a docstring", f"{share_of_docstrings(house):.0f} %"
    yield "files over 250 lines", str(len(list(_long(house))))


def _rooms(house: House) -> Iterable[int]:
    return (
        house.modules_in(folder) for folder in ("gateway", "services/kit", "tests/unit")
    )


def _long(house: House) -> Iterator[Path]:
    return (file for file, text in house.texts.items() if len(text.splitlines()) > 250)


def _said(function: Function) -> list[ast.stmt]:
    return (
        function.body[1:] if ast.get_docstring(function) is not None else function.body
    )


def main() -> int:
    for what, how_much in measured(Path.cwd()):
        print(f"{what:<52}{how_much:>12}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
