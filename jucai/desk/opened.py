"""A task opened by its link: the case, the task, and every paper its officer may see."""

from dataclasses import dataclass

from fastapi import Request

from jucai.approval.refusals import NotYours, UnknownTask
from jucai.approval.state import TaskState
from jucai.approval.substituting import acts_for
from jucai.desk.casefile import CaseFile, open_file
from jucai.desk.guards import TaskLink
from jucai.desk.objection import Objection, objection_of
from jucai.desk.surroundings import Desk, desk_of
from jucai.store.database import reading
from jucai.store.links import form_nonce
from jucai.store.substitutes import substitutions
from models.letters import Document


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """What stands behind the link of one task."""

    desk: Desk
    link: TaskLink
    file: CaseFile
    task: TaskState
    objection: Objection | None

    @property
    def here(self) -> str:
        """The address of the task's page."""
        return f"/t/{self.link.token}"

    def nonce(self, revision: int) -> str:
        """The nonce of the task's form, bound to link, officer and the revision that was seen."""
        return form_nonce(self.desk.bureau, self.link.token, revision)

    def document(self, document_id: int) -> Document | None:
        """One of the papers this officer may see: the case's own, or those of the objection to look into."""
        files = [*self.file.documents, *(self.objection.files if self.objection else ())]
        return next((document for document in files if document.id == document_id), None)


def open_task(request: Request, link: TaskLink) -> OpenedTask:
    """The task behind a link; it stays visible to whoever was asked or has decided, to nobody else.

    Raises:
        UnknownTask: the case has no such task.
        NotYours: the officer is not, or no longer, asked.
    """
    desk = desk_of(request)
    with reading(desk.bureau.engine) as session:
        file = open_file(session, desk, link.number)
        task = file.state.task(link.task)
        if task is None:
            raise UnknownTask(link.task)
        acting = substitutions(session, desk.bureau.clock.now().date())
        for_whom = acts_for(task.officers, link.officer, desk.bureau.clock.now().date(), acting)
        if for_whom is None and link.officer != task.decided_by:
            raise NotYours(file.names.person(link.officer))
        return OpenedTask(desk, link, file, task, objection_of(session, file, task))
