"""The fields an application form can have: keys, standard wordings, types. Rooms speak of them by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class FieldType(StrEnum):
    """How a value is written once it has been normalised.

    text, longtext: no white space, NFKC. date: `YYYY-MM-DD`, `YYYY-MM` or 至今. idno, uscc: 18 characters.
    digits, phone: digits only. money, money_upper: whole 元. int, decimal: as a number. enum: one option.
    multi: options joined with 、 in printed order. bool: `true` or `false`.
    """

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    IDNO = "idno"
    DIGITS = "digits"
    PHONE = "phone"
    EMAIL = "email"
    USCC = "uscc"
    MONEY = "money"
    MONEY_UPPER = "money_upper"
    INT = "int"
    DECIMAL = "decimal"
    ENUM = "enum"
    MULTI = "multi"
    BOOL = "bool"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its key, standard Chinese wording, type and, for choices, the options in printed order.

    `sensitive` marks what is masked outside the office: numbers of identity, accounts, telephones, addresses.
    With a `formula` it stands on no form: a programme computes it from other facts. A cell of a programme's own table
    names the `table`, its `row` (from 1) and its `column`.
    """

    key: str
    label: str
    type: FieldType
    options: tuple[str, ...] = ()
    sensitive: bool = False
    formula: str = ""
    table: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One repeated block: its key, standard heading and columns from left to right."""

    key: str
    label: str
    columns: tuple[FieldSpec, ...]

    def column(self, key: str) -> FieldSpec:
        """Return the column called `key`; KeyError if the block has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


_T = FieldType


def _f(key: str, label: str, kind: FieldType = _T.TEXT, options: str = "", *, secret: bool = False) -> FieldSpec:
    return FieldSpec(key, label, kind, tuple(options.split()), secret)


_ALL = (
    _f("name", "姓名"),
    _f("sex", "性别", _T.ENUM, "男 女"),
    _f("birth_date", "出生年月", _T.DATE, secret=True),
    _f("ethnicity", "民族"),
    _f("nationality", "国籍"),
    _f("political_status", "政治面貌"),
    _f("native_place", "籍贯"),
    _f("marital_status", "婚姻状况", _T.ENUM, "未婚 已婚 离异", secret=True),
    _f("id_type", "证件类型"),
    _f("id_number", "身份证号码", _T.IDNO, secret=True),
    _f("phone", "联系电话", _T.PHONE, secret=True),
    _f("email", "电子邮箱", _T.EMAIL, secret=True),
    _f("address", "通讯地址", secret=True),
    _f("postal_code", "邮政编码", _T.DIGITS),
    _f("education", "学历"),
    _f("degree", "学位"),
    _f("school", "毕业院校"),
    _f("major", "所学专业"),
    _f("graduation_date", "毕业时间", _T.DATE),
    _f("professional_title", "职称"),
    _f("position", "职务"),
    _f("research_field", "研究方向"),
    _f("work_start_date", "参加工作时间", _T.DATE),
    _f("talent_category", "人才类别", _T.ENUM, "A类 B类 C类 D类 E类"),
    _f("talent_cert_no", "人才证书编号"),
    _f("intro_date", "引进时间", _T.DATE),
    _f("arrival_from", "引进前工作单位"),
    _f("employer_name", "工作单位"),
    _f("employer_uscc", "统一社会信用代码", _T.USCC),
    _f("employer_address", "单位地址"),
    _f("employer_nature", "单位性质", _T.ENUM, "国有企业 民营企业 外资企业 事业单位"),
    _f("employer_industry", "所属行业"),
    _f("employer_legal_rep", "法定代表人"),
    _f("employer_contact", "单位联系人"),
    _f("employer_contact_phone", "单位联系电话", _T.PHONE, secret=True),
    _f("employer_founded_date", "成立时间", _T.DATE),
    _f("employer_reg_capital", "注册资本", _T.MONEY),
    _f("employer_staff_count", "职工人数", _T.INT),
    _f("employer_rd_count", "研发人员数", _T.INT),
    _f("employer_sales", "上年度销售收入", _T.MONEY),
    _f("employer_rd_spend", "上年度研发投入", _T.MONEY),
    _f("contract_start", "劳动合同期限（起）", _T.DATE),
    _f("contract_end", "劳动合同期限（止）", _T.DATE),
    _f("social_security_start", "社保起缴时间", _T.DATE),
    _f("bank_name", "开户银行", secret=True),
    _f("bank_account", "银行账号", _T.DIGITS, secret=True),
    _f("bank_account_name", "户名", secret=True),
    _f("requested_amount", "申请金额", _T.MONEY),
    _f("requested_amount_upper", "申请金额（大写）", _T.MONEY_UPPER),
    _f("subsidy_type", "补贴类型", _T.ENUM, "生活补贴 购房补贴 租房补贴 交通补贴"),
    _f("subsidy_standard", "补贴标准", _T.MONEY),
    _f("subsidy_period_start", "申请补贴时段（起）", _T.DATE),
    _f("subsidy_period_end", "申请补贴时段（止）", _T.DATE),
    _f("subsidy_months", "补贴月数", _T.INT),
    _f("house_address", "房屋地址", secret=True),
    _f("house_area", "建筑面积", _T.DECIMAL),
    _f("house_price", "购房总价", _T.MONEY),
    _f("house_contract_no", "购房合同编号"),
    _f("house_contract_date", "购房合同签订时间", _T.DATE),
    _f("house_cert_no", "不动产权证号", secret=True),
    _f("rent_monthly", "月租金", _T.MONEY),
    _f("rent_start", "租赁期限（起）", _T.DATE),
    _f("rent_end", "租赁期限（止）", _T.DATE),
    _f("spouse_name", "配偶姓名", secret=True),
    _f("spouse_id_number", "配偶身份证号", _T.IDNO, secret=True),
    _f("spouse_employer", "配偶工作单位", secret=True),
    _f("has_local_house", "本地有无住房", _T.ENUM, "有 无"),
    _f("host_company_name", "服务企业名称"),
    _f("host_company_uscc", "企业统一社会信用代码", _T.USCC),
    _f("service_start", "任职期限（起）", _T.DATE),
    _f("service_end", "任职期限（止）", _T.DATE),
    _f("weekly_days", "每月在企工作天数", _T.INT),
    _f("applied_university", "拟聘高校"),
    _f("applied_college", "拟聘院系"),
    _f("mentor_type", "申报类型", _T.ENUM, "产业教授 产业导师 兼职教授"),
    _f("achievements", "主要业绩", _T.LONGTEXT),
    _f("work_plan", "工作计划", _T.LONGTEXT),
    _f("demand_title", "技术需求名称"),
    _f("demand_field", "技术领域"),
    _f("demand_desc", "技术需求描述", _T.LONGTEXT),
    _f("demand_count", "需求人数", _T.INT),
    _f("expert_requirements", "对专家的要求", _T.LONGTEXT),
    _f("project_budget", "预计投入经费", _T.MONEY),
    _f("coop_mode", "合作方式", _T.MULTI, "联合攻关 技术咨询 共建平台 人才培养 成果转化"),
    _f("intended_school", "意向高校院所"),
    _f("offered_treatment", "拟提供待遇"),
    _f("assessment_year", "考核年度", _T.INT),
    _f("onsite_days", "到岗天数", _T.INT),
    _f("patents_count", "专利数", _T.INT),
    _f("contracts_amount", "技术合同金额", _T.MONEY),
    _f("self_summary", "个人总结", _T.LONGTEXT),
    _f("assessment_level", "考核等次", _T.ENUM, "优秀 合格 基本合格 不合格"),
    _f("assessment_score", "考核得分", _T.DECIMAL),
    _f("employer_opinion", "用人单位意见"),
    _f("employer_opinion_date", "用人单位意见日期", _T.DATE),
    _f("county_opinion", "县（市、区）人社部门意见"),
    _f("county_opinion_date", "县（市、区）人社部门意见日期", _T.DATE),
    _f("city_opinion", "市人才办意见"),
    _f("city_opinion_date", "市人才办意见日期", _T.DATE),
    _f("application_date", "填表日期", _T.DATE),
    _f("application_no", "申请编号"),
    _f("commitment_checked", "本人承诺", _T.BOOL),
    _f("commitment_date", "承诺日期", _T.DATE),
)

FIELDS: Mapping[str, FieldSpec] = MappingProxyType({spec.key: spec for spec in _ALL})
"""Every field, by key, in the order in which an office would print them."""

_START = _f("start", "起始时间", _T.DATE)
_END = _f("end", "终止时间", _T.DATE)

_BLOCKS = (
    TableSpec(
        "education_history",
        "学习经历",
        (_START, _END, _f("school", "毕业院校"), _f("major", "所学专业"), _f("degree", "学历学位")),
    ),
    TableSpec("work_history", "工作经历", (_START, _END, _f("employer", "工作单位"), _f("position", "职务"))),
    TableSpec(
        "family_members",
        "家庭成员",
        (
            _f("relation", "与本人关系"),
            _f("name", "姓名", secret=True),
            _f("id_number", "身份证号码", _T.IDNO, secret=True),
            _f("employer", "工作单位", secret=True),
        ),
    ),
    TableSpec(
        "projects",
        "主持或参与的主要项目",
        (_f("name", "项目名称"), _START, _END, _f("role", "本人角色"), _f("amount", "经费", _T.MONEY)),
    ),
    TableSpec(
        "patents",
        "知识产权",
        (
            _f("name", "名称"),
            _f("number", "专利号"),
            _f("date", "授权时间", _T.DATE),
            _f("rank", "本人排名"),
        ),
    ),
    TableSpec(
        "subsidy_history",
        "已享受补贴情况",
        (_f("year", "年度", _T.INT), _f("kind", "补贴项目"), _f("amount", "金额", _T.MONEY)),
    ),
    TableSpec(
        "service_log",
        "服务记录",
        (_f("date", "日期", _T.DATE), _f("content", "服务内容"), _f("result", "成效")),
    ),
    TableSpec(
        "tech_demands",
        "技术需求清单",
        (_f("title", "需求名称"), _f("field", "技术领域"), _f("budget", "拟投入经费", _T.MONEY)),
    ),
)

TABLES: Mapping[str, TableSpec] = MappingProxyType({table.key: table for table in _BLOCKS})
"""Every repeated block, by key."""

FORM_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "living-subsidy": "高层次人才生活补贴申请表",
        "housing-subsidy": "购房/租房补贴申请表",
        "technology-deputy": "科技副总申报表",
        "industry-mentor": "产业导师（产业教授）申报表",
        "enterprise-demand": "企业科技副总需求表",
        "annual-assessment": "年度考核表",
    }
)
"""Form codes of the product and the titles they stand for."""
