"""Every state, verb and event has its Chinese word, and every event its sentence."""

import pytest

from jucai.approval import events as ev
from jucai.approval import labels
from jucai.approval.state import PartState, Phase, TaskPurpose, TaskStatus, Verdict
from jucai.desk.history import lines
from jucai.desk.names import Names
from jucai.policy import Outcome
from models.effects import OutboxState, PaymentState
from models.letters import DocumentState, LetterOutcome, LetterState
from tests.desk.town import LIVING, Opener, Town


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (labels.PHASE_LABELS, Phase),
        (labels.PHASE_PUBLIC_LABELS, Phase),
        (labels.TASK_STATUS_LABELS, TaskStatus),
        (labels.PURPOSE_LABELS, TaskPurpose),
        (labels.VERDICT_LABELS, Verdict),
        (labels.PART_STATE_LABELS, PartState),
        (labels.PAYMENT_STATE_LABELS, PaymentState),
        (labels.OUTBOX_STATE_LABELS, OutboxState),
        (labels.LETTER_STATE_LABELS, LetterState),
        (labels.LETTER_OUTCOME_LABELS, LetterOutcome),
        (labels.DOCUMENT_STATE_LABELS, DocumentState),
        (labels.FINDING_LABELS, Outcome),
    ],
)
def test_every_member_has_a_word_of_its_own(words: dict[str, str], members: type) -> None:
    assert set(words) == set(members)
    assert all(words.values())
    assert len(set(words.values())) == len(words)


def test_every_event_has_a_heading() -> None:
    assert set(labels.EVENT_LABELS) == set(ev.Event.__args__)


def test_every_pair_of_purpose_and_verdict_has_a_word() -> None:
    assert labels.verdict_label(Verdict.APPROVE) == "同意"
    assert labels.verdict_label(Verdict.APPROVE, TaskPurpose.OBJECTION) != "同意"
    assert all(labels.verdict_label(verdict, purpose) for verdict in Verdict for purpose in TaskPurpose)


def test_the_whole_life_of_a_case_is_told_in_sentences(town: Town, application: Opener) -> None:
    number = application(doubtful={"bank_account": "印章遮挡"})
    path = town.task_path(number)
    town.post(f"{path}/verify", {**town.fields(path), "value-bank_account": "6217000000000001"})
    town.until(number, "publicity")
    town.publish(number)
    town.move_to(2026, 7, 13)
    town.advance(number)
    names = Names(town.bureau.office, town.bureau.programmes.get(LIVING))
    told = {line.title: line.text for line in lines(town.history(number), names)}
    assert told["收到申请并立件"] == "示例1申请生活补贴，随信材料 1 件"
    assert told["转经办人核验"] == "银行账号"
    assert told["经办人完成核验"] == "确认：银行账号"
    assert told["正式受理"] == "2026年7月6日受理，承诺2026年8月3日前办结"
    assert told["核定金额并排定发放"] == "合计 12,000.00 元，分 2 期发放"
    assert told["公示期满"] == "至2026年7月13日无未决异议"
    assert not any(word in text for text in told.values() for word in ("None", "rcj", "approve"))
