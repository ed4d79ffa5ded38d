"""The desk as a process."""

import threading

import uvicorn
from fastapi import FastAPI

from jucai.desk.app import create_app
from jucai.desk.renewal import keep_renewing
from jucai.settings import Settings
from jucai.store.bureau import open_bureau


def run(settings: Settings, host: str, port: int) -> None:
    """Serve the desk until it is stopped.

    Addresses hold the keys of links, so no access log is written; a proxy in front has to do the same.
    """
    app, stopped = create_app(open_bureau(settings)), threading.Event()
    keep_renewing(app, stopped)
    try:
        _serve(app, host, port)
    finally:
        stopped.set()


def _serve(app: FastAPI, host: str, port: int) -> None:
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_keep_alive=15,
        limit_concurrency=200,
    )
