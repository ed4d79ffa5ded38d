"""The agenda of a meeting as a paper to take along."""

from jucai.notices.contexts import AgendaMail
from jucai.notices.documents import typeset


def agenda_paper(agenda: AgendaMail) -> bytes:
    """The agenda as PDF; the same agenda gives the same bytes.

    Raises `MissingGlyphsError` where the fonts cannot write a name.
    """
    return typeset("agenda.typ.j2", doc=agenda)
