"""Who acts for whom (代理): dated, through a bounded chain, never in a circle; the record says “B 代 A”."""

from collections.abc import Iterable, Sequence
from datetime import date

from jucai.approval.refusals import SubstitutionRefused
from jucai.approval.values import Substitution
from jucai.policy import Office, Role

LONGEST_CHAIN = 3
"""A acts through B, C and D at most: further down nobody knows any more for whom they act."""


def stand_ins(officer: str, day: date, substitutions: Iterable[Substitution]) -> tuple[str, ...]:
    """Everybody who may act for an officer on that day, the nearest first."""
    known = tuple(one for one in substitutions if one.covers(day))
    found: dict[str, None] = {}
    here = [officer]
    for _ in range(LONGEST_CHAIN):
        here = [one.substitute for one in known if one.officer in here]
        found.update(dict.fromkeys(who for who in here if who != officer))
    return tuple(found)


def represented(substitute: str, day: date, substitutions: Sequence[Substitution]) -> tuple[str, ...]:
    """Everybody an officer may act for on that day."""
    away = dict.fromkeys(one.officer for one in substitutions if one.covers(day))
    return tuple(who for who in away if substitute in stand_ins(who, day, substitutions))


def acts_for(officers: Sequence[str], who: str, day: date, substitutions: Sequence[Substitution]) -> str | None:
    """For which of `officers` this person acts: empty for themselves, None for nobody."""
    if who in officers:
        return ""
    return next((one for one in officers if who in stand_ins(one, day, substitutions)), None)


def check_substitution(new: Substitution, office: Office, known: Sequence[Substitution], today: date) -> None:
    """Whether somebody may act for an officer in this way.

    Raises:
        SubstitutionRefused: strangers, oneself, a partner's contact, dates in disorder or past, a second substitute
            for the same days, a circle, or a chain that is too long.
    """
    officer, substitute = office.officer(new.officer), office.officer(new.substitute)
    if officer is None or substitute is None:
        raise SubstitutionRefused("人员名单中没有这个编号")
    if officer.id == substitute.id:
        raise SubstitutionRefused("不能由本人代理本人")
    if Role.PARTNER in {*officer.roles, *substitute.roles}:
        raise SubstitutionRefused("单位联系人由其单位更换，不设代理")
    if new.last < new.first:
        raise SubstitutionRefused("结束日期早于开始日期")
    if new.last < today:
        raise SubstitutionRefused("日期已过")
    meanwhile = [one for one in known if one.first <= new.last and new.first <= one.last]
    if any(one.officer == new.officer for one in meanwhile):
        raise SubstitutionRefused(f"{officer.name}在这段时间已有代理人")
    if _reaches(new.substitute, new.officer, meanwhile):
        raise SubstitutionRefused("会形成相互代理的循环")
    above, below = _longest(new.officer, meanwhile, up=True), _longest(new.substitute, meanwhile, up=False)
    if above + 1 + below > LONGEST_CHAIN:
        raise SubstitutionRefused(f"代理层次超过 {LONGEST_CHAIN} 层")


def _reaches(start: str, goal: str, known: Sequence[Substitution]) -> bool:
    seen: set[str] = set()
    here = {start}
    while here:
        if goal in here:
            return True
        seen |= here
        here = {one.substitute for one in known if one.officer in here} - seen
    return False


def _longest(who: str, known: Sequence[Substitution], *, up: bool) -> int:
    """How many links hang above or below somebody; there are no circles among `known`."""
    links = [one.officer if up else one.substitute for one in known if (one.substitute if up else one.officer) == who]
    return max((1 + _longest(link, known, up=up) for link in links), default=0)
