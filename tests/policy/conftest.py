"""The shipped programmes, and a way to write small ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jucai.policy import Office, Programme, ProgrammeBook, WorkCalendar, load_office, load_programmes
from jucai.policy.book import check_programme
from jucai.policy.yamlfile import parse

ROOT = Path(__file__).parents[2] / "programmes"

SMALL = """\
code: town/small
title: 小额补贴
short_title: 小额
kind: subsidy
form: living-subsidy
number_prefix: SUB
example: true
issuer: 某局
valid: {from: 2024-01-01}
source: [{grade: 示例, note: 测试}]
basis: [{title: 测试办法, articles: [第一条]}]
summary: 测试
who: 测试
benefit: 测试
own_facts:
  score: {label: 得分, type: decimal}
  married: {label: 已婚, type: bool}
needs: [{fact: name, standard: 姓名}]
stages: [{code: check, title: 核对, kind: any_of, units: [rsj]}]
remedies: 可以申诉
examples: [{title: 例, on: 2024-01-01, facts: {name: 某}}]
"""
AWARD = "awards: [{title: 补贴, figure: %s, schedule: %s}]\n"
ONCE = "{kind: once}"
MakeProgramme = Callable[..., Programme]


@pytest.fixture(scope="session")
def book() -> ProgrammeBook:
    return load_programmes(ROOT)


@pytest.fixture(scope="session")
def office() -> Office:
    return load_office(ROOT / "anqing" / "office.yaml")


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return WorkCalendar.load(ROOT / "calendar" / "cn.json")


@pytest.fixture
def make() -> MakeProgramme:
    """Makes a small programme with this figure, schedule and further lines of YAML; `awards` replaces them."""

    def _make(
        figure: str = "{kind: fixed, yuan: 100}", schedule: str = ONCE, more: str = "", awards: str = ""
    ) -> Programme:
        text = SMALL + (awards or AWARD % (figure, schedule)) + more
        return check_programme(parse(text.encode(), "small.yaml"))

    return _make
