"""The page of a programme for applicants: who, what, how much, which documents, how long, where to send it."""

from dataclasses import dataclass

import jinja2

from jucai.approval.diagram import draw_chain
from jucai.notices.blank_form import form_title
from jucai.notices.fonts import TEMPLATES
from jucai.policy import Office, Programme
from jucai.policy.form_items import FormPart, form_parts
from jucai.policy.stages import RESOLVERS, USUAL_UNITS
from jucai.policy.telling import (
    award_words,
    budget_words,
    formula_words,
    funding_words,
    level_words,
    paper_words,
    payee_words,
    repayment_words,
    window_words,
)
from jucai.policy.wording import in_words


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step on the way: its name, who does it, and within how many working days (0: not promised)."""

    title: str
    units: tuple[str, ...]
    days: int
    note: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything on the page; `form_file` is the blank form beside it, `chain` the picture of the stages."""

    programme: Programme
    office: Office | None
    mailbox: str
    form_title: str
    form_file: str
    conditions: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, str], ...]
    awards: tuple[str, ...]
    budget: str
    window: str
    parts: tuple[FormPart, ...]
    papers: tuple[tuple[str, str, str], ...]
    steps: tuple[GuideStep, ...]
    chain: str
    repayment: tuple[str, ...]


def guide_of(programme: Programme, office: Office | None, mailbox: str = "") -> Guide:
    """The facts of a programme's page; without an office it is an example of another place."""
    return Guide(
        programme=programme,
        office=office,
        mailbox=mailbox or (office.public_email if office else ""),
        form_title=form_title(programme),
        form_file=f"{file_name(programme)}.pdf",
        conditions=tuple((rule.title, rule.article) for rule in programme.rules),
        limits=tuple((rule.title, rule.article) for rule in programme.exclusivity),
        awards=(
            *(award_words(programme, award) for award in programme.awards),
            *filter(
                None,
                (*formula_words(programme), payee_words(programme), *funding_words(programme), level_words(programme)),
            ),
        ),
        budget=budget_words(programme),
        window=window_words(programme),
        parts=form_parts(programme),
        papers=paper_words(programme),
        steps=tuple(_steps(programme, office)),
        chain=draw_chain(programme, office, public=True),
        repayment=tuple(repayment_words(rule) for rule in programme.repayment),
    )


def file_name(programme: Programme) -> str:
    """The name of a programme's files: its code without the folder."""
    return programme.code.replace("/", "-")


def _steps(programme: Programme, office: Office | None) -> list[GuideStep]:
    steps = [GuideStep("收件核对", (), programme.clock.check_days, "材料不齐的，一次告知全部需要补正的内容")]
    for stage in programme.active_stages:
        note = f"{in_words(stage.when, programme.vocabulary)}的需要" if stage.when else ""
        days = stage.due_days
        if stage.kind == "publicity" and programme.publicity:
            note = f"{programme.publicity.days}{programme.publicity.kind.label}"
        if stage.stops_clock:
            note += "，" * bool(note) + "不计入办理时限"
        units = tuple(_unit(unit, office) for unit in stage.units)
        steps.append(GuideStep(stage.shown_title, units, days, note))
    return steps


def _unit(code: str, office: Office | None) -> str:
    base, _, desk = code.partition(".")
    if base in RESOLVERS:
        county = next(iter(office.counties), None) if office else None
        title = county.desks.get(desk, "").removeprefix(county.title) if county and desk else ""
        return RESOLVERS[base] + title
    return office.unit(code).title if office and office.knows(code) else USUAL_UNITS.get(code, code)


def render_guide(guide: Guide) -> str:
    """The page as HTML, complete in itself: no scripts, no other addresses than the form's."""
    return _environment().get_template("programme.html.j2").render(guide=guide, programme=guide.programme)


def render_index(guides: list[Guide], title: str) -> str:
    """The list of all pages."""
    return _environment().get_template("programmes.html.j2").render(guides=guides, title=title, file_name=file_name)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
