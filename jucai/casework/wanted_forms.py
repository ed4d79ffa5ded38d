"""Blank forms on request: which programmes a letter asks about."""

import re
from collections import Counter

from jucai.policy import Programme
from jucai.store.bureau import Bureau
from models.fields import FORM_TITLES

# What is left of a title without the words that all of them share says which one is meant.
_SHARED = re.compile(
    r"补贴|补助|资助|奖励|人才|高层次|青年|申请表?|申报表?|认定|选派|选聘|登记|计划|项目|需求|企业"
    r"|[（）()、/]"
)
_MOST = 8
_LEAST_WORD = 2


def forms_wanted(bureau: Bureau, words: str) -> list[Programme]:
    """The programmes whose forms a letter asks for: those it names, else all this office takes today."""
    today = bureau.clock.now().date()
    ours = [
        programme
        for code in bureau.programmes.codes()
        if bureau.programmes.office_of.get(code) == bureau.settings.office
        and (programme := bureau.programmes.in_force(code, today)) is not None
    ]
    parts = Counter(part for programme in ours for part in _names(programme))
    named = [
        programme
        for programme in ours
        if programme.short_title in words or any(part in words and parts[part] == 1 for part in _names(programme))
    ]
    return (named or ours)[:_MOST]


def _names(programme: Programme) -> set[str]:
    titles = (programme.title, programme.short_title, FORM_TITLES.get(programme.form, ""), programme.form_title or "")
    return {part for title in titles for part in _SHARED.sub(" ", title).split() if len(part) >= _LEAST_WORD}
