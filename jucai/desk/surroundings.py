"""What every page needs around it: the bureau, the pictures, and how a page becomes HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from jucai.desk.pictures import Pictures
from jucai.settings import ROOT
from jucai.store.bureau import Bureau
from models.money import Money

PAGES: Path = ROOT / "templates" / "pages"


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk: its bureau, the pictures it has painted, and its templates."""

    bureau: Bureau
    pictures: Pictures
    templates: Environment

    @property
    def today(self) -> date:
        """The office's date."""
        return self.bureau.clock.now().date()

    def show(
        self, template: str, page: object, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HTMLResponse:
        """One page: `page` is the template's only fact."""
        text = self.templates.get_template(template).render(
            page=page,
            office=self.bureau.office,
            mailbox=self.bureau.settings.address,
            demo=self.bureau.settings.demo,
            today=self.today,
        )
        return HTMLResponse(text, status_code=status, headers=dict(headers or {}))


def desk_of(request: Request) -> Desk:
    """The desk this request came to: the same to its end, whatever rules come into force meanwhile."""
    desk = getattr(request.state, "desk", None) or request.app.state.desk
    assert isinstance(desk, Desk)
    request.state.desk = desk
    return desk


def page_templates() -> Environment:
    """The templates of all pages: everything escaped, a missing fact is an error."""
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": zh_day, "moment": zh_moment, "yuan": yuan, "upper": upper, "size": file_size}
    return environment


def zh_day(day: date | None) -> str:
    """2026年1月5日, as GB/T 9704 writes dates; empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def zh_moment(moment: datetime | None) -> str:
    """2026年1月5日 14:30; empty for none."""
    return f"{zh_day(moment.date())} {moment:%H:%M}" if moment else ""


def yuan(fen: int) -> str:
    """12,000.00, from 分."""
    return Money(fen).yuan_text


def upper(fen: int) -> str:
    """壹万贰仟元整, from 分."""
    return Money(fen).upper_text


def file_size(size: int) -> str:
    """A file's size in KB or MB."""
    kib = 1024
    return f"{size / kib / kib:.1f} MB" if size >= kib * kib else f"{max(1, round(size / kib))} KB"
