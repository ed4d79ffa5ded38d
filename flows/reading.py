"""读件: read the documents that wait, in isolated worker processes."""

import os
import time
from typing import cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.common import bureau, run_name, tell
from jucai.casework.documents import ReadingRound, read_documents

_SHOW_EVERY = 3.0  # seconds between two updates of the progress
_BUDGET = 60  # documents in one round; a backlog is worked off over the next ones


@flow(name="读件", flow_run_name=run_name("读件"))
def reading(limit: int = _BUDGET) -> None:
    """Read what has a text layer; pages that are pictures are left to the run for scans."""
    done = read(limit=limit, scans=False)
    tell(f"读取 {done.read} 份，其中扫描件待识别 {done.scans} 份；办结来信 {done.settled} 封，失败 {done.failed} 封")


@flow(name="扫描件识别", flow_run_name=run_name("扫描件识别"))
def scans(limit: int = 200) -> None:
    """Read the pages that are pictures, in a run of its own that gives way to everything else."""
    os.nice(5)  # the run is a process of its own; its readers inherit this
    done = read(limit=limit, scans=True)
    tell(f"识别扫描件 {done.read} 份；办结来信 {done.settled} 封，失败 {done.failed} 封")


@task(name="读取文件")
def read(*, limit: int, scans: bool) -> ReadingRound:
    """One batch of documents, its progress shown as an artifact."""
    key = "scans-progress" if scans else "reading-progress"
    artifact = cast("UUID", create_progress_artifact(progress=0.0, key=key))  # in a task that is not a coroutine

    shown = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal shown
        if done == total or time.monotonic() - shown > _SHOW_EVERY:
            shown = time.monotonic()
            update_progress_artifact(artifact, progress=round(100 * done / total, 1))

    return read_documents(bureau(), scans=scans, limit=limit, progress=show)
