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
for _name, _where in {
    "cases": "jucai.commands.case_verbs:app",
    "meetings": "jucai.commands.meetings:app",
    "inbox": "jucai.commands.post:inbox",
    "outbox": "jucai.commands.post:outbox",
    "programmes": "jucai.commands.programme_cases:app",
    "assess": "jucai.commands.programmes:assess",
    "officers": "jucai.commands.programmes:officers",
    "calendar": "jucai.commands.calendar:app",
    "db": "jucai.commands.care:db",
    "audit": "jucai.commands.care:audit",
    "clock": "jucai.commands.care:clock",
    "backup": "jucai.commands.care:backup",
    "doctor": "jucai.commands.care:doctor",
}.items():
    app.command(_where, name=_name)


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
        err.print(f"[red]{error}[/red]", highlight=False)
        sys.exit(2)
    except refusal as error:
        err.print(f"[yellow]{error}[/yellow]", highlight=False)
        sys.exit(1)


_DATABASE_FAULTS = ("DatabaseBehind", "DatabaseAhead", "DatabaseForeign")


@app.command
def demo(*, once: bool = False, home: Path = Path(".jucai/demo"), quiet: bool = False) -> None:
    """在本机演示全过程：真实的邮件、数据库、Prefect 与办件页面；结束后保持运行，Ctrl-C 停止。

    Parameters
    ----------
    once
        跑完即退出；一切如预期时退出码为 0。
    home
        演示数据所在目录，每次启动都会清空重来。
    quiet
        不显示过程，只显示结果表。
    """
    from jucai.demo.main import run_demo  # noqa: PLC0415 - the other commands need nothing of the demo

    sys.exit(run_demo(home, once=once, quiet=quiet))


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
