"""What speaks for a kind is data with reasons: read strictly, weighed openly, and even sums go to a person."""

import re
import time

import pytest

from jucai.mailroom.evidence import EvidenceError, read_signs, weigh
from jucai.mailroom.kinds import LetterKind
from jucai.mailroom.speech import Speech, folded
from tests.mailroom.phrases import PHRASES

K = LetterKind
MAKE = {
    "+": "sends", "-": "sends_nothing", "r": "answers_us", "b": "answers_correction", "o": "case_open",
    "c": "case_correcting",
}  # fmt: skip
FOLDED = {K.OBJECTION: K.OTHER, K.STATUS_QUESTION: K.OTHER, K.FORM_REQUEST: K.OTHER}


def kind_of(make: str, subject: str = "", words: str = "", names: str = "") -> LetterKind:
    structure = ["anyone", *(MAKE[one] for one in make)]
    return weigh(structure, {"subject": subject, "words": words, "names": names}).kind


@pytest.mark.parametrize(("kind", "make", "subject", "words", "names"), PHRASES)
def test_a_short_letter_is_known(kind: str, make: str, subject: str, words: str, names: str) -> None:
    found = kind_of(make, subject, words, names)
    assert kind in {found, FOLDED.get(found, found)}


@pytest.mark.parametrize(
    ("text", "mode", "holds"),
    [
        ("我要撤回申请。", "stated", True),
        ("请问能撤回申请吗？", "stated", False),
        ("如果撤回申请，明年还能报", "stated", False),
        ("麻烦您帮我撤回，可以吗", "stated", True),
        ("请问能撤回申请吗？谢谢", "asked", True),
        ("我要撤回申请。您那边忙吗？", "asked", False),
        ("烦请撤回", "wanted", True),
        ("已经撤回", "wanted", False),
        ("已经撤回", "any", True),
        ("老师您好 我想撤回 谢谢", "stated", True),
    ],
)
def test_a_sentence_has_a_mood_of_its_own(text: str, mode: str, holds: bool) -> None:  # noqa: FBT001 - a table
    assert Speech(text).holds(re.compile("撤回"), mode) is holds


def test_a_pattern_does_not_reach_beyond_its_sentence() -> None:
    assert not Speech("我要撤回。申请表在附件").holds(re.compile("撤回.*申请"), "any")


def test_signs_are_read_in_half_width_simplified_lower_case() -> None:
    assert folded("申請撤回ＡＢＣ１") == "申请撤回abc1"


@pytest.mark.parametrize(
    ("weights", "kind"),
    [
        ("spam 2, supplement 2", K.OTHER),
        ("spam 2, supplement 1.5", K.SPAM),
        ("withdrawal 3, supplement 1.5", K.OTHER),
        ("withdrawal 3, supplement 1", K.WITHDRAWAL),
        ("spam -1, supplement 0", K.OTHER),
    ],
)
def test_even_sums_and_a_close_withdrawal_go_to_a_person(
    monkeypatch: pytest.MonkeyPatch, weights: str, kind: LetterKind
) -> None:
    signs = read_signs(f"sign a | 理由 | {weights}")
    monkeypatch.setattr("jucai.mailroom.evidence._signs", lambda: signs)
    assert weigh(["a"], {"subject": "", "words": "", "names": ""}).kind is kind


def test_the_reasons_of_a_kind_are_told_strongest_first() -> None:
    found = weigh(["anyone", "sends_nothing"], {"subject": "撤回", "words": "本人申请撤回。", "names": ""})
    assert found.kind is K.WITHDRAWAL
    assert found.why[:2] == ("要求撤回申请", "主题为撤回")


@pytest.mark.parametrize(
    "line",
    [
        "sign nameless",
        "sign a | 理由 | nonsense 1",
        "sign a | 理由 | spam much",
        "sign a | 理由 | spam 1\n  in nowhere",
        "sign a | 理由 | spam 1\n  mode loudly",
        "sign a | 理由 | spam 1\n  in words\n  ~ (",
        "sign a | 理由 | spam 1\n  in words\n  ~ {unknown}",
        "  ~ orphan\n  with a",
    ],
)
def test_a_line_that_cannot_be_understood_is_named(line: str) -> None:
    with pytest.raises(EvidenceError, match=r"第 \d+ 行"):
        read_signs("# remark\n" + line)


@pytest.mark.parametrize(
    "piece",
    ["撤", "请", "不再", "不想不", "我申请材料", "a", "，，", "查询请问", "公示", "收到", "您的邮箱", "1", "？"],
)
def test_no_pattern_takes_long_over_a_long_letter(piece: str) -> None:
    text = (piece * 4_000)[:4_000]
    started = time.process_time()
    weigh(["anyone", "sends"], {"subject": text[:1_000], "words": text, "names": text[:1_000]})
    assert time.process_time() - started < 1.0
