"""What only the head of the bureau may do."""

from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import NotEntitled
from jucai.approval.tasks import known_officer
from jucai.policy import Officer, Role


def need_head(go: Proceeding, who: str, what: str) -> None:
    """Let nobody but the bureau's heads do `what`; raises `NotEntitled`."""
    officer = known_officer(go.world.office, who)
    if not is_head(go, officer):
        raise NotEntitled(officer.name, what, f"{go.world.office.short_name}负责人")


def is_head(go: Proceeding, officer: Officer) -> bool:
    """Whether somebody is the head of the bureau, or one of its heads."""
    office = go.world.office
    return officer.id == office.head or (officer.unit == office.head_unit and Role.HEAD in officer.roles)
