"""What cases hang on in the programme files: the version each was accepted under, and the stage it stands at."""

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col, func

from jucai.approval.state import CLOSED
from jucai.policy import Fault, ProgrammeBook, UnknownProgrammeError
from jucai.store.database import reading
from models.cases import Case


def lost_to_cases(engine: Engine, book: ProgrammeBook, office: str) -> tuple[Fault, ...]:
    """What `book` lacks and cases need, each with how many cases and the number of one; nothing before any case.

    Closed cases count too: their pages and figures are still looked at, and a closed case may be revived.
    """
    faults = [] if office in book.offices else [Fault(f"{office}/office.yaml", 1, "code", f"没有本办公室“{office}”")]
    if not sa.inspect(engine).has_table(Case.__tablename__):
        return tuple(faults)
    closed = col(Case.phase).in_([phase.value for phase in CLOSED])
    stage = sa.case((closed, ""), else_=col(Case.stage)).label("stage")
    query = sa.select(col(Case.programme), col(Case.version), stage, func.count(), func.min(Case.number))
    with reading(engine) as session:
        rows = session.execute(query.group_by(col(Case.programme), col(Case.version), stage)).all()
    versions: dict[tuple[str, str], tuple[int, str]] = {}
    for code, version, at, count, number in rows:
        try:
            programme = book.get(code, version)
        except UnknownProgrammeError:
            before = versions.get((code, version), (0, number))
            versions[code, version] = (before[0] + count, min(before[1], number))
            continue
        if at and programme.stage(at) is None:
            told = (
                f"没有环节“{at}”，而有 {count} 件（如 {number}）正在这一环节；停用的环节请写 withdrawn: true，不要删除"
            )
            faults.append(Fault(book.file(programme), 1, "stages", told))
    for (code, version), (count, number) in sorted(versions.items()):
        told = f"没有 {version} 版，而有 {count} 件（如 {number}）按这一版办理；请放回该版文件，停止受理请写 valid.to"
        faults.append(Fault(f"{code}.yaml", 1, "valid.from", told))
    return tuple(faults)
