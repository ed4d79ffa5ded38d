"""Why a command was not carried out: one class for each reason, with a sentence for whoever asked."""

from collections.abc import Callable
from datetime import datetime


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A command the case does not allow now; nothing was changed."""


class UnknownTask(Refusal):
    """The task is not one of this case's."""

    def __init__(self, code: str) -> None:
        super().__init__(f"本办件没有编号为“{code}”的待办，请从最新的待办邮件打开链接。")


class AlreadyDecided(Refusal):
    """Somebody else was first."""

    def __init__(self, who: str, when: datetime, word: str) -> None:
        self.who, self.when, self.word = who, when, word
        at = f"{when:%Y年%m月%d日 %H:%M}"
        super().__init__(f"该待办已由{who}于{at}办理（{word}），您的提交未生效。")

    def named(self, name_of: Callable[[str], str]) -> "AlreadyDecided":
        """The same, with the officer's name instead of the id."""
        return AlreadyDecided(name_of(self.who), self.when, self.word)


class TaskFellAway(Refusal):
    """The stage ended without this task."""

    def __init__(self, why: str) -> None:
        super().__init__(f"该待办已取消：{why}。您的提交未生效。")


class NotYours(Refusal):
    """The officer was not asked in this task."""

    def __init__(self, who: str) -> None:
        super().__init__(f"该待办没有分派给{who}，如需代为办理请先转办。")


class ReasonNeeded(Refusal):
    """A return or a refusal without a reason."""

    def __init__(self, word: str) -> None:
        super().__init__(f"“{word}”必须写明理由，申请人将看到这些文字。")


class StaleRevision(Refusal):
    """The case has changed since the page was opened."""

    def __init__(self) -> None:
        super().__init__("办件在您打开页面之后已有新的变化，请刷新页面看过最新情况再提交。")


class NotNow(Refusal):
    """The case is in a phase in which this cannot be done."""

    def __init__(self, what: str, phase: str) -> None:
        super().__init__(f"办件目前处于“{phase}”，不能{what}。")


class UnknownStage(Refusal):
    """The stage to go back to is not an earlier one of this case."""

    def __init__(self, stage: str) -> None:
        super().__init__(f"不能退回到“{stage}”：它不是本办件已经走过的环节。")


class NonceUsed(Refusal):
    """The same form was posted twice."""

    def __init__(self) -> None:
        super().__init__("这张表单已经提交过一次，第二次提交未生效。")


class UnknownCase(Refusal):
    """There is no case of this number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有编号为“{number}”的办件，请核对编号。")


class UnknownVerb(Refusal):
    """Something was asked that no case knows."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"没有“{verb}”这种操作。")


class BadCommand(Refusal):
    """A command lacks something, or holds something it cannot hold."""

    def __init__(self, verb: str, what: str) -> None:
        super().__init__(f"“{verb}”的内容不完整或不正确：{what}。")


class BrokenDefinition(Refusal):
    """The programme file does not say what the case needs now; the case stays where it is."""

    def __init__(self, why: str) -> None:
        super().__init__(f"事项定义有误，办件未作任何变动：{why}。请管理员检查事项文件。")


class VerbNotAllowed(Refusal):
    """The programme does not allow this verb in this stage."""

    def __init__(self, verb: str, stage: str) -> None:
        super().__init__(f"“{stage}”环节不允许“{verb}”。")


class NotEntitled(Refusal):
    """Only somebody else may do this."""

    def __init__(self, who: str, what: str, whose: str) -> None:
        super().__init__(f"{who}无权{what}，须由{whose}办理。")


class UnknownOfficer(Refusal):
    """Nobody of this id works in the office."""

    def __init__(self, officer: str) -> None:
        super().__init__(f"没有编号为“{officer}”的人员，请从人员名单中选择。")


class MustStandAside(Refusal):
    """The officer has a conflict of interest in this case (回避)."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who}与本件有利害关系，应当回避，不能办理。")


class FourEyes(Refusal):
    """The officer already had a say in this case, and this stage asks for another person."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who}已办理过本件的其他环节，本环节须由另一人复核。")


class AlreadyAsked(Refusal):
    """The person has a part in this stage already."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who}已在本环节办理人员之中，不必重复。")


class OutsideUnit(Refusal):
    """A task may go to colleagues or to the bureau, not to a stranger to it."""

    def __init__(self, who: str, bureau: str) -> None:
        super().__init__(f"{who}不是本单位人员，只能转给本单位人员或{bureau}。")


class PersonalVote(Refusal):
    """Votes and scores are given in person."""

    def __init__(self, what: str) -> None:
        super().__init__(f"票签和评审须由本人作出，不能{what}；与本件有利害关系的请申报回避。")


class ScoresNeeded(Refusal):
    """A score sheet is not filled in as the scheme asks."""

    def __init__(self, why: str) -> None:
        super().__init__(f"评分表没有按评分办法填写：{why}。")


class NotRecallable(Refusal):
    """The decision cannot be taken back any more."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能拿回：{why}。")


class NotAnAddedSigner(Refusal):
    """Only signers somebody added can be dropped, by whoever added them, before they have spoken."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能减签：{why}。")


class WaitsForOthers(Refusal):
    """Somebody else has to speak first."""

    def __init__(self, who: str) -> None:
        super().__init__(f"该待办须等{who}先办理，办完后会自动转回。")


class RemindLater(Refusal):
    """Nobody is reminded twice a day or on days off."""

    def __init__(self, why: str) -> None:
        super().__init__(f"暂不催办：{why}。")


class NoQuorum(Refusal):
    """Too few have spoken for a vote or a panel to be closed."""

    def __init__(self, cast: int, needed: int) -> None:
        super().__init__(f"已表决（评分）{cast} 人，未达到规定的 {needed} 人，不能结束。")


class TiedAtQuota(Refusal):
    """Cases of equal standing compete for the last places of the quota; a person has to choose."""

    def __init__(self, numbers: tuple[str, ...], places: int) -> None:
        self.numbers = numbers
        super().__init__(f"{'、'.join(numbers)} 并列，剩余名额 {places} 个，须由人选定。")


class SubstitutionRefused(Refusal):
    """Nobody can act for an officer in this way."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能设定代理：{why}。")


class LevelRefused(Refusal):
    """The parts cannot be put on another level by the rules alone."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能变更层次：{why}。")


class NotOnAgenda(Refusal):
    """The case is not on the agenda of that meeting."""

    def __init__(self, number: str, meeting: str) -> None:
        super().__init__(f"{number} 不在{meeting}的议题之中。")


class TermRefused(Refusal):
    """The term cannot be extended in this way."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能延长办理时限：{why}。")
