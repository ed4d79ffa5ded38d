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
