"""The `xfh` command: what may be typed, and which module does it.

A sub-command names its function by a dotted string, so that typing one never loads what the others need.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from services.kit import config
from services.kit.errors import Problem
from services.kit.telemetry import set_up_logging
from services.xfh.registry import SERVICES

REFUSED, MISUSED = 1, 2
IMPORTED = {  # As in schemas/exchange/kinds.py, which takes longer to load than most commands run.
    "units": "联建单位",
    "partners": "社区合伙人",
    "offerings": "资源",
    "needs": "需求",
    "branches": "党支部",
    "courtyards": "院落",
    "grids": "微网格",
    "activities": "活动草稿",
}
EXIT_CODES = "退出码：0 成功；1 被拒绝、不一致或失败；2 用法或设置有误。"

Groups = (
    argparse._SubParsersAction
)  # The only name argparse has for what `add_subparsers` returns.


def parser() -> argparse.ArgumentParser:
    xfh = argparse.ArgumentParser(
        "xfh", description="先锋荟：社区共建网络", epilog=EXIT_CODES
    )
    groups = xfh.add_subparsers(metavar="命令", required=True)
    _add_running(groups)
    _add_reading(groups)
    _add_followers(groups)
    _add_keeping(groups)
    _add_loading(groups)
    return xfh


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    try:
        settings = config.load()
    except config.BadSetting as error:
        return _stop(str(error), MISUSED)
    set_up_logging(settings.log_level)
    module, _, function = args.run.partition(":")
    try:
        return int(getattr(import_module(module), function)(settings, args))
    except config.BadSetting as error:
        return _stop(str(error), MISUSED)
    except Problem as problem:
        return _stop(problem.title, REFUSED)
    except (
        BrokenPipeError
    ):  # Whoever read our output has seen enough; nothing more can be told to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        return _stop(f"{error.strerror or error}: {error.filename or ''}", REFUSED)
    except KeyboardInterrupt:
        return _stop("已中断", REFUSED)


def _stop(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _add_running(groups: "Groups[argparse.ArgumentParser]") -> None:
    _add(
        groups,
        "up",
        "启动平台：内嵌方式一个进程；XFH_BUS 为 amqp 时每个服务一个进程",
        "services.xfh.commands.up:up",
    )
    _add(groups, "gateway", "只启动网关", "services.xfh.commands.up:gateway")
    serve = _add(
        groups,
        "serve",
        "只启动一个服务（XFH_BUS 为 amqp 时）",
        "services.xfh.commands.up:serve",
    )
    _add_service(serve)
    _add(
        groups,
        "deliver",
        "只启动通知的送出：邮件、企业微信等（要设置 XFH_NOTICES）",
        "services.xfh.commands.deliver:run",
    )
    _add(
        groups,
        "config",
        "显示正在使用的设置及其来源，密码不显示",
        "services.xfh.commands.settings:show",
    )
    demo = _add(groups, "demo", "启动平台并演示一天", "services.xfh.demo.run:run")
    demo.add_argument(
        "--days",
        type=int,
        choices=range(1, 32),
        default=1,
        metavar="N",
        help="几天，最多 31，默认 1",
    )
    token = _add(
        groups, "token", "签发开发用令牌", "services.xfh.commands.tokens:issue"
    )
    token.add_argument(
        "--actor", required=True, metavar="ID", help="人员编号，字母开头"
    )
    token.add_argument(
        "--role", required=True, action="append", metavar="ROLE[:SCOPE]",
        help="角色及范围：区划代码、unit/编号、partner/编号、branch/编号，* 为全部；不写在哪里都不算数。可重复",
    )  # fmt: skip
    token.add_argument(
        "--hours", type=int, default=12, metavar="N", help="有效小时数，默认 12"
    )


def _add_reading(groups: "Groups[argparse.ArgumentParser]") -> None:
    log = groups.add_parser("log", help="查看服务的事件日志").add_subparsers(
        metavar="动作", required=True
    )
    tail = _add(log, "tail", "最后几个事件", "services.xfh.commands.logs:tail")
    _add_service(tail)
    tail.add_argument(
        "-n", "--lines", type=int, default=10, metavar="N", help="显示几个，默认 10"
    )
    tail.add_argument(
        "-f", "--follow", action="store_true", help="继续显示新事件，按 Ctrl-C 结束"
    )
    show = _add(log, "show", "一个事件的全部内容", "services.xfh.commands.logs:show")
    _add_service(show)
    show.add_argument(
        "event", metavar="SEQ|EVENT-ID", help="序号，或事件编号的开头部分"
    )
    export = _add(
        log,
        "export",
        "导出为 CloudEvents，每行一个 JSON",
        "services.xfh.commands.logs:export",
    )
    _add_service(export)
    export.add_argument(
        "--to", type=Path, metavar="FILE", help="写入文件，不写则输出到屏幕"
    )
    export.add_argument(
        "--after", type=int, default=0, metavar="SEQ", help="从这个序号之后开始"
    )
    bring_in = _add(
        log,
        "import",
        "把导出的文件导入空的日志",
        "services.xfh.commands.logs:bring_back",
    )
    _add_service(bring_in)
    bring_in.add_argument(
        "file", type=Path, metavar="FILE", help="xfh log export 写的文件"
    )
    rebuild = _add(
        groups,
        "rebuild",
        "从日志重建一个服务的查询数据，期间照常服务",
        "services.xfh.commands.rebuild:run",
    )
    _add_service(rebuild)
    reconcile = _add(
        groups,
        "reconcile",
        "从日志另行重算汇总并逐格比对",
        "services.xfh.commands.reconcile:run",
    )
    reconcile.add_argument(
        "--reports", dest="run", action="store_const", const="services.xfh.commands.reports:run",
        help="改为比对已发布的月报，每一版重算到它发布时的日志",
    )  # fmt: skip
    _add(
        groups,
        "lifecycles",
        "各种事项的生命周期，Markdown 格式",
        "services.xfh.commands.lifecycles:show",
    )


def _add_followers(groups: "Groups[argparse.ArgumentParser]") -> None:
    followers = _add(
        groups,
        "followers",
        "各服务跟随到哪里，有没有停住的",
        "services.xfh.commands.followers:show",
    )
    followers.add_argument("--json", action="store_true", help="输出 JSON")
    actions = followers.add_subparsers(metavar="动作")
    retry = _add(
        actions, "retry", "再试一次停住的事件", "services.xfh.commands.followers:retry"
    )
    aside = _add(
        actions,
        "set-aside",
        "把停住的事件搁置，记录在案",
        "services.xfh.commands.followers:set_aside",
    )
    for action in (retry, aside):
        _add_service(action)
        action.add_argument(
            "source", choices=SERVICES, metavar="SOURCE", help="被跟随的服务"
        )
    aside.add_argument("sequence", type=int, metavar="SEQ", help="停住的事件的序号")
    aside.add_argument(
        "--reason", required=True, metavar="原因", help="为什么搁置，会写入日志"
    )


def _add_keeping(groups: "Groups[argparse.ArgumentParser]") -> None:
    backup = _add(
        groups,
        "backup",
        "备份到一个新文件夹，期间照常服务",
        "services.xfh.commands.backup:run",
    )
    backup.add_argument("to", type=Path, metavar="FOLDER", help="还没有的文件夹")
    restore = _add(
        groups,
        "restore",
        "把备份恢复到空的地方，重建并对账",
        "services.xfh.commands.restore:run",
    )
    restore.add_argument(
        "folder", type=Path, metavar="FOLDER", help="xfh backup 写的文件夹"
    )
    restore.add_argument(
        "--notes",
        type=Path,
        metavar="FOLDER",
        help="用另一份较新的备份里人们写的内容，其间删除的就不再出现",
    )


def _add_loading(groups: "Groups[argparse.ArgumentParser]") -> None:
    divisions = groups.add_parser("divisions", help="区划").add_subparsers(
        metavar="动作", required=True
    )
    load = _add(
        divisions, "load", "登记区划，可重复执行", "services.xfh.commands.divisions:run"
    )
    load.add_argument(
        "file", nargs="?", type=Path, metavar="FILE.csv", help="默认为自带的成华区区划"
    )
    end = _add(
        divisions,
        "end",
        "街道或社区有效到哪一天",
        "services.xfh.commands.divisions:end",
    )
    withdraw = _add(
        divisions,
        "withdraw",
        "撤销本月登记错的街道或社区",
        "services.xfh.commands.divisions:withdraw",
    )
    for action in (end, withdraw):
        action.add_argument("code", metavar="CODE", help="区划代码")
    end.add_argument(
        "valid_to", metavar="YYYY-MM-DD", help="有效的最后一天，不早于今天"
    )
    admin = groups.add_parser("admin", help="管理员").add_subparsers(
        metavar="动作", required=True
    )
    invite = _add(
        admin,
        "invite",
        "登记一位区级管理员并输出邀请链接，7 天内有效；其他人由管理员邀请",
        "services.xfh.commands.admins:invite",
    )
    invite.add_argument("name", metavar="姓名", help="管理员的姓名")
    invite.add_argument(
        "community", metavar="CODE", help="由哪个社区登记，社区代码；管理它所在的区"
    )
    imports = groups.add_parser("import", help="从表格导入").add_subparsers(
        metavar="内容", dest="kind", required=True
    )
    for kind, what in IMPORTED.items():
        sheet = _add(
            imports,
            kind,
            f"导入{what}：有一行不行就一行也不导入",
            "services.xfh.commands.imports:run",
        )
        source = sheet.add_mutually_exclusive_group(required=True)
        source.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="CSV（UTF-8、UTF-16 或 GB18030）或 XLSX 文件",
        )
        source.add_argument(
            "--template", action="store_true", help="输出表头模板和各列说明"
        )
        sheet.add_argument("--skip-extra", action="store_true", help="跳过不认识的列")
        sheet.set_defaults(approve=False)
        if kind == "units":
            sheet.add_argument(
                "--approve", action="store_true", help="导入的单位同时审核通过"
            )


def _add(
    groups: "Groups[argparse.ArgumentParser]", name: str, help: str, run: str
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = groups.add_parser(
        name, help=help, description=help
    )
    added.set_defaults(run=run)
    return added


def _add_service(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "service", choices=SERVICES, metavar="SERVICE", help="、".join(SERVICES)
    )


if __name__ == "__main__":
    sys.exit(main())
