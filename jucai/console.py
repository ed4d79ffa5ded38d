"""The `jucai` command. Exit codes: 0 done, 1 refused or not as expected, 2 wrong use or wrong settings."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console

app = App(name="jucai", help="聚才：人才补贴与科技副总、产业导师选派的收件、审批、公示、拨付。")
err = Console(stderr=True)

# Loaded only when called: most commands need neither a web server nor the reader.
for _name, (_where, _help) in {
    "cases": (
        "jucai.commands.case_verbs:app",
        "办件：查看、导出、补录决定、中止、恢复、延长、终止、唤醒、转办、委派、加签、减签、拿回、回避、抄送、催办、表决、排序",
    ),
    "meetings": ("jucai.commands.meetings:app", "会议：列出、召集、打印议程、记录纪要"),
    "inbox": ("jucai.commands.post:inbox", "来信：列出待人工的来信，重新处理"),
    "outbox": ("jucai.commands.post:outbox", "发件箱：列出未送达的邮件，决定重发或了结"),
    "programmes": (
        "jucai.commands.programme_cases:app",
        "事项：查看、检查、自测、比较、重算、换版、轮候、层次变更、追回、指南、空白表",
    ),
    "assess": ("jucai.commands.programmes:assess", "按事项规则试算一份申请"),
    "officers": ("jucai.commands.programmes:officers", "人员：列出、代理、离职转办"),
    "calendar": ("jucai.commands.calendar:app", "工作日历：查看、导入放假与调休安排"),
    "db": ("jucai.commands.care:db", "数据库"),
    "audit": ("jucai.commands.care:audit", "审计：校验事件链"),
    "clock": ("jucai.commands.care:clock", "演示时钟（仅演示环境）"),
    "backup": ("jucai.commands.care:backup", "立即备份数据库（运行中也可以）"),
    "doctor": ("jucai.commands.care:doctor", "检查设置、数据库、事项文件、邮箱、发信服务器与字体"),
}.items():
    app.command(_where, name=_name, help=_help)


def main() -> None:
    """Run the command; a wrong setting or a refusal is told in one sentence."""
    refusal = import_module("jucai.approval.refusals").Refusal
    misuse = (
        import_module("jucai.settings").SettingsError,
        import_module("jucai.policy.errors").PolicyError,
        *(getattr(import_module("jucai.store.migrations"), name) for name in _DATABASE_FAULTS),
    )
    try:
        app()
    except misuse as error:
        _complain("red", error)
        sys.exit(2)
    except refusal as error:
        _complain("yellow", error)
        sys.exit(1)


def _complain(colour: str, error: Exception) -> None:
    # One line stays one line, and brackets in it are no markup: what is told is looked for in a file.
    err.print(str(error), style=colour, highlight=False, markup=False, soft_wrap=True)


_DATABASE_FAULTS = ("DatabaseBehind", "DatabaseAhead", "DatabaseForeign")


@app.command
def demo(*, once: bool = False, home: Path = Path(".jucai/demo"), quiet: bool = False, add: Path | None = None) -> None:
    """在本机演示全过程：真实的邮件、数据库、Prefect 与办件页面；结束后保持运行，Ctrl-C 停止。

    Parameters
    ----------
    once
        跑完即退出；一切如预期时退出码为 0。
    home
        演示数据所在目录，每次启动都会清空重来。
    quiet
        不显示过程，只显示结果表。
    add
        您自己的文件夹：其中的项目文件（*.yaml）加入演示的办公室，填好的申请表（*.pdf）作为来信寄出。
    """
    from jucai.demo.main import run_demo  # noqa: PLC0415 - the other commands need nothing of the demo

    sys.exit(run_demo(home, once=once, quiet=quiet, add=add))


@app.command
def up(*, prefect_port: int = 4200, desk_port: int = 8600) -> None:
    """在本单位的邮箱上运行全部服务，Ctrl-C 停止。"""
    from jucai.office import run_office  # noqa: PLC0415 - the other commands need no processes
    from jucai.settings import load_settings, require_for_service  # noqa: PLC0415 - as above

    settings = load_settings()
    require_for_service(settings)
    run_office(settings, prefect_port, desk_port)


@app.command
def desk(*, port: int = 8600, host: str = "127.0.0.1") -> None:
    """只运行办件页面（`jucai up` 会自动运行它）。"""
    from jucai.desk.serve import run  # noqa: PLC0415 - a web server is not needed elsewhere
    from jucai.settings import load_settings  # noqa: PLC0415 - as above

    run(load_settings(), host, port)


@app.command
def read(*paths: Path, out: Path, workers: int = 2, json: Annotated[bool, Parameter(negative="")] = False) -> None:
    """读取 PDF 申请表，每份写出一个 JSON。

    Parameters
    ----------
    paths
        PDF 文件或目录。
    out
        输出目录。
    workers
        同时读取的份数。
    json
        在标准输出逐行给出 JSON。
    """
    from jucai.reading.command import read_command  # noqa: PLC0415 - loads the reader

    sys.exit(read_command(list(paths), out, workers, json))


@app.command
def letters(*paths: Path, out: Path) -> None:
    """解析并分拣邮件（.eml），每封写出一个 JSON。"""
    from jucai.mailroom.command import letters_command  # noqa: PLC0415 - loads the mailroom

    sys.exit(letters_command(list(paths), out))


if __name__ == "__main__":
    main()
