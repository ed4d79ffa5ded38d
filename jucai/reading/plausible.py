"""Whether a text can be what its label asks for: a name, a bank, a school. What cannot is shown to a person.

A value is never changed here. Words that give a bank or an address away are broad on purpose: they are to find what
was taken from the wrong place, not to judge how people write.
"""

import re

from jucai.reading.columns import table_words
from jucai.reading.text import fold, label_forms
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_PEOPLES = frozenset(
    [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
        "穿青人",
        "未识别",
        "外国血统中国籍人士",
    ]
)
_PERSON = re.compile(
    r"(?:[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff·•.．∙・]{3,30}|[A-Za-z][A-Za-z .,'·-]{1,40})$"
)
_ROLE = re.compile(r"[(（/、,，][^()（）]{1,12}[)）]?$")
_TELLING = {
    "school": r"大学|学院|学校|校|研究院|研究所|科学院|中心|University|College|Institute|School|Académie",
    "applied_university": r"大学|学院|学校|校|院",
    "applied_college": r"学院|系|部|所|中心|院|书院|实验室",
    "bank_name": r"银行|信用社|信用联社|支行|分行|营业部|农商|储蓄|合作社|邮储|[工农中建交招商徽]行|分理处|Bank",
    "education": r"研究生|本科|专科|大专|高中|中专|博士|硕士|学士|大学|初中|技校|职高|高职|中职|技师|博|硕",
    "degree": r"士|博|硕|无",
    "employer_address": r"[省市县区镇乡街路道村号室楼栋幢层座园港园社旗州盟组弄巷里]",
    "address": r"[省市县区镇乡街路道村号室楼栋幢层座园港园社旗州盟组弄巷里]",
    "house_address": r"[省市县区镇乡街路道村号室楼栋幢层座园港园社旗州盟组弄巷里]",
    "house_contract_no": r"\d",
    "house_cert_no": r"\d",
    "talent_cert_no": r"\d",
    "political_status": r"党|团|群众|无党|民主|民革|民盟|民建|民进|九三|台盟|致公|社员|会员|盟员|学社",
}
_ORGANISATION = re.compile(r"(?:公司|集团|工厂|大学|研究院|研究所|学校|医院|委员会)$")
_DEGREE = re.compile(r"([\u4e00-\u9fff]学)(?:学士|硕士|博士)$")
_SUBJECTS = frozenset(
    ["哲学", "法学", "文学", "理学", "工学", "农学", "医学", "林学", "药学", "史学", "兽医学", "数学", "科学"]
)
"""Of the disciplines in which degrees are given, those named in two characters; others are longer."""
_NAMES = {"name", "spouse_name", "employer_contact", "employer_legal_rep", "bank_account_name"}
_ORGANISATIONS = {"employer_name", "host_company_name", "arrival_from", "spouse_employer", "applied_university"}
_NOT_ORGANISATION = re.compile(
    r"[。；;!?！？]|意见|日期|年月日|[\d]{4}年\d|签[字名章]|[(（](?:盖章|公章|签章|印章|盖公章)[)）]|方法|装置"
    r"|[(（](?:用人|派出|接收|推荐|所在)?单位[)）]|(?<=[\u4e00-\u9fff)])\d{1,2}[.、](?=[\u4e00-\u9fff])"
)
_NUMBER = re.compile(r"[A-Za-z0-9\u4e00-\u9fff〔〕\[\]【】()（）第号字#_./\\—–-]{2,40}$")
_IN_NUMBER = re.compile(r"年\d{1,2}月\d{1,2}日|方法|装置|系统|[\u4e00-\u9fff]{9}")
_SIGNING = re.compile(
    r"(?:负责人|经办人|经办[:：]|审核人|复核人|复核[:：]|签字|签名|签章|盖章|公章|[(（](?:印|章)[)）]|提示|电话|热线|邮箱|填表|填写说明)"
    r"|(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}"
)
_COLON_LABEL = re.compile(r"([\u4e00-\u9fffA-Za-z()（）/]{2,16})[:：]")
_DATE = re.compile(r"(?:19|20)\d\d[年./-]\d{1,2}")
_MAY_BE_DATED = {
    "application_no", "house_contract_no", "house_cert_no", "talent_cert_no", "talent_category", "offered_treatment",
    "demand_title", "arrival_from",
}  # fmt: skip
_SHORTEST_TEXT = 2
_LONGER = _ORGANISATIONS | {
    "major",
    "school",
    "address",
    "employer_address",
    "house_address",
    "research_field",
    "bank_name",
}
"""What is never said in one character."""
_RAGGED = re.compile(r"^[/|:,;_.·—-]|[/|:,;_—-]$|[.·_]{4}|(?<=[\u4e00-\u9fff])\.$")
"""What stands between texts, at the edge of one: a neighbour's empty box or a dotted line came along."""
_CUT = re.compile(r"(?:有限|有限公|股份|责任|有限责任|股份有限|责任公|集)$")
"""A name that ends in the middle of 有限公司 or 集团: the rest of it is elsewhere."""
_MIXED = "可能混入了其他栏目的内容"
_UNLIKELY = "内容与栏目不符"
_NONE = "填写为“无”"


def doubt_of(key: str, value: str) -> str | None:  # noqa: PLR0911 - one answer for each kind of field
    """Return why `value` may not be what field `key` asks for, None where nothing speaks against it."""
    spec = FIELDS[key]
    if spec.type not in (FieldType.TEXT, FieldType.LONGTEXT):
        return None
    plain = fold(value)
    if plain == "无":
        return _NONE
    if spec.type is FieldType.LONGTEXT:
        return _of_prose(plain)
    if _is_torn(plain) or _holds_label(plain, prose=False) or key in (vocabulary().general.get(plain) or ()):
        return _MIXED
    if any(plain in words.columns for words in table_words().values()) and words_of_heads(plain):
        return _MIXED
    if len(plain) <= _LABEL_LENGTH and _LIKE_LABEL.search(plain) and vocabulary().knows(plain):
        return _MIXED
    if key not in _MAY_NAME_LABELS and _LABEL_WITHIN.search(plain, 1):
        return _MIXED
    if key in _NAMES:
        return _MIXED if plain.startswith(("姓名", "户名", "学校")) else _of_person(key, plain)
    if _is_mixed(key, plain) or (key not in _MAY_BE_DATED and _DATE.search(plain)):
        return _MIXED
    return _UNLIKELY if _is_unlikely(key, plain) else None


def _of_prose(plain: str) -> str | None:
    """Return why a text is no long text under its label."""
    if _holds_label(plain, prose=True):
        return _MIXED
    return _UNLIKELY if len(plain) < _SHORTEST_PROSE else None


def _is_torn(plain: str) -> bool:
    """Whether something foreign clings to a text, or a bracket lacks its other half: a part of it is elsewhere."""
    return bool(_RAGGED.search(plain)) or plain.count("(") != plain.count(")") or plain.count("〔") != plain.count("〕")


def _is_mixed(key: str, plain: str) -> bool:
    """Whether signs of another box stand in a text."""
    if key.endswith("_opinion"):
        return bool(_SIGNING.search(plain)) or bool(_OPENS_OPINION.match(plain)) or len(plain) < 2  # noqa: PLR2004 - 同意 is the shortest
    if key == "application_no":
        return bool(_IN_NUMBER.search(plain)) or not _NUMBER.match(plain)
    return key in _ORGANISATIONS and bool(_NOT_ORGANISATION.search(plain) or _CUT.search(plain))


def _is_unlikely(key: str, plain: str) -> bool:
    """Whether a text is no such thing as is asked for."""
    if len(plain) < _SHORTEST_TEXT and key in _LONGER:
        return True
    if key == "ethnicity":
        return plain.removesuffix("族") not in _PEOPLES and plain not in _PEOPLES
    if key == "position":
        return bool(_ORGANISATION.search(plain))
    if key == "degree" and (subject := _DEGREE.match(plain)) and subject[1] not in _SUBJECTS:
        return True
    return key in _TELLING and not re.search(_TELLING[key], plain)


def _of_person(key: str, plain: str) -> str | None:
    """Return why a text is no name of a person."""
    name = _ROLE.sub("", plain) if key in {"employer_contact", "employer_legal_rep"} else plain
    if key == "bank_account_name" and re.search(r"公司|企业|中心|大学|学院|医院|厂$", plain):
        return None
    return None if _PERSON.match(name) else _UNLIKELY


def _holds_label(plain: str, *, prose: bool) -> bool:
    """Whether a text begins with a label, or holds one that is followed by a colon."""
    words = vocabulary()
    for match in _COLON_LABEL.finditer(plain):
        text = match[1]
        if any(len(text) - start >= _LEAST and words.knows(text[start:]) for start in range(len(text))):
            return not prose or match.start() == 0
    if not prose and any(words.lists(plain[:end]) for end in range(_LEAST, min(len(plain), _PREFIX) + 1)):
        return True
    return not prose and len(plain) <= _LABEL_LENGTH and len(label_forms(plain)[0]) >= _LEAST and words.lists(plain)


def words_of_heads(plain: str) -> bool:
    """Whether a text is what the head of a column says, and cannot be a value: 排名, 成效, 起止时间."""
    return plain.endswith(("时间", "名称", "年月", "编号", "单位", "日期", "情况")) or plain in _HEADS


_OPENS_OPINION = re.compile(r"^(?:办理|审核|审批|审查|推荐|处理|签署)意见(?![:：])|^.{0,8}(?:日期|意见|时间)$")
_LIKE_LABEL = re.compile(r"(?:时间|日期|年月|编号|号码|名称|意见|情况|地址|电话|金额|类型|性质|姓名)(?:\([^()]*\))?$")
_LABEL_WITHIN = re.compile(
    r"所学专业|毕业院校|毕业学校|毕业时间|毕业年月|联系电话|手机号码|电子邮箱|身份证号|证件号码|出生年月|出生日期|政治面貌|工作单位"
    r"|现任职务|最高学历|最高学位|信用代码|开户银行|银行账号|银行卡号|填表日期|申请日期|联系人|法定代表人|注册资本|注册资金|邮政编码"
    r"|(?:邮编|手机|电话|邮箱|账号)[:：]?[\dA-Za-z]|通讯地址|家庭住址|研究方向|婚姻状况|(?<=[学院])专业|(?<=[大本科研究生])学位"
)
_MAY_NAME_LABELS = {
    "employer_opinion", "county_opinion", "city_opinion", "offered_treatment", "intended_school", "demand_title",
    "bank_account_name",
}  # fmt: skip
_HEADS = {
    "成效",
    "学校",
    "院校",
    "排名",
    "专业",
    "学位",
    "职务",
    "角色",
    "关系",
    "称谓",
    "姓名",
    "效果",
    "内容",
    "金额",
    "经费",
}
_SHORTEST_PROSE = 6
_LEAST = 3
_PREFIX = 8
_LABEL_LENGTH = 16
