"""A clerk compares what the reader was unsure of with the picture of the page."""

from jucai.approval.state import Phase
from tests.desk.town import Opener, Town

VALID = "340802199001010012"  # nobody's: an example with a fitting check digit
DOUBTFUL = {"id_number": "第 11 位看不清", "bank_account": "印章遮挡"}


def test_each_doubtful_field_stands_beside_its_place_on_the_page(town: Town, application: Opener) -> None:
    path = town.task_path(application(doubtful=DOUBTFUL))
    page = town.client.get(path).text
    assert "没有把握" in page
    assert f"{path}/place/id_number.png" in page
    assert "印章遮挡" in page
    assert 'value="34080219900101001X"' in page
    picture = town.client.get(f"{path}/place/id_number.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_confirming_without_a_change_accepts_the_case(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL, id_number=VALID)
    path = town.task_path(number)
    form = {
        **town.fields(path),
        "value-id_number": VALID,
        "value-bank_account": "6217000000000000",
    }
    assert town.post(f"{path}/verify", form).status_code == 303
    state = town.state(number)
    assert state.phase is Phase.IN_STAGES
    assert state.facts["id_number"].source == "person"
    assert "您的意见已记录：已核验" in town.client.get(path).text


def test_a_corrected_value_is_normalised_before_it_is_recorded(town: Town, application: Opener) -> None:
    number = application(doubtful={**DOUBTFUL, "subsidy_period_end": "换行"})
    path = town.task_path(number)
    form = {
        **town.fields(path),
        "value-id_number": " ３４０８０２ 19900101 0012 ",
        "value-bank_account": "6217 0000 0000 0001",
        "value-subsidy_period_end": "二〇二五年十二月",
    }
    assert town.post(f"{path}/verify", form).status_code == 303
    values = town.state(number).values()
    assert values["id_number"] == VALID
    assert values["bank_account"] == "6217000000000001"
    assert values["subsidy_period_end"] == "2025-12"


def test_a_wrong_check_digit_is_shown_in_place_and_everything_typed_is_kept(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL)
    path = town.task_path(number)
    form = {
        **town.fields(path),
        "value-id_number": "340802199001010011",
        "value-bank_account": "6217 0000 0000 9999",
    }
    answer = town.post(f"{path}/verify", form)
    assert answer.status_code == 422
    assert "校验位不符" in answer.text
    assert 'value="6217 0000 0000 9999"' in answer.text
    assert town.state(number).phase is Phase.VERIFYING
    insisting = {**form, **town.fields("", answer.text), "insist-id_number": "1"}
    assert town.post(f"{path}/verify", insisting).status_code == 303
    assert town.state(number).values()["id_number"] == "340802199001010011"


def test_what_is_no_date_cannot_be_insisted_on(town: Town, application: Opener) -> None:
    path = town.task_path(application(doubtful={"subsidy_period_end": "换行"}))
    form = {**town.fields(path), "value-subsidy_period_end": "明年底", "insist-subsidy_period_end": "1"}
    assert town.post(f"{path}/verify", form).status_code == 422


def test_a_value_the_reader_was_sure_of_can_be_corrected_too(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL)
    path = town.task_path(number)
    form = {**town.fields(path), "value-employer_name": "安庆宜江新材料股份有限公司"}
    town.post(f"{path}/verify", form)
    assert town.state(number).values()["employer_name"] == "安庆宜江新材料股份有限公司"


def test_a_required_field_that_was_not_read_can_be_filled_in(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL, bank_name="")
    path = town.task_path(number)
    assert "必填但没有读到" in town.client.get(path).text
    town.post(f"{path}/verify", {**town.fields(path), "value-bank_name": "示例银行安庆分行"})
    assert town.state(number).values()["bank_name"] == "示例银行安庆分行"
    assert town.state(number).phase is Phase.IN_STAGES


def test_fields_the_page_did_not_ask_for_are_not_taken(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL)
    path = town.task_path(number)
    town.post(f"{path}/verify", {**town.fields(path), "value-spouse_name": "混入的人"})
    assert "spouse_name" not in town.state(number).values()


def test_a_verification_is_done_once(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL)
    path = town.task_path(number)
    form = {**town.fields(path), "value-bank_account": "6217000000000001"}
    town.post(f"{path}/verify", form)
    late = town.post(f"{path}/verify", {**form, "value-bank_account": "6217000000000002"})
    assert late.status_code == 409
    assert "未生效" in late.text
    assert town.state(number).values()["bank_account"] == "6217000000000001"


def test_general_doubts_are_told_even_where_no_field_is_in_doubt(town: Town, application: Opener) -> None:
    path = town.task_path(application(doubts=("来信的发件人未通过验证（疑似冒名），请先与申请人核实",)))
    assert "疑似冒名" in town.client.get(path).text


def test_a_verification_cannot_be_decided_like_a_stage(town: Town, application: Opener) -> None:
    number = application(doubtful=DOUBTFUL)
    path = town.task_path(number)
    answer = town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve"})
    assert answer.status_code == 422
    assert town.state(number).phase is Phase.VERIFYING
