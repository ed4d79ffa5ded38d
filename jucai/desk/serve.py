"""The desk as a process."""

import uvicorn

from jucai.desk.app import create_app
from jucai.settings import Settings
from jucai.store.bureau import open_bureau


def run(settings: Settings, host: str, port: int) -> None:
    """Serve the desk until it is stopped.

    Addresses hold the keys of links, so no access log is written; a proxy in front has to do the same.
    """
    uvicorn.run(
        create_app(open_bureau(settings)),
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_keep_alive=15,
        limit_concurrency=200,
    )
