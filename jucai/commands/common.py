"""What commands share: the bureau, tables, machine-readable output."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from jucai.demo.settings import running_demo
from jucai.settings import Settings, load_settings
from jucai.store.bureau import Bureau, open_bureau
from jucai.store.migrations import require_current

out = Console()
Json = Annotated[bool, Parameter(negative="")]
"""`--json`, and no `--no-json`."""


def settings() -> Settings:
    """The settings of this folder: `jucai.toml` and the environment, else those of a demo that was started here."""
    own = load_settings()
    if own.secret.get_secret_value():
        return own
    return running_demo() or own


def bureau() -> Bureau:
    """The bureau, its database checked to be of the present structure."""
    opened = open_bureau(settings())
    require_current(opened.engine)
    return opened


def split(text: str) -> list[str]:
    """The parts of a list with commas, without blanks and empty ones."""
    return [one for one in (part.strip() for part in text.replace("，", ",").split(",")) if one]


def say(text: str, *, markup: bool = False) -> None:
    """Print a sentence as one line, however narrow the terminal; with `markup`, rich's tags in it colour it."""
    out.print(text, soft_wrap=True, highlight=False, markup=markup)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, as_json: bool) -> None:
    """Print rows as a table, or as JSON objects with the columns as keys."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    say(title)
    if not rows:
        return
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    out.print(table)


def print_json(data: Any) -> None:
    """Print data for programs."""
    out.print_json(json.dumps(data, ensure_ascii=False, default=str))
