"""What may be typed after `xfh`, and which module does it."""

import argparse
from pathlib import Path
from typing import TypeAlias

from schemas.documents import Json
from services.xfh.columns_told import IMPORTED, OF_DIVISIONS, ImportParser
from services.xfh.registry import SERVICES
from services.xfh.speaking import AsWritten, Parser

HERE = "services.xfh"
EXIT_CODES = "退出码：0 成功；1 被拒绝、不一致或失败；2 用法或设置有误。"
LISTED = " ".join(SERVICES)  # Lines of help are broken at spaces.

Groups: TypeAlias = "argparse._SubParsersAction[Parser]"
"""The only name argparse has for what `add_subparsers` returns."""


def parser() -> Parser:
    xfh = Parser("xfh", description="先锋荟：社区共建网络", epilog=EXIT_CODES)
    groups = xfh.add_subparsers(metavar="命令", required=True)
    _add_running(groups)
    _add_reading(groups)
    _add_followers(groups)
    _add_keeping(groups)
    _add_admin(groups)
    _add_keys(groups)
    _add_loading(groups)
    return xfh


def _add_running(groups: Groups) -> None:
    help = "启动平台：内嵌方式一个进程；XFH_BUS 为 amqp 时每个服务一个进程"
    _add(groups, "up", "commands.up:up", help)
    _add(groups, "gateway", "commands.up:gateway", "只启动网关")
    help = "只启动一个服务（XFH_BUS 为 amqp 时）"
    _add_service(_add(groups, "serve", "commands.up:serve", help))
    help = "只启动通知和验证码的送出（要设置 XFH_NOTICES 或 XFH_SIGN_IN）"
    _add(groups, "deliver", "commands.deliver:run", help)
    help = "显示正在使用的设置及其来源，密码不显示"
    _add(groups, "config", "commands.settings:show", help)
    demo = _add(groups, "demo", "demo.run:run", "启动平台并演示一天")
    days: Json = {"type": int, "choices": range(1, 32), "default": 1}
    demo.add_argument("--days", metavar="N", help="几天，最多 31，默认 1", **days)
    _add_token(groups)


def _add_token(groups: Groups) -> None:
    help = "签发令牌，只供开发；人用自己的账号登录"
    token = _add(groups, "token", "commands.tokens:issue", help)
    help = "人员编号，字母开头"
    token.add_argument("--actor", required=True, metavar="ID", help=help)
    token.add_argument(
        "--role",
        required=True,
        action="append",
        metavar="ROLE[:SCOPE]",
        help="角色及范围：区划代码、unit/编号、partner/编号、branch/编号，* 为全部；不写在哪里都不算数。可重复",
    )
    help = "有效小时数，默认 12"
    token.add_argument("--hours", type=int, default=12, metavar="N", help=help)


def _add_reading(groups: Groups) -> None:
    _add_log(_grouped(groups, "log", "查看服务的事件日志"))
    help = "从日志重建一个服务的查询数据，期间照常服务"
    _add_service(_add(groups, "rebuild", "commands.rebuild:run", help))
    help = "从日志另行重算汇总并逐格比对"
    reconcile = _add(groups, "reconcile", "commands.reconcile:run", help)
    reconcile.add_argument(
        "--reports",
        dest="run",
        action="store_const",
        const=f"{HERE}.commands.reports:run",
        help="改为比对已发布的月报，每一版重算到它发布时的日志",
    )
    help = "各种事项的生命周期，Markdown 格式"
    _add(groups, "lifecycles", "commands.lifecycles:show", help)


def _add_log(actions: Groups) -> None:
    tail = _add(actions, "tail", "commands.logs:tail", "最后几个事件")
    _add_service(tail)
    help = "显示几个，默认 10"
    tail.add_argument("-n", "--lines", type=int, default=10, metavar="N", help=help)
    help = "继续显示新事件，按 Ctrl-C 结束"
    tail.add_argument("-f", "--follow", action="store_true", help=help)
    show = _add(actions, "show", "commands.logs:show", "一个事件的全部内容")
    _add_service(show)
    help = "序号，或事件编号的开头部分"
    show.add_argument("event", metavar="SEQ|EVENT-ID", help=help)
    help = "导出为 CloudEvents，每行一个 JSON"
    export = _add(actions, "export", "commands.logs:export", help)
    _add_service(export)
    help = "写入文件，不写则输出到屏幕"
    export.add_argument("--to", type=Path, metavar="FILE", help=help)
    help = "从这个序号之后开始"
    export.add_argument("--after", type=int, default=0, metavar="SEQ", help=help)
    help = "把导出的文件导入空的日志"
    bring_in = _add(actions, "import", "commands.logs:bring_back", help)
    _add_service(bring_in)
    help = "xfh log export 写的文件"
    bring_in.add_argument("file", type=Path, metavar="FILE", help=help)
    _add_seals(actions)


def _add_seals(actions: Groups) -> None:
    help = "现在就给每个服务的日志加封条；平台每天自己加"
    _add(actions, "seal", "commands.seals:seal", help)
    help = "按封条核对日志，指出第一处改动、缺失或截断"
    verify = _add(actions, "verify", "commands.seals:check", help)
    verify.add_argument(
        "service",
        nargs="?",
        choices=SERVICES,
        metavar="SERVICE",
        help=f"不写则核对全部：{LISTED}",
    )
    help = "再核对纸上印的封条，例如 1f3a-02bc-77de-90aa"
    verify.add_argument("--seal", metavar="XXXX-XXXX-XXXX-XXXX", help=help)


def _add_followers(groups: Groups) -> None:
    help = "各服务跟随到哪里，有没有停住的"
    followers = _add(groups, "followers", "commands.followers:show", help)
    followers.add_argument("--json", action="store_true", help="输出 JSON")
    actions = followers.add_subparsers(metavar="动作")
    retry = _add(actions, "retry", "commands.followers:retry", "再试一次停住的事件")
    help = "把停住的事件搁置，记录在案"
    aside = _add(actions, "set-aside", "commands.followers:set_aside", help)
    for action in (retry, aside):
        _add_service(action)
        _add_service(action, "source", f"被跟随的服务：{LISTED}")
    aside.add_argument("sequence", type=int, metavar="SEQ", help="停住的事件的序号")
    help = "为什么搁置，会写入日志"
    aside.add_argument("--reason", required=True, metavar="原因", help=help)


def _add_keeping(groups: Groups) -> None:
    help = "备份到一个新文件夹，期间照常服务"
    backup = _add(groups, "backup", "commands.backup:run", help)
    backup.add_argument("to", type=Path, metavar="FOLDER", help="还没有的文件夹")
    help = "把备份恢复到空的地方，重建并对账"
    restore = _add(groups, "restore", "commands.restore:run", help)
    help = "xfh backup 写的文件夹"
    restore.add_argument("folder", type=Path, metavar="FOLDER", help=help)
    help = "用另一份较新的备份里人们写的内容，其间删除的就不再出现"
    restore.add_argument("--notes", type=Path, metavar="FOLDER", help=help)


def _add_loading(groups: Groups) -> None:
    _add_divisions(_grouped(groups, "divisions", "登记、结束和撤销街道、社区"))
    imports = _grouped(groups, "import", "从表格导入", "内容", "kind", ImportParser)
    for kind, what in IMPORTED.items():
        help = f"导入{what}：有一行不行就一行也不导入"
        sheet = _add(imports, kind, "commands.imports:run", help)
        _add_sheet(sheet)
        if kind == "units":
            help = "导入的单位同时审核通过"
            sheet.add_argument("--approve", action="store_true", help=help)


def _add_divisions(actions: Groups) -> None:
    load = _add(actions, "load", "commands.divisions:run", "登记区划，可重复执行")
    load.formatter_class = AsWritten
    load.epilog = OF_DIVISIONS
    help = "CSV 或 XLSX 文件，默认为自带的成华区区划"
    load.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help=help)
    end = _add(actions, "end", "commands.divisions:end", "街道或社区有效到哪一天")
    help = "撤销本月登记错的街道或社区"
    withdraw = _add(actions, "withdraw", "commands.divisions:withdraw", help)
    for action in (end, withdraw):
        action.add_argument("code", metavar="CODE", help="区划代码")
    help = "有效的最后一天，不早于今天"
    end.add_argument("valid_to", metavar="YYYY-MM-DD", help=help)


def _add_admin(groups: Groups) -> None:
    actions = _grouped(groups, "admin", "登记第一位管理员")
    help = "登记一位区级管理员并输出邀请链接，7 天内有效；其他人由管理员邀请"
    invite = _add(actions, "invite", "commands.admins:invite", help)
    invite.add_argument("name", metavar="姓名", help="管理员的姓名")
    help = "由哪个社区登记，社区代码；管理它所在的区"
    invite.add_argument("community", metavar="CODE", help=help)


def _add_keys(groups: Groups) -> None:
    actions = _grouped(groups, "keys", "生成、更换密钥")
    help = "生成还没有的密钥；XFH_ENV 为 production 时只在这里生成"
    make = _add(actions, "make", "commands.keys:make", help)
    help = "原来的密钥确实找不回来：另生成，以前写的话再也打不开"
    make.add_argument("--lost", action="store_true", help=help)
    help = "换一把签发令牌的密钥；原来的公钥还认一段时间"
    rotate = _add(actions, "rotate", "commands.keys:rotate", help)
    help = "原来签发的令牌还认几小时，默认 24；0 为立即作废"
    rotate.add_argument("--keep-hours", type=int, default=24, metavar="N", help=help)
    help = "加一把主密钥，并改用它包裹每个人的数据密钥；内容不重新加密"
    _add(actions, "new-master", "commands.keys:new_master", help)
    help = "把还由旧主密钥包裹的数据密钥改由最新的包裹，可重复执行"
    _add(actions, "wrap", "commands.keys:wrap", help)


def _add_sheet(sheet: Parser) -> None:
    source = sheet.add_mutually_exclusive_group(required=True)
    help = "CSV（UTF-8、UTF-16 或 GB18030）或 XLSX 文件"
    source.add_argument("file", nargs="?", type=Path, metavar="FILE", help=help)
    help = "输出表头模板和各列说明"
    source.add_argument("--template", action="store_true", help=help)
    sheet.add_argument("--skip-extra", action="store_true", help="跳过不认识的列")
    sheet.set_defaults(approve=False)


def _add(groups: Groups, name: str, run: str, help: str) -> Parser:
    """A sub-command, done by the function `run` names: `commands.up:up`."""
    added: Parser = groups.add_parser(name, help=help, description=help)
    added.set_defaults(run=f"{HERE}.{run}")
    return added


def _grouped(
    groups: Groups,
    name: str,
    help: str,
    metavar: str = "动作",
    dest: str = argparse.SUPPRESS,
    made: type[Parser] = Parser,
) -> Groups:
    """A sub-command that needs another word after it, each `made` so."""
    group = groups.add_parser(name, help=help)
    words = {"metavar": metavar, "dest": dest}
    return group.add_subparsers(required=True, parser_class=made, **words)


def _add_service(to: Parser, name: str = "service", help: str = "") -> None:
    to.add_argument(name, choices=SERVICES, metavar=name.upper(), help=help or LISTED)
