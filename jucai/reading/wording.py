"""Labels reduced to what they ask for: two wordings of one question have one skeleton."""

import re
from functools import lru_cache

_WHO = re.compile(
    r"^(?:申请人|申报人|申领人|承诺人|被考核人|考核对象|被推荐人|推荐人选|候选人|拟聘人员|引进人才|受聘人|本人|个人|专家|导师)(?:的)?"
)
_ASKING = re.compile(r"^(?:请?如实)?填写|^请填|(?:如有|没有可不填|选填|必填|可不填|请注明|请填写|据实填写)$")
_REWRITES = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"年月日|年月|日期|时间|年份", "时"),
        (r"证书?号码|证书?编号|证书?号", "证号"),
        (r"号码|编号|账号|帐号", "号"),
        (r"名称|全称", ""),
        (r"数量|人数|总数|数目", "数"),
        (r"类别|类型|种类", "类"),
        (r"金额|总额|数额|额度", "额"),
        (r"资金|经费|费用", "费"),
        (r"地址|住址|住所|地点", "址"),
        (r"起止时|起讫时|起止|起讫|期限|时段|期间", "期"),
        (r"手机号|移动电话|联系电话|联系方式|电话号|联络电话|手机|电话", "话"),
        (r"院校|学校|高校|大学", "校"),
        (r"营业收入|销售收入|销售额|营收", "销售"),
        (r"(?:上一?年度|上年|去年|上一年)", "上年"),
        (r"[的之所现]", ""),
        (r"[和与及、/]", "&"),
    )
)
_LEAST = 2


@lru_cache(maxsize=8192)
def skeleton(label: str) -> str:
    """Return what `label` (folded, without ornament) asks for; empty if too little is left to tell.

    Who is asked, politeness, and the choice among words of one meaning (日期 or 时间, 号码 or 编号) do not count.
    """
    text = _ASKING.sub("", label)
    bare = _WHO.sub("", text)
    if len(bare) >= _LEAST:
        text = bare
    for pattern, plain in _REWRITES:
        text = pattern.sub(plain, text)
    return text if len(text) >= _LEAST else ""
