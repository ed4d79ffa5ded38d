"""Who acts for whom, and what is handed over when somebody leaves."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from jucai.approval.refusals import NotEntitled, SubstitutionRefused
from jucai.approval.substituting import check_substitution
from jucai.approval.tasks import known_officer
from jucai.approval.values import Substitution
from jucai.policy import Role
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from models.cases import Substitute


def substitutions(session: Session, since: date) -> tuple[Substitution, ...]:
    """The substitutions that hold on that day or later."""
    rows = session.execute(
        sa.select(
            col(Substitute.officer),
            col(Substitute.substitute),
            col(Substitute.first_day),
            col(Substitute.last_day),
            col(Substitute.why),
        )
        .where(col(Substitute.last_day) >= since)
        .order_by(col(Substitute.id))
    )
    return tuple(Substitution(*row) for row in rows)


def appoint_substitute(bureau: Bureau, new: Substitution, by: str) -> None:
    """Let somebody act for an officer from one day to another (代理).

    Raises `SubstitutionRefused` for circles, long chains and the like, `NotEntitled` where it is neither the officer
    nor a head nor the bureau who says so.
    """
    now = bureau.clock.now()
    officer = known_officer(bureau.office, by)
    if by != new.officer and officer.unit != bureau.office.head_unit and Role.HEAD not in officer.roles:
        raise NotEntitled(officer.name, "设定代理", f"本人、单位负责人或{bureau.office.short_name}")
    with transaction(bureau.engine) as session:
        if bureau.engine.dialect.name == "postgresql":  # two at once could close a circle; SQLite has one writer
            session.connection().execute(sa.text("LOCK TABLE substitute IN SHARE ROW EXCLUSIVE MODE"))
        check_substitution(new, bureau.office, substitutions(session, now.date()), now.date())
        session.add(
            Substitute(
                officer=new.officer,
                substitute=new.substitute,
                first_day=new.first,
                last_day=new.last,
                why=new.why,
                made_by=by,
                made_at=now,
            )
        )


def end_substitution(bureau: Bureau, officer: str, by: str) -> date:
    """End the present substitution of an officer with yesterday; gives its last day. What was done stays done."""
    now = bureau.clock.now()
    who = known_officer(bureau.office, by)
    if by != officer and who.unit != bureau.office.head_unit and Role.HEAD not in who.roles:
        raise NotEntitled(who.name, "结束代理", f"本人、单位负责人或{bureau.office.short_name}")
    yesterday = date.fromordinal(now.date().toordinal() - 1)
    with transaction(bureau.engine) as session:
        row = session.exec(
            select(Substitute).where(
                Substitute.officer == officer,
                Substitute.first_day <= now.date(),
                col(Substitute.last_day) >= now.date(),
            )
        ).first()
        if row is None:
            raise SubstitutionRefused("这名人员目前没有代理人")
        row.last_day = yesterday
        session.add(row)
    return yesterday


def acting_today(bureau: Bureau) -> tuple[Substitution, ...]:
    """The substitutions that hold today."""
    today = bureau.clock.now().date()
    with reading(bureau.engine) as session:
        return tuple(one for one in substitutions(session, today) if one.covers(today))
