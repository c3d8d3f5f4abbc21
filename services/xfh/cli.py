"""The `xfh` command: runs what was typed.

A sub-command names its function by a dotted string, so that typing one never loads what the others need.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from services.kit import config
from services.kit.config.typed_files import why
from services.kit.config.values import BadSetting
from services.kit.errors import Problem, StoreFull
from services.kit.telemetry import set_up_logging
from services.xfh.grammar import parser

REFUSED, MISUSED = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Runs what was typed. 0 when it was done, else one of `EXIT_CODES` and a sentence on stderr."""
    args = parser().parse_args(argv)
    try:
        _tell_of_mistyped()
        settings = config.load()
        set_up_logging(settings.log_level)
        return _run(settings, args)
    except BadSetting as error:
        return _stop(str(error), MISUSED)
    except StoreFull as full:
        return _stop(_unfinished(full), REFUSED)
    except Problem as problem:
        return _stop(problem.title, REFUSED)
    except BrokenPipeError:
        return _say_no_more()
    except OSError as error:
        return _stop(_in_words(error), REFUSED)
    except KeyboardInterrupt:
        return _stop("已中断", REFUSED)


def _tell_of_mistyped() -> None:
    for name, meant in config.mistyped().items():
        print(f"没有 {name} 这个设置，不起作用；是不是 {meant}？", file=sys.stderr)


def _run(settings: config.Settings, args: argparse.Namespace) -> int:
    module, _, function = args.run.partition(":")
    return int(getattr(import_module(module), function)(settings, args))


def _unfinished(full: StoreFull) -> str:
    """Of one request nothing is saved; a command may have saved much before."""
    cause = full.title.partition("，")[0]
    return f"{cause}，命令没有做完；处理以后再执行一次"


def _in_words(error: OSError) -> str:
    """What is wrong with which file."""
    says = why(error)
    return f"{says}：{error.filename}" if error.filename else says


def _say_no_more() -> int:
    """Whoever read our output has seen enough; nothing more can be told to them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _stop(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
