"""The names behind the codes of one case: stages, units, people."""

from dataclasses import dataclass

from jucai.approval.state import CaseState
from jucai.policy import Office, Programme, Stage


@dataclass(frozen=True, slots=True)
class Names:
    """What the codes in a case's events and tasks are called."""

    office: Office
    programme: Programme

    def stage(self, code: str, *, public: bool = False) -> str:
        """The stage's title, as the office or as the applicant reads it; the code where it is unknown."""
        stage = self.programme.stage(code)
        if stage is None:
            return code or "形式审查"
        return stage.shown_title if public else stage.title

    def unit(self, code: str) -> str:
        """The unit's title; the code where the office no longer has it."""
        unit = self.office.all_units.get(code)
        return unit.title if unit else code

    def person(self, who: str) -> str:
        """An officer's name; the system and applicants keep their own."""
        if who == "system":
            return "系统"
        officer = self.office.officer(who)
        return officer.name if officer else who

    def asked(self, stage: Stage, state: CaseState) -> tuple[str, ...]:
        """The units a stage will ask in this case, by title."""
        values = state.values()
        return tuple(self.office.resolve(unit, values).title for unit in stage.units_named)
