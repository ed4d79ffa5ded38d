"""Small types that all files of this room are made of."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema

from jucai.policy.checking import check
from jucai.policy.errors import ExpressionError
from jucai.policy.slips import meant_fact
from models.money import Money, MoneyError

_MOST_PER_CENT = 1000


class Value(BaseModel):
    """A frozen value read from a file; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_enum_values=False)


Text = Annotated[str, Field(min_length=1, max_length=2000)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]


def _expression(text: str, info: ValidationInfo) -> str:
    context = info.context or {}
    try:
        check(text, context.get("vocabulary"))
    except ExpressionError as error:
        raise ValueError(str(error)) from error
    return text


def _boolean(text: str, info: ValidationInfo) -> str:
    context = info.context or {}
    try:
        check(text, context.get("vocabulary"), result="bool")
    except ExpressionError as error:
        raise ValueError(str(error)) from error
    return text


def _yuan(raw: Any) -> Any:
    if isinstance(raw, Money):
        return raw
    if isinstance(raw, str | int | Decimal) and not isinstance(raw, bool):
        try:
            money = Money.from_yuan(raw)
        except MoneyError as error:
            raise ValueError(f"{error}；应为元数，如 12000 或 12000.50，不带“万”“元”") from error
        if money < Money(0):
            raise ValueError("金额不能小于零")
        return money
    if raw is None:
        raise ValueError("没有写金额；用 { } 写在一行时，金额里不能有逗号，5,000 应写 5000")
    raise ValueError("应为金额（元），如 12000 或 12000.50")


def _percent(value: Decimal) -> Decimal:
    if not 0 < value <= 100:  # noqa: PLR2004 - per cent
        raise ValueError("百分比应大于 0、不超过 100")
    return value


def _rate(value: Decimal) -> Decimal:
    if not 0 < value <= _MOST_PER_CENT:
        raise ValueError(f"比例应大于 0、不超过 {_MOST_PER_CENT}（%）")
    return value


def _text_or_number(raw: Any) -> Any:
    """A rule may be written as a bare number (`24`); it is still an expression."""
    return str(raw) if isinstance(raw, int | Decimal) and not isinstance(raw, bool) else raw


def _fact_key(key: str, info: ValidationInfo) -> str:
    vocabulary = (info.context or {}).get("vocabulary")
    if vocabulary is not None and key not in vocabulary:
        raise ValueError(f"没有叫“{key}”的项目{meant_fact(key, vocabulary)}；新项目请先写入 own_facts")
    return key


def _printed(raw: Any) -> Any:
    """What a form prints is text, even where it looks like a number or a yes."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw) if isinstance(raw, int | Decimal) else raw


FactKey = Annotated[str, AfterValidator(_fact_key), Field(min_length=1, description="表格项目，见 FIELDS")]
Printed = Annotated[
    str,
    BeforeValidator(_printed),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}],
            "description": "表上的内容；数字、是否可以不加引号",
        }
    ),
]
Expression = Annotated[str, AfterValidator(_boolean), Field(max_length=600, description="规则表达式，结果为是或否")]
Quantity = Annotated[
    str,
    BeforeValidator(_text_or_number),
    AfterValidator(_expression),
    Field(max_length=600),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}], "description": "规则表达式，结果为数量或文字"}),
]
Yuan = Annotated[
    Money,
    BeforeValidator(_yuan),
    WithJsonSchema(
        {"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}], "description": "金额（元）"}
    ),
]
Rate = Annotated[
    Decimal,
    AfterValidator(_rate),
    WithJsonSchema(
        {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": _MOST_PER_CENT,
            "description": "百分比，上浮的可以超过 100",
        }
    ),
]
Percent = Annotated[
    Decimal,
    AfterValidator(_percent),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100, "description": "百分比"}),
]
