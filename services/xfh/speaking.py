"""What argparse says of its own accord, in Chinese: of how a command is used, and of what was typed wrong.

Its messages go through gettext, for which there is no Chinese; they are those of Python 3.11 to 3.14, argparse.py.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

TITLES = {
    "positional arguments": "要写的",
    "options": "选项",
}
MISUSED = 2
# The first that fits; `of` is the argument it is about, where one is named.
SAYS = tuple(
    (re.compile(pattern, re.DOTALL), says)
    for pattern, says in (
        (r"the following arguments are required: (.*)", "还要写：{0}"),
        (r"one of the arguments (.*) is required", "这几样要写一样：{0}"),
        (r"unrecognized arguments: (.*)", "多写了：{0}"),
        (r"ambiguous option: (.*) could match (.*)", "{0} 没有写全，可以是：{1}"),
        (r"invalid choice: (.*) \(choose from (.*)\)", "没有 {0}，可以是：{1}"),
        (r"invalid int value: (.*)", "应为整数，写的是 {0}"),
        (r"invalid \S+ value: (.*)", "不能写成 {0}"),
        (r"expected (?:one argument|at least one argument)", "后面要写一个值"),
        (r"expected at most one argument", "后面最多写一个值"),
        (r"expected (\d+) arguments?", "后面要写 {0} 个值"),
        (r"ignored explicit argument (.*)", "后面不写值，写的是 {0}"),
        (r"not allowed with argument (.*)", "不能和 {0} 同时写"),
    )
)
OF_ONE = re.compile(r"argument (.+?): (.*)", re.DOTALL)


def in_chinese(message: str) -> str:
    """What nobody thought of stays as it is, behind what is certain: that it was used wrongly."""
    if named := OF_ONE.fullmatch(message):
        return f"{named[1]}：{in_chinese(named[2])}"
    for pattern, says in SAYS:
        if found := pattern.fullmatch(message):
            return says.format(*found.groups())
    return f"用法有误：{message}"


class Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, "用法：" if prefix is None else prefix
        )


class AsWritten(Formatter, argparse.RawDescriptionHelpFormatter):
    """The lines of a description stay as they are."""


class Parser(argparse.ArgumentParser):
    """Those of its sub-commands are of the same kind, unless they are said to be of another."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs = {"formatter_class": Formatter} | kwargs | {"add_help": False}
        super().__init__(*args, **kwargs)
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def add_argument_group(
        self, title: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        return super().add_argument_group(
            TITLES.get(title or "", title), *args, **kwargs
        )

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(MISUSED, f"{self.prog}：{in_chinese(message)}\n")
