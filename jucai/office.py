"""`jucai up`: the office on its own mailbox, until Ctrl-C."""

from rich.console import Console

from jucai.processes import Supervisor, free_port
from jucai.running import Ports, prefect_environment, start_office
from jucai.settings import Settings
from jucai.store.migrations import upgrade

_out = Console()


def run_office(settings: Settings, prefect_port: int, desk_port: int) -> None:
    """Upgrade the database, start everything, and keep it running; stops all of it on Ctrl-C."""
    upgrade(settings.database_url)
    ports = Ports(_port(prefect_port, "Prefect"), _port(desk_port, "办件页面"))
    environment = prefect_environment(settings, ports)
    with Supervisor(settings.home / "logs") as supervisor:
        _out.print("正在启动……（约二十秒）")
        start_office(supervisor, environment, ports)
        _out.print(f"Prefect 界面：http://127.0.0.1:{ports.prefect}")
        _out.print(f"办件页面：http://127.0.0.1:{ports.desk}（对外地址 {settings.desk_url}）")
        _out.print(f"日志：{settings.home / 'logs'}；按 Ctrl-C 停止")
        try:
            supervisor.wait()
        except KeyboardInterrupt:
            _out.print("正在停止……")


def _port(preferred: int, what: str) -> int:
    port, taken = free_port(preferred)
    if taken:
        _out.print(f"端口 {preferred} 已被占用，{what}改用 {port}")
    return port
