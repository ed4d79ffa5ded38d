"""The page of a programme tells an applicant everything: who, what, how much, which documents, how long."""

from html import escape
from html.parser import HTMLParser

import pytest

from jucai.notices.guide import guide_of, render_guide, render_index
from jucai.policy import Programme, ProgrammeBook, load_programmes
from jucai.policy.telling import award_words, budget_words, paper_words, window_words
from tests.policy.conftest import ROOT

BOOK = load_programmes(ROOT)


class _Tags(HTMLParser):
    """Whether every tag is closed, and which addresses the page loads or leads to."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src"} and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def page(programme: Programme) -> str:
    office = BOOK.office(programme.code) if programme.code in BOOK.office_of else None
    return render_guide(guide_of(programme, office))


@pytest.mark.parametrize("programme", [pytest.param(p, id=p.code) for p in BOOK.programmes])
def test_every_programme_has_its_page(programme: Programme) -> None:
    html = page(programme)
    tags = _Tags()
    tags.feed(html)
    assert tags.open == []
    assert "script" not in tags.seen
    assert tags.addresses == [f"{programme.code.replace('/', '-')}.pdf"]
    for text in (programme.title, programme.who, programme.benefit, programme.remedies):
        assert text in html
    for paper in programme.papers:
        assert paper.title in html
    for stage in programme.active_stages:
        assert stage.shown_title in html
    picture = html[html.index("<svg") : html.index("</svg>")]
    assert all(escape(stage.shown_title) in picture for stage in programme.active_stages)
    assert ("示例：" in html) is programme.example
    assert ("本系统不受理" in html) is (programme.code not in BOOK.office_of)
    assert f"<b>{programme.clock.decision_days}</b> 个工作日内办结" in html


def test_amounts_and_their_parts_are_told_in_words(book: ProgrammeBook) -> None:
    purchase = book.get("anqing/housing-subsidy").awards[0]
    assert award_words(book.get("anqing/housing-subsidy"), purchase) == (
        "购房补贴（补贴类型为“购房补贴”的）：类别标准 A类 50万元、B类 30万元、C类 20万元、D类 10万元、E类 6万元；"
        "学历标准 博士 10万元、硕士 6万元、本科 3万元，取高者，不超过房款的50%。"
        "分3期发放：审定后 40%、审定后12个月 30%（须复核）、审定后24个月 30%（须复核）（第四条第一项）"
    )
    assert "年度预算1200万元" in budget_words(book.get("anqing/living-subsidy"))
    assert budget_words(book.get("anqing/housing-subsidy")) == ""
    lease = paper_words(book.get("anqing/housing-subsidy"))[1]
    assert lease[2] == (
        "补贴类型为“租房补贴”的需要；填写了租赁期限（起），且填写了租赁期限（止），且填写了月租金的，"
        "由市住建局租赁备案系统联审核验，不需提交"
    )
    assert window_words(book.get("examples/yidu/settle-in")) == (
        "每半年集中申报：上半年6月1日至6月30日；下半年12月1日至12月31日"
    )


def test_nothing_a_file_says_becomes_markup(book: ProgrammeBook) -> None:
    programme = book.get("anqing/annual-assessment").model_copy(update={"who": "<script>alert(1)</script>"})
    html = page(programme)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_list_leads_to_every_page(book: ProgrammeBook) -> None:
    programmes = [p for p in book.programmes if p.code in book.office_of]
    html = render_index([guide_of(p, book.office(p.code)) for p in programmes], "申报指南")
    tags = _Tags()
    tags.feed(html)
    assert tags.open == []
    for programme in programmes:
        assert f"{programme.code.replace('/', '-')}.html" in tags.addresses
