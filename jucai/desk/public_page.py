"""What everybody may see: programmes, current public lists, and whether a document's number is genuine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from jucai.approval.state import CaseState
from jucai.desk.casefile import left_text
from jucai.desk.facts import shown_value, spec_of
from jucai.desk.surroundings import Desk, yuan
from jucai.policy import Kind, Programme
from jucai.store.queries import PublicEntry
from models.fields import FORM_TITLES

_LONG_NUMBER = re.compile(r"[0-9０-９][0-9０-９Xx\s*-]{9,}")
"""Identity numbers, telephones, accounts: never on a public page, whatever field they slipped into."""

_COLUMN_TITLES = {"amount": "金额（元）", "programme": "项目", "name": "姓名", "employer_name": "单位"}


@dataclass(frozen=True, slots=True)
class PublicList:
    """One public list: its number, period, columns and rows."""

    notice: str
    programme: str
    example: bool
    first: date
    last: date
    left: str
    explanation: str
    provisional: bool
    objection: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """All lists that stand today."""

    lists: tuple[PublicList, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One programme that can be applied for."""

    title: str
    kind: str
    summary: str
    who: str
    benefit: str
    form: str
    example: bool
    papers: tuple[str, ...]
    days: int
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LandingPage:
    """What can be applied for, by mail to which address, with which form, and how long it takes."""

    offers: tuple[Offer, ...]
    publicity: int


def public_lists(desk: Desk, entries: Sequence[PublicEntry]) -> tuple[PublicList, ...]:
    """The current lists, each notice once, its rows in the order of case numbers."""
    standing = [entry for entry in entries if entry.state.publicity and entry.state.publicity.last >= desk.today]

    def notice(entry: PublicEntry) -> str:
        return entry.state.publicity.notice if entry.state.publicity else ""

    return tuple(
        _list(desk, number, list(group)) for number, group in groupby(sorted(standing, key=notice), key=notice)
    )


def _list(desk: Desk, number: str, entries: list[PublicEntry]) -> PublicList:
    case, state = entries[0].case, entries[0].state
    programme = desk.bureau.programmes.get(case.programme, case.version)
    rule, period = programme.publicity, state.publicity
    assert period is not None
    columns = _columns(programme)
    return PublicList(
        notice=number,
        programme=programme.title,
        example=programme.example,
        first=period.first,
        last=period.last,
        left=left_text(desk.bureau.calendar, period.last, desk.today),
        explanation=period.explanation,
        provisional=period.provisional,
        objection=rule.objection if rule else "",
        columns=("序号", *(_title(programme, key) for key in columns)),
        rows=tuple(
            (str(position), *(_cell(programme, entry.state, key) for key in columns))
            for position, entry in enumerate(entries, start=1)
        ),
    )


def _columns(programme: Programme) -> tuple[str, ...]:
    wanted = programme.publicity.columns if programme.publicity else ("name", "employer_name")
    return tuple(key for key in wanted if key in {"amount", "programme"} or not spec_of(programme, key).sensitive)


def _title(programme: Programme, key: str) -> str:
    return _COLUMN_TITLES.get(key) or programme.label(key)


def _cell(programme: Programme, state: CaseState, key: str) -> str:
    if key == "amount":
        return yuan(state.amount_fen) if state.amount_fen is not None else ""
    if key == "programme":
        return programme.short_title
    value = state.applicant.name if key == "name" else state.values().get(key, "")
    return _LONG_NUMBER.sub("（略）", shown_value(spec_of(programme, key), value))


def landing_page(desk: Desk, publicity: int) -> LandingPage:
    """The programmes of this office that are in force today."""
    book, office = desk.bureau.programmes, desk.bureau.office
    found = [book.in_force(code, desk.today) for code in book.codes() if book.office_of.get(code) == office.code]
    order = [Kind.SUBSIDY, Kind.SECONDMENT, Kind.REGISTER]
    offered = sorted((programme for programme in found if programme), key=lambda p: order.index(p.kind))
    return LandingPage(tuple(_offer(programme) for programme in offered), publicity)


def _offer(programme: Programme) -> Offer:
    return Offer(
        title=programme.title,
        kind=programme.kind.label,
        summary=programme.summary,
        who=programme.who,
        benefit=programme.benefit,
        form=programme.form_title or FORM_TITLES.get(programme.form, programme.form),
        example=programme.example,
        papers=tuple(paper.title for paper in programme.papers),
        days=programme.clock.decision_days,
        basis=programme.article_list,
    )
