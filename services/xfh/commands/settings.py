"""`xfh config`: the settings in force."""

import argparse

from services.kit.config import VARIABLES, Settings, given, masked
from services.xfh.commands.table import table


def show(settings: Settings, args: argparse.Namespace) -> int:
    rows = [["变量", "值", "来源"]]
    for variable, (field, _) in VARIABLES.items():
        value = masked(_text(getattr(settings, field)))
        source = "环境变量" if variable in given() else "默认"
        rows.append([variable, value or "—", source])
    print(table(rows))
    return 0


def _text(value: object) -> str:
    return " ".join(value) if type(value) is tuple else str(value)
