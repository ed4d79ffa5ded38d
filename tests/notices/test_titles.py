import pytest

from jucai.notices.specimen_documents import PAYMENT, PUBLICITY
from jucai.notices.titles import break_title, document_title


def test_a_short_title_stays_on_one_line() -> None:
    assert document_title(PAYMENT) == ("关于拨付高层次人才生活补贴资金的通知",)


def test_lines_set_by_hand_are_kept() -> None:
    assert document_title(PUBLICITY) == PUBLICITY.title_lines


@pytest.mark.parametrize(
    "title",
    [
        "关于2026年第二批高层次人才生活补贴拟发放人员名单的公示",
        "关于宜城市重点产业企业人才购房补贴和租房补贴审核结果的公示",
        "关于选派2026年度第一批“科技副总”和产业导师到企业任职人员名单的公示及有关事项的补充公告",
    ],
)
def test_a_long_title_is_balanced_and_breaks_no_phrase(title: str) -> None:
    lines = break_title(title, keep=("高层次人才生活补贴",))
    assert "".join(lines) == title
    assert all(len(line) <= 19 for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 9
    assert not any(line[0] in "的、，。）》”号" for line in lines)
    assert not any(("“" in line) != ("”" in line) for line in lines)
