"""Whether the unit tests notice: breaks one comparison, condition or counter at a time in rules, folds and model.

    nice -n 19 .venv/bin/python -m tests.mutants activities --tries 40 --seed 7

Tests are collected once and watched once; for each try a forked process changes one function and runs the tests that
call it, the quickest first. What nobody noticed is printed with the line as it was broken. Some of that means the
same as before.
"""

import argparse
import ast
import copy
import gc
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_S, LOOK_S = 90.0, 0.02
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


class Mutant(NamedTuple):
    """The `number`th place of a module where something can be broken."""

    path: Path
    number: int


class Breaking(ast.NodeTransformer):
    """Breaks the place with this number and counts them all; only inside functions, which can be changed later."""

    def __init__(self, number: int = -1):
        self.number, self.places, self.depth = number, 0, 0
        self.line = 0

    def visit(self, node: ast.AST) -> Any:
        inside = isinstance(node, FUNCTIONS)
        self.depth += inside
        broken = self.generic_visit(node)
        self.depth -= inside
        change = _change(node) if self.depth else None
        if change is None:
            return broken
        self.places += 1
        if self.places - 1 != self.number:
            return broken
        self.line = getattr(node, "lineno", 0)
        return ast.copy_location(change, node)


def _change(node: ast.AST) -> Any:
    """The node broken; None for what cannot be."""
    changed: Any = copy.copy(node)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        changed.ops = [SWAPS[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.BoolOp):
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        changed.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.IfExp):
        changed.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    else:
        return None
    return changed


def modules(service: str) -> list[Path]:
    folder = ROOT / "services" / service
    found = [
        *folder.glob("rules/**/*.py"),
        *folder.glob("folds/**/*.py"),
        *folder.glob("model/**/*.py"),
        folder / "rules.py",
        folder / "folds.py",
    ]
    return sorted(path for path in found if path.exists())


def places(path: Path) -> int:
    breaking = Breaking()
    breaking.visit(ast.parse(path.read_text()))
    return breaking.places


class Watching:
    """A plugin: watches which tests call which function, then breaks one place after the other."""

    def __init__(self, chosen: list[Mutant]):
        self._chosen = chosen
        self._files = {str(mutant.path) for mutant in chosen}
        self._callers: dict[tuple[str, int], dict[str, None]] = {}
        self._took_s: dict[str, float] = {}
        self.survivors: list[str] = []
        self.tried = 0

    def pytest_configure(self) -> None:
        """Watching takes time, which is no failure."""
        hypothesis = import_module("hypothesis")  # pytest wants to load it itself.
        hypothesis.settings.register_profile(
            "watched", deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
        )
        hypothesis.settings.load_profile("watched")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for item in items.values():
            self._watch(item)
        if session.testsfailed:
            raise SystemExit("the tests fail before anything is broken")
        for number, mutant in enumerate(self._chosen, start=1):
            told = self._try(session, items, mutant)
            self.tried = number
            print(
                f"{number}/{len(self._chosen)} {told or '.'}",
                file=sys.__stderr__,
                flush=True,
            )
        return True

    def _watch(self, item: pytest.Item) -> None:
        def called(frame: FrameType, event: str, _: object) -> None:
            code = frame.f_code
            if code.co_filename in self._files:
                self._callers.setdefault((code.co_filename, code.co_firstlineno), {})[
                    item.nodeid
                ] = None

        began = time.monotonic()
        sys.settrace(called)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        sys.settrace(None)
        self._took_s[item.nodeid] = time.monotonic() - began

    def _try(
        self, session: pytest.Session, items: dict[str, pytest.Item], mutant: Mutant
    ) -> str:
        """Where and how, when nobody noticed."""
        breaking = Breaking(mutant.number)
        source = mutant.path.read_text()
        tree = ast.fix_missing_locations(breaking.visit(ast.parse(source)))
        changed = dict(
            _pairs(
                compile(source, str(mutant.path), "exec"),
                compile(tree, str(mutant.path), "exec"),
            )
        )
        known = [
            self._callers.get((str(mutant.path), old.co_firstlineno), {})
            for old in changed
        ]
        callers = {id for tests in known for id in tests}
        noticing = [items[id] for id in sorted(callers, key=self._took_s.__getitem__)]
        if pid := os.fork():
            if _status(pid):
                return ""
            where = f"{mutant.path.relative_to(ROOT)}:{breaking.line}"
            line = ast.unparse(tree).splitlines()
            before = ast.unparse(ast.parse(source)).splitlines()
            differs = next(
                new for old, new in zip(before, line, strict=True) if old != new
            )
            self.survivors.append(
                f"{where}  {differs.strip()}  ({len(noticing)} tests)"
            )
            return self.survivors[-1]
        _break(changed)
        for item in noticing:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                os._exit(1)
        os._exit(0)


def _status(pid: int) -> int:
    """How the process ended. One that does not end is ended from here: it may hang where no alarm of its own is heard,
    and a loop without an end is noticed.
    """
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(LOOK_S)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Each function of the one with the same of the other, where they differ."""
    inner = [
        [one for one in code.co_consts if isinstance(one, CodeType)]
        for code in (old, new)
    ]
    for before, after in zip(*inner, strict=True):
        if before != after:
            yield before, after
            yield from _pairs(before, after)


def _break(changed: dict[CodeType, CodeType]) -> None:
    """Also what was made of it already: closures, methods, entries of tables."""
    gc.unfreeze()  # What a test run keeps out of sight of the collector is out of sight here too.
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__ in changed:
            one.__code__ = changed[one.__code__]


def tests_of(service: str) -> list[str]:
    """Its own, and those of other services and of what all share that name it."""
    unit = ROOT / "tests/unit"
    own = unit / service
    beside = [
        path
        for path in sorted(unit.rglob("test_*.py"))
        if own not in path.parents and f"services.{service}" in path.read_text()
    ]
    return [str(path) for path in (own, *beside) if path.exists()]


def main() -> None:
    parser = argparse.ArgumentParser("tests.mutants")
    parser.add_argument("service")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="", help="of which modules: those with this in their name"
    )
    parser.add_argument(
        "-k",
        default="",
        help="which tests, as pytest takes it: without those that play for long",
    )
    args = parser.parse_args()
    broken = [path for path in modules(args.service) if args.only in path.name]
    every = [Mutant(path, number) for path in broken for number in range(places(path))]
    chosen = random.Random(args.seed).sample(every, min(args.tries, len(every)))
    plugin = Watching(chosen)
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        "--no-header",
        *(["-k", args.k] if args.k else []),
    ]
    pytest.main([*options, *tests_of(args.service)], plugins=[plugin])
    if plugin.tried < len(chosen):
        sys.exit(f"only {plugin.tried} of {len(chosen)} were tried")
    print(
        f"{args.service}: {len(chosen) - len(plugin.survivors)} of {len(chosen)} noticed, of {len(every)} places"
    )
    print("\n".join(plugin.survivors))


if __name__ == "__main__":
    main()
