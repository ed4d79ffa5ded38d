"""Who may see a page: every route names one of these, and a test walks all routes to see that it does.

A link is a key: whoever holds it acts for the officer it was made for. Reading one never changes anything.
"""

from fastapi import Request

from jucai.desk.surroundings import Desk, desk_of
from jucai.store.links import LinkError, LinkPurpose, read_token


class TaskLink:
    """Lets in who holds the link of one task (`/t/…`): officer, case number and task code."""

    def __init__(self, request: Request, token: str) -> None:
        link = read_token(desk_of(request).bureau, LinkPurpose.TASK, token)
        self.token = token
        self.officer = link.officer
        self.number, self.task = split_task(link.subject)


class BatchLink:
    """Lets in who holds an officer's batch link (`/b/…`)."""

    def __init__(self, request: Request, token: str) -> None:
        self.token = token
        self.officer = read_token(desk_of(request).bureau, LinkPurpose.BATCH, token).officer


class PaymentLink:
    """Lets in who holds the link of one payment list (`/l/…`)."""

    def __init__(self, request: Request, token: str) -> None:
        link = read_token(desk_of(request).bureau, LinkPurpose.PAYMENT, token)
        self.token = token
        self.officer = link.officer
        self.number = link.subject


class StatusLink:
    """Lets an applicant in to the status of one case (`/s/…`); nothing can be decided there."""

    def __init__(self, request: Request, token: str) -> None:
        self.token = token
        self.number = read_token(desk_of(request).bureau, LinkPurpose.STATUS, token).subject


class PublicPage:
    """Open to everybody: holds nothing that is not published."""


GUARDS = frozenset({TaskLink, BatchLink, PaymentLink, StatusLink, PublicPage})


def task_subject(number: str, code: str) -> str:
    """What a task's link is bound to."""
    return f"{number}/{code}"


def split_task(subject: str) -> tuple[str, str]:
    """Case number and task code of a task's link; `LinkError` for another kind of subject."""
    number, slash, code = subject.rpartition("/")
    if not slash:
        raise LinkError("链接不完整，请从最新的邮件中重新打开。")
    return number, code


__all__ = [
    "GUARDS",
    "BatchLink",
    "Desk",
    "PaymentLink",
    "PublicPage",
    "StatusLink",
    "TaskLink",
    "split_task",
    "task_subject",
]
