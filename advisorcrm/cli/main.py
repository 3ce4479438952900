"""The command line: which commands there are, what they print, how they end.

Exit status 0 is done, 1 refused with a sentence on standard error, 2 wrong usage. With
``--json`` one JSON object is printed on standard output and nothing else, however it ends.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from advisorcrm import __version__
from advisorcrm.cli.usage import Parser, WrongUsageError, count, day, filled, word
from advisorcrm.errors import AdvisorCrmError
from advisorcrm.i18n import _
from advisorcrm.own_process import keep_private

Answer = Mapping[str, Any]
Command = Callable[[argparse.Namespace], Answer]
"""A command answers a mapping; ``error`` in it means: done, but refused in the end."""


def run(arguments: list[str]) -> int:
    """Run one command."""
    keep_private()
    _fill_streams()
    _speak_utf8()
    as_json, status = "--json" in arguments, 1
    try:
        options = build_parser().parse_args(arguments)
        as_json = options.json
        answer = _resolve(options.command)(options)
    except WrongUsageError as error:
        print(error.usage, end="", file=sys.stderr)
        answer, status = {"error": str(error)}, 2
    except AdvisorCrmError as error:
        answer = {"error": str(error)}
    except UnicodeEncodeError:
        answer = {"error": _("有的文字或文件名无法识别，没有写入任何数据。请用 UTF-8 的终端重试。")}
    except KeyboardInterrupt:
        answer = {"error": _("已取消，没有写入任何数据。")}
    except Exception as error:  # noqa: BLE001 - the outermost edge: a sentence, never a traceback
        answer = {"error": _unexpected(error)}
    try:
        is_told = _tell(answer, as_json=as_json)
    except KeyboardInterrupt:  # it is done, and whoever asked does not want to read it any more
        is_told = False
    return status if "error" in answer or not is_told else 0


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    everywhere = _everywhere()
    parser = Parser(
        prog="advisorcrm",
        parents=[_everywhere()],  # of its own: the defaults below must not reach the commands
        description=_("客户服务：不带参数打开窗口，带参数执行一条命令。"),
    )
    parser.set_defaults(json=False, database=None, user=None)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar=_("命令"))
    for add in (
        _add_init, _add_users, _add_import, _add_find, _add_duplicates, _add_export,
        _add_completeness, _add_checks, _add_history, _add_sending, _add_due, _add_calendar,
        _add_visits, _add_birthdays, _add_upkeep,
    ):  # fmt: skip
        add(commands, everywhere)
    return parser


def _everywhere() -> argparse.ArgumentParser:
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--database", metavar="PATH-OR-URL", type=filled, help=_("数据库文件或服务器地址")
    )
    shared.add_argument("--user", metavar="NUMBER", type=filled, help=_("登录工号"))
    shared.add_argument("--json", action="store_true", help=_("只输出一个 JSON 对象"))
    return shared


def _add_init(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    command = commands.add_parser("init", parents=[everywhere], help=_("新建数据库和系统管理员"))
    command.add_argument("--branch", required=True, help=_("营业部名称"))
    command.add_argument("--name", required=True, help=_("系统管理员姓名"))
    command.set_defaults(command="branches:init")


def _add_users(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    users = commands.add_parser("users", parents=[everywhere], help=_("用户"))
    actions = users.add_subparsers(required=True, metavar=_("动作"))
    add = actions.add_parser("add", parents=[everywhere], help=_("增加用户"))
    add.add_argument("number", help=_("工号"))
    add.add_argument("--name", required=True, help=_("姓名"))
    add.add_argument(
        "--role",
        required=True,
        choices=["advisor", "manager", "leader", "front-desk", "head-office", "administrator"],
    )
    add.add_argument("--group", action="append", default=[], help=_("客户组，可重复"))
    add.set_defaults(command="users:add")
    listing = actions.add_parser("list", parents=[everywhere], help=_("列出用户"))
    listing.set_defaults(command="users:show")


def _add_import(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    imports = commands.add_parser("import", parents=[everywhere], help=_("导入"))
    kinds = imports.add_subparsers(required=True, metavar=_("种类"))
    for kind, what in (
        ("clients", _("客户名单")),
        ("contacts", _("通讯录：vCard、Outlook、Google、QQ同步助手")),
    ):
        command = kinds.add_parser(kind, parents=[everywhere], help=what)
        command.add_argument("file", metavar="FILE")
        command.add_argument("--advisor", metavar="NUMBER", type=filled, help=_("文件没写时归谁"))
        command.add_argument(
            "--rule", choices=["fill-blanks", "overwrite", "skip"], default="fill-blanks"
        )
        command.add_argument(
            "--sheet", action="append", default=[], metavar="NAME",
            help=_("只导入这张工作表，可重复；不写则导入每张客户表"),
        )  # fmt: skip
        command.add_argument("--dry-run", action="store_true", help=_("只试运行，不写入"))
        command.set_defaults(command=f"imports:{kind}")
    undo = commands.add_parser("undo-import", parents=[everywhere], help=_("整批撤销一次导入"))
    undo.add_argument("batch", metavar="BATCH", type=count, help=_("导入时给出的批次号"))
    undo.set_defaults(command="imports:undo")


def _add_completeness(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    command = commands.add_parser(
        "completeness", parents=[everywhere], help=_("档案完备率：全部，或一位客户")
    )
    command.add_argument("--client", metavar="ACCOUNT", help=_("资金账号"))
    command.set_defaults(command="completeness:completeness")


def _add_duplicates(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    pairs = commands.add_parser("duplicates", parents=[everywhere], help=_("疑似重复的客户"))
    pairs.set_defaults(command="duplicates:pairs")


def _add_find(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    find = commands.add_parser("find", parents=[everywhere], help=_("找客户"))
    find.add_argument("text", nargs="+", type=word, help=_("姓名、拼音、首字母、手机或账号尾号"))
    find.add_argument("--limit", metavar="N", type=count, default=20)
    find.set_defaults(command="clients:find")


def _add_export(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    export = commands.add_parser("export", parents=[everywhere], help=_("导出"))
    export.add_argument("kind", choices=["client-list", "client-card", "contact-log"])
    export.add_argument("--client", metavar="ACCOUNT", type=filled, help=_("资金账号"))
    export.add_argument("--from", dest="from_on", metavar="DATE", type=day)
    export.add_argument("--to", dest="to_on", metavar="DATE", type=day)
    export.add_argument("--out", required=True, metavar="FILE")
    export.add_argument("--unmasked", action="store_true", help=_("完整号码，须有权限"))
    export.add_argument("--purpose", default="", help=_("导出完整号码的用途"))
    export.set_defaults(command="exports:export")


def _add_checks(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """Questions that need no database."""
    for name, argument, function, what in (
        ("pinyin", "name", "pinyin", _("姓名的拼音和首字母")),
        ("check-id", "text", "identity", _("核对证件号码")),
        ("check-phone", "text", "telephone", _("核对电话号码")),
    ):
        command = commands.add_parser(name, parents=[everywhere], help=what)
        command.add_argument(argument, type=word)
        command.set_defaults(command=f"checks:{function}")


def _add_history(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    history = commands.add_parser("history", parents=[everywhere], help=_("一位客户的修改历史"))
    history.add_argument("account", metavar="ACCOUNT", help=_("资金账号"))
    history.add_argument("--limit", metavar="N", type=count, default=100)
    history.set_defaults(command="histories:history")
    changed = commands.add_parser("changed", parents=[everywhere], help=_("某一天改过的客户档案"))
    changed.add_argument("--on", dest="on", metavar="DATE", type=day)
    changed.set_defaults(command="histories:changed")


def _add_sending(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    asked = commands.add_parser(
        "may-send", parents=[everywhere], help=_("现在能否以某种方式向客户发送")
    )
    asked.add_argument("account", metavar="ACCOUNT", help=_("资金账号"))
    asked.add_argument("--channel", required=True, choices=["sms", "mail", "phone", "wechat"])
    asked.add_argument("--purpose", required=True, choices=["news", "marketing", "care"])
    asked.add_argument("--at", metavar="INSTANT", type=filled, help=_("按这个时间判断，默认现在"))
    asked.set_defaults(command="sending:may_send")


def _add_due(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    due = commands.add_parser(
        "due", parents=[everywhere], help=_("到期与逾期：所有带日期的事项及原因")
    )
    due.add_argument("--at", metavar="INSTANT", type=filled, help=_("按这个时间判断，默认现在"))
    due.add_argument("--until", metavar="DATE", type=day, help=_("另加到这一天为止的事项"))
    due.add_argument("--advisor", metavar="NUMBER", type=filled, help=_("只看这个工号的事项"))
    due.set_defaults(command="dues:due")


def _add_calendar(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    from advisorcrm.cli.calendar_options import add_calendar

    add_calendar(commands, everywhere, day)


def _add_visits(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    visits = commands.add_parser("visits", parents=[everywhere], help=_("某一天的三访"))
    visits.add_argument("day", metavar="DATE", type=day)
    visits.set_defaults(command="visits:visits")


def _add_birthdays(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    born = commands.add_parser("birthdays", parents=[everywhere], help=_("某段日期里的客户生日"))
    born.add_argument("--from", dest="from_on", metavar="DATE", type=day)
    born.add_argument("--to", dest="to_on", metavar="DATE", type=day)
    born.set_defaults(command="birthdays:birthdays")


def _add_upkeep(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    verify = commands.add_parser("verify", parents=[everywhere], help=_("完整性检查"))
    verify.set_defaults(command="upkeep:verify")
    backup = commands.add_parser("backup", parents=[everywhere], help=_("备份并验证"))
    backup.add_argument("--to", metavar="DIR", type=filled)
    backup.set_defaults(command="upkeep:backup")
    restore = commands.add_parser(
        "restore", parents=[everywhere], help=_("用备份恢复数据库；请先关闭所有窗口")
    )
    restore.add_argument(
        "--from", dest="copy", metavar="COPY", type=filled, help=_("哪一份备份，默认最新")
    )
    restore.set_defaults(command="upkeep:restore")
    doctor = commands.add_parser("doctor", parents=[everywhere], help=_("环境检查"))
    doctor.set_defaults(command="upkeep:doctor")
    tour = commands.add_parser("tour", parents=[everywhere], help=_("走一遍所有窗口并截图"))
    tour.add_argument("--out", metavar="DIR", default="build/tour")
    tour.set_defaults(command="tour.tour:tour")


def _resolve(name: str) -> Command:
    """Load the module of one command, and only that."""
    from importlib import import_module

    module, _colon, function = name.partition(":")
    command: Command = getattr(import_module(f"advisorcrm.cli.{module}"), function)
    return command


def _tell(answer: Answer, *, as_json: bool) -> bool:
    """Print the answer; False where it could not be written."""
    is_told = True
    try:
        _print(answer, as_json=as_json)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the answer has seen enough (``| head``)
        _print_no_more()
    except OSError:
        _print_no_more()
        print(_("命令已执行完，但结果写不出去：输出所在的磁盘已满或不可写。"), file=sys.stderr)
        is_told = False
    return is_told


def _print_no_more() -> None:
    """What is left in the stream would fail once more when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(answer: Answer, *, as_json: bool) -> None:
    if "error" in answer:
        print(answer["error"], file=sys.stderr)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
        return
    for name, value in answer.items():
        if name != "error":
            _print_value(name, value)


def _print_value(name: str, value: Any) -> None:
    if isinstance(value, (list, tuple)):
        print(f"{name}: {len(value)}")
        for item in value:
            shown = item.values() if isinstance(item, Mapping) else [item]
            print("  " + "  ".join(_said(part) for part in shown))
    elif isinstance(value, Mapping):
        print(f"{name}:")
        for part, said in value.items():
            print(f"  {part}: {_said(said)}")
    else:
        print(f"{name}: {value}")


def _said(part: Any) -> str:
    """A cell as people read it: what lies deeper in one piece, nothing as a dash."""
    if isinstance(part, Mapping):
        return " ".join(_said(one) for one in part.values())
    if isinstance(part, (list, tuple)):
        return "、".join(_said(one) for one in part) or "—"
    return "—" if part in (None, "") else str(part)


def _unexpected(error: Exception) -> str:
    from advisorcrm.logs import log_bug

    log_bug(error)
    return _("程序出错：{kind}。没有写入任何数据，详情在日志里，请交给维护人员。").format(
        kind=type(error).__name__
    )


def _fill_streams() -> None:
    """A stream that was closed before the start is an empty one, not none (``2>&-``)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
