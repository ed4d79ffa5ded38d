"""`jucai read PATH… --out DIR`: forms to JSON, with progress, in bounded memory."""

import json as json_
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from jucai.reading.isolation import read_many
from models.readings import DocumentReading, ReadingStatus

STATUS_LABELS = {
    ReadingStatus.FILLED: "已读取",
    ReadingStatus.BLANK: "空白表",
    ReadingStatus.MERGED: "多份申请",
    ReadingStatus.NOT_A_FORM: "不是申请表",
    ReadingStatus.REJECT: "无法读取",
    ReadingStatus.SCAN_PENDING: "待文字识别",
    ReadingStatus.KILLED: "超限停止",
}


def read_command(paths: Iterable[Path], out: Path, workers: int = 2, json: bool = False) -> int:  # noqa: FBT001, FBT002 - the console passes it by name
    """Read PDFs and folders of PDFs, write NAME.json for each into `out`, and return the exit code.

    With `json`, one line of JSON per file goes to standard output instead of the table. The exit code is 0
    when every file could be looked at, 2 when there was nothing to read.
    """
    console = Console(stderr=json)
    files = list(find_files(paths))
    if not files:
        console.print("没有找到PDF文件。请给出PDF文件或其所在的文件夹。")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    names = _names(files)
    counts: Counter[ReadingStatus] = Counter()
    doubtful = values = 0
    with Progress(
        TextColumn("读取表格"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as progress:
        task = progress.add_task("read", total=len(files))
        items = ((names[path], path.read_bytes()) for path in files)
        for name, reading in read_many(items, workers=workers):
            _write(out / f"{name}.json", reading)
            counts[reading.status] += 1
            fields = [reading.fields, *(a.fields for a in reading.applications)]
            filled = [value for group in fields for value in group.values() if value.value]
            values += len(filled)
            doubtful += sum(not value.confident for value in filled)
            if json:
                _line(name, reading)
            progress.advance(task)
    if not json:
        console.print(_summary(counts, values, doubtful))
    return 0


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the PDFs among `paths`, and those in folders among them, in order of name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        elif path.is_file():
            yield path


def _names(files: list[Path]) -> dict[Path, str]:
    """Return a name for each file; files of one name in several folders are numbered."""
    seen: Counter[str] = Counter()
    names: dict[Path, str] = {}
    for path in files:
        seen[path.stem] += 1
        names[path] = path.stem if seen[path.stem] == 1 else f"{path.stem}-{seen[path.stem]}"
    return names


def _write(target: Path, reading: DocumentReading) -> None:
    target.write_text(json_.dumps(reading.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _line(name: str, reading: DocumentReading) -> None:
    line = {"name": name, "status": reading.status.value, "form": reading.form, "reason": reading.reason}
    sys.stdout.write(json_.dumps(line, ensure_ascii=False) + "\n")


def _summary(counts: Counter[ReadingStatus], values: int, doubtful: int) -> Table:
    table = Table(title="读取结果")
    table.add_column("结果")
    table.add_column("份数", justify="right")
    for status, count in counts.most_common():
        table.add_row(STATUS_LABELS[status], str(count))
    table.caption = f"读出{values}个值，其中{doubtful}个需要人工核对"
    return table
