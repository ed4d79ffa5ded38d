"""What an officer's reply decides. Only the unmistakable counts; a false approval is the one unforgivable error."""

import re
import unicodedata

from jucai.mailroom.kinds import ReplyDecision
from jucai.mailroom.signing import NAMED, SIGN_OFF, is_signed, without_date
from jucai.script import simplified

_MAX_WORDS = 300
_CODE = re.compile(
    r"(?:(?:回复|回覆|校验|验证|审批|确认)码|编码|编号|口令"
    r"|code)?[:： ]*(?<![A-Z0-9])(?=[A-Z0-9-]*\d)[A-Z0-9-]{4,24}(?![A-Z0-9])"
)
_GREETING = re.compile(
    r"^(?:(?:尊敬的)?(?:各位)?[\u4e00-\u9fff]{0,6}(?:老师|领导|科长|局长|处长|主任|同志|同事|科员"
    r"|书记)们?(?:好|您好)?|您好|你好|大家好|hi|hello|dear\w*)$"
)
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}|https?://\S{1,200}")
_FITS = re.compile(
    r"^(?:经|审核|核实|审查|初审|复审|该|此|同志|申请人|申报人|申请|申报|人选|材料|各项|条件|其|均|已|完全|都"
    r"|也)*+(?:符合|满足|达到|具备|属于)[^\s]{0,20}(?:标准|要求|规定|政策|类|条件)$"
)
# Dates after a signature; and words of the trade in which a sign of doubt is only a syllable (补贴, 研究生).
_DATE = re.compile(r"(?:19|20)\d{2} ?[-/.年] ?\d{1,2}(?: ?[-/.月] ?\d{1,2})?[日月]?")
_COMPOUNDS = re.compile(r"转(?:入|至|到)?下一(?:个)?(?:环节|步|级)|补贴|补助|研究(?:生|院|员|所)|改革|商务局|需求")
_GREETED = re.compile(r"(?<=好)[:：]")
_OFFICE = (
    r"(?:[省市县区]|开发区|高新区|经开区)?(?:委|政府)?"
    r"(?:人社局|人力资源和社会保障局|科技局|科学技术局|财政局|教体局|教育局|人才办|人才局|人才工作局|组织部)"
)
_CLAUSES = re.compile(r"[。.；;！!，,、\n\r]+|(?<=[\u4e00-\u9fff])[/—-]+(?=[\u4e00-\u9fff])")
_SUBJECT = (
    r"(?:已阅|签批|本次|此次|本件|该件|此件|这件|该申请|本申请|我这边|我这里|我们|本人|我局|我单位|我处|我科|我办|我|本局|本单位|人社局|科技局|财政局|教体局|审批意见|审核意见"
    r"|意见|结论|结果|"
    r"审批结果|审核结果|批示|答复|回复|经审核|经审查|经研究|经核实|经复核|经审议|经办人意见|一致|现|已|均|完全"
    r"|表示|[:：\"'])*+"
)
_OBJECT = (
    rf"(?:(?:上报|报送|报请|呈报|报){_OFFICE}(?:审定|审批|审核|备案|办理)?|"
    r"(?<=通过)(?:初审|复审|终审)(?=$)|该项|本次|津贴|这件|本件|此件|该件|[\u4e00-\u9fff·]{2,4}(?:同志|同学|先生|女士|老师|博士|教授)|该|此|本|其|上述|以上|同志|申请人|申请"
    r"|申报|上报|报送|呈报|推荐|认定|"
    r"通过|受理|办理|审批|审核|发放|拨付|给予|予以|享受|补贴|补助|生活|购房|租房|交通|高层次|青年|英才|人才"
    r"|计划|科技副总|产业导师|聘任|聘用|续聘|"
    r"转(?:入|至|到)?(?=下一)|列入|纳入|名单|人选|公示|进入|下一|环节|步骤|步|程序|流程|按|请|继续|尽快|及时|抓紧|后续|的|事项|项目"
    r"|资格|给|为|并|等|了|核准|公告|兑现|"
    r"[\"'])*+"
)
_APPROVE = re.compile(
    rf"^{_SUBJECT}(?:同意|予以同意|准予|批准|予以批准|准予通过|予以通过|审核通过|审批通过|审查通过|复审通过"
    rf"|初审通过|通过|核准|予以核准|照准){_OBJECT}$|^准$"
)
_APPROVE_EN = re.compile(r"^(?:i )?(?:agreed?|approved?|approve it|yes agreed)$")
_REFUSES = re.compile(
    rf"^(?:本次|该项|此次|(?:补贴)?申请(?=不予|不同意)|我科|我室|研究|决定|现)*+{_SUBJECT}(?:不同意|不予同意|不批准|不予批准|不通过|不予通过|未通过|审核不通过|审批不通过|审核未通过"
    rf"|审批未通过|否决|予以否决|驳回|予以驳回|不予认定|不予支持|拒绝)"
    # "不同意见较多", "拒绝不了", "驳回异议", "不同意他的说法" speak of something else than the application.
    r"(?!见|不|的|理由|异议|与否|或|[^,。;]{0,12}(?:看法|说法|观点|意见|做法|建议|决定|结论|方案|安排|时间))"
)
# What is refused must be the application: "不同意补贴标准" speaks of one point of it. Reasons may follow.
_REJECT = re.compile(rf"(?:{_REFUSES.pattern}){_OBJECT}(?:$|[:：]|因|由于|理由|原因|其|该|申请人|申报人|单位|材料|不)")
_REJECT_EN = re.compile(
    r"^(?:i )?(?:disagreed?|not agreed?|not approved?|rejected?|do not (?:agree|approve)|declined?)\b"
)
_RETURN = re.compile(
    rf"^{_SUBJECT}(?:请|建议)?(?:先)?(?:予以)?(?:将(?:材料|申请|该件|此件))?(?<!已)(?:退回|打回|返回|发回|退件)"
    r"(?!意见|的|与否|不|也|都|就|还是)(?:补正|补充|修改|重报|申请人|单位|材料|完善|重新|上一|初审|县区|重填|核实|请|给|至|到|，|,|$"
    r"|[\u4e00-\u9fff])"
)
_ASKS = re.compile(
    r"[?？]|吗|呢$|是否|能否|可否|要不要|该不该|是不是|怎么|如何|什么|为何|为什么|哪|不知|难道|请示|请教|待定"
)
_HEDGES = re.compile(
    r"原则|基本上?同意|大体|部分|暂|拟|建议|倾向|如果|若|假如|前提|条件|但|不过|然而|只是|可是|除|另外|除外|仅"
    r"|以外|除非|待|再议|再定|再说|"
    r"如(?!下|实|期)|要是|只要|一旦|倘|凡|的话|后同意|后再|之后|再同意|先|视情况|酌情|或者|或|可能|应该|应当"
    r"|好像|似乎|估计|个人认为|保留|有异议|疑"
    r"|不确定|需|须|补|缺|改|商|研究|讨论|"
    r"核实|确认|撤|收回|作废|取消|延|推迟|缓|误|点错|错|昨|上次|之前|曾|本来|原来|原先|本想|转办|委派|加签|转"
    r"|代|让|由|问"
)
_NEGATIONS = re.compile(r"不|没|未|无|非|否|别|勿|莫|拒|驳|退|反对|难以|难|not|no\b|don't|n't")
_HARMLESS = re.compile(
    r"^(?:ok|好|好的|收到|已核(?!实)|经核(?!实)|已审(?!核|查)|理由|原因|[:：]|材料|资料|情况|手续|信息|内容|数据|证明|附件|各项|申报|申请|该同志|该申请|经审核"
    r"|经核实|经审查"
    r"|经研究|已|均|都|全部|完全|"
    # The body that decided, not that it will: 经党组会研究, 经局长办公会审议.
    r"经[\u4e00-\u9fff]{0,4}(?:党组|党委|办公|局务|专题|联席|评审|评审委员)会议?(?:研究|审议|讨论)(?:决定)?|"
    rf"{_OFFICE}|经复核|经复审|经初审|没有意见|没意见|没有异议|没异议|(?:资金|经费|预算)(?:均|都)?已经?(?:落实|到位|安排|核定)(?:到位)?|拨付|发放|兑现|公示|公告|上报|报送|备案|及时|抓紧|"
    r"初审|复审|会审|终审|齐全|完整|属实|真实|有效|准确|清楚|合规|规范|无误|无异议|无意见|没有问题|没问题"
    r"|无问题|符合|政策|要求"
    r"|规定|条件|标准|达到|"
    r"审核|核实|审查|审阅|阅|悉|知悉|收悉|看过|请|按|程序|流程|办理|推进|继续|尽快|后续|下一|步|环节|谢谢|感谢"
    r"|辛苦|了|的|和|及|且|并|也|很|"
    r"通知|各位|大家|你们|邮件|来信|无不同意见|没有不同意见|本人|我局|我单位|我|经|以上|上述)*+$"
)
_CONTRARY = re.compile(r"(?<!不)(?<!不予)(?<!未)(?<!未予)(?:同意|批准|通过)")
_UNDOES = re.compile(
    r"但|其[他它余]|别的|(?<!不)可以|没问题|没有问题|没意见|如果|若|除非|暂|原则|建议|拟|可能|不退|\b(?:yet|unless|if|but|until)\b"
)
_OF_OTHERS = re.compile(r"^我?(?:同意|赞同|认同)[\u4e00-\u9fff]{1,10}的(?:意见|看法|判断|结论|说法)[:：]")
_CONCEDES = re.compile(r"^(?:我|我们|我局|我单位|本人)?(?:并不是|不是|并非)不(?:同意|支持|批准|认可)$")
_HOWEVER = re.compile(r"^(?:但是?|只是|而是|不过|可是)")
_CONSENTS = re.compile(r"^(?:我局|我单位|我处|我|均|对此)?(?:没有|无)(?:任何)?(?:不同意见|异议|意见|不同看法)$")
_PROCEEDS = re.compile(r"^请?(?:按|依)(?:照)?(?:程序|规定|流程)(?:报批|上报|办理|推进|公示|发放|拨付)$")
_SECTION = r"(?:财务[科处室]?|计财[科处]|财政局|业务科|人才科|(?:相关|有关)?科室|经办(?:人|同志|人员)?|工作人员)"
_DONE = r"(?:办理|公示|拨付|发放|兑现|推进|上报|报批|备案|通知申请人|告知申请人|通知本人|手续|后续|工作|事宜)"
_WELL = r"(?:尽快|及时|抓紧|(?:按|依)(?:照)?(?:程序|规定|流程|要求))"
# Only persons and offices that are named here: “重新”, “推迟” and “取消” stand in the same place as a name.
_SOMEBODY = rf"(?:{_SECTION}|[小老]{NAMED}|{NAMED}(?:[姐哥工]|科长|处长|主任|老师))"
_HIGHER = r"(?:局?领导|[局处科]长|主任|下一(?:个)?(?:环节|步|级))"
_OTHER = r"(?:财政|财务|计财|人才|人事|综合|业务|社保|公示|拨付)(?:科室?|处|局|办|中心|部)"
_PASSES_ON = re.compile(
    rf"^请{_SECTION}{_WELL}*{_DONE}+$|^请{_SOMEBODY}?{_WELL}+{_DONE}+$|^请{_SOMEBODY}(?:通知|告知)(?:申请人|申报人|本人)$"
    rf"|^请?{_WELL}?(?:转|报|送|交)(?:请)?(?:{_HIGHER}(?:审定|审批|审签|{_DONE})*|{_OTHER}(?:审定|审批|审签|{_DONE})+)$"
)
_WAITS = re.compile(r"再(?!次)|待(?!遇)|先|暂|考虑|商量|研究一下|可能|看看|核实后|商议|斟酌|等(?!次)")
# What was looked at, said as done: “看情况” and “核对材料” are still to come.
_LOOKED = re.compile(
    r"^(?:经(?:核对|查阅|比对|核查|审阅|查验)|已(?:核对|查阅|看)[了过]?|(?:核对|查阅|审阅|看)[了过])"
    r"(?:全部|相关|有关|社保|任职|学历|学位|合同|劳动合同|纳税|个税|银行|房产|购房|身份|人事|档案|系统|申报|申请|证明|和|及|与|、)*"
    r"(?:信息|材料|资料|情况|证明|合同|档案|记录|附件|表格?)$"
    r"|^我?(?:已经?|都|仔细)*(?:看|审)(?:过了?|了)$|^(?:材料|资料|附件)(?:已看|看过了?|已审|已阅)$"
)
_CHECK_FIRST = re.compile(
    r"请.{0,10}(?:核实|核查|审查|查清|查验|核对|复核|把关)"
    # Said without 已 or 经, and without what came of it, it is still to be done; 请审核 alone passes the case on.
    r"|^(?:核实|审查|审阅|审核|核对|查阅)(?:一下)?(?:材料|资料|情况|信息|内容|手续|证明|附件|数据|清楚)*$"
    r"|请审[核阅](?:材料|资料|情况|信息|内容|手续|证明|附件|数据)"
)
_BACK = re.compile(r"退回|打回|发回|返回|退件")


def _tidy(words: str) -> str:
    """Return the words in half-width, one case, without codes, bullets and pictures."""
    text = simplified(unicodedata.normalize("NFKC", words))
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cf", "So"} or char in "①②③")
    text = without_date(_DATE.sub(" ", _CONTACT.sub(" ", text)))
    text = _GREETED.sub(",", text)
    # What stands in brackets or quotation marks, or apart from the rest, is a clause of its own.
    text = re.sub(r"[“”„『』「」《》【】\[\]()（）*#~]", ",", text)
    text = _CODE.sub(" ", text.upper()).lower().strip()
    text = re.sub(
        r"(?<=[\u4e00-\u9fff]{2})[ \u3000\t]+(?=[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]\s*(?:[,\n]|$)|[a-z])", ",", text
    )
    return re.sub(r"(?:(?<=^ok)|(?<=^好))[ \u3000\t]+(?=[\u4e00-\u9fff]{2})", ",", text)


def _clauses(text: str) -> list[str]:
    found: list[str] = []
    for line in _CLAUSES.split(text):
        clause = re.sub(r"\s+", "", line) if not line.isascii() else re.sub(r"\s+", " ", line).strip()
        clause = clause.strip("-_—:：\"' ")
        greets = _GREETING.match(clause) is not None and (not found or clause.endswith("好"))
        if clause and not greets and not SIGN_OFF.match(clause):
            found.append(clause)
    while len(found) > 1 and _is_signature(found[-1]):
        found.pop()
    return found


def _is_signature(clause: str) -> bool:
    """Tell whether a last clause is a name, an office or how to reach it, and no word that could matter."""
    if _NEGATIONS.search(clause) or _HARMLESS.match(clause) or _is_approval(clause):
        return False
    return is_signed(clause)


def _is_approval(clause: str) -> bool:
    return bool(_APPROVE.match(clause) or _APPROVE_EN.match(clause)) and not _doubts(clause)


def _doubts(clause: str) -> bool:
    """Tell whether a clause hedges, conditions or speaks of another time or person."""
    return _HEDGES.search(_COMPOUNDS.sub("", clause)) is not None


def read_decision(words: str) -> ReplyDecision:
    """Return what the officer's own words decide; anything asked, hedged, mixed or long is UNCLEAR.

    An approval must be a clause of its own, and nothing beside it may doubt, ask, negate or add a condition.
    A rejection may give its reasons, unless these speak of agreeing or of returning.
    """
    text = _tidy(words)
    if not text or len(text) > _MAX_WORDS or _ASKS.search(text):
        return ReplyDecision.UNCLEAR
    clauses = _clauses(text)
    if not clauses:
        return ReplyDecision.UNCLEAR
    plain = _without_others(clauses)
    decision = _decided(plain) if plain else ReplyDecision.UNCLEAR
    # What was set aside speaks of agreeing: beside it only a refusal or a return is unmistakable.
    return ReplyDecision.UNCLEAR if decision is ReplyDecision.APPROVE and plain != clauses else decision


def _without_others(clauses: list[str]) -> list[str]:
    """Return the clauses without “I agree with what A says: …”, and without “it is not that I disagree, but”."""
    found: list[str] = []
    for clause in clauses:
        own = _OF_OTHERS.sub("", clause, count=1)
        if found and _CONCEDES.match(found[-1]) and _HOWEVER.match(own):
            found[-1] = _HOWEVER.sub("", own, count=1)
        elif own:
            found.append(own)
    return [clause for clause in found if clause]


def _decided(clauses: list[str]) -> ReplyDecision:
    text = ",".join(clauses)
    first, rest = clauses[0], clauses[1:]
    if _REJECT.match(first) or _REJECT_EN.match(first):
        mixed = any(pattern.search(text) for pattern in (_CONTRARY, _BACK, _UNDOES, _WAITS))
        return ReplyDecision.UNCLEAR if mixed else ReplyDecision.REJECT
    if _RETURN.match(first):
        mixed = re.search(r"同意|批准|通过|不予|不退|驳回|但|除非", text) is not None
        return ReplyDecision.UNCLEAR if mixed else ReplyDecision.RETURN
    return _approval(clauses) if rest or _is_approval(first) else ReplyDecision.UNCLEAR


def _says_nothing_else(clause: str) -> bool:
    """Tell whether a clause beside an approval takes nothing from it; what is to be checked first is a condition."""
    if _CHECK_FIRST.search(clause):
        return False
    return bool(_HARMLESS.match(clause) or _PASSES_ON.match(clause) or _LOOKED.match(clause)) or _only_fits(clause)


def _only_fits(clause: str) -> bool:
    """Tell whether a clause says no more than that something meets its conditions."""
    bare = clause.removesuffix("条件")
    return _FITS.match(clause) is not None and not _doubts(bare) and not _NEGATIONS.search(bare)


def _approval(clauses: list[str]) -> ReplyDecision:
    approving = [clause for clause in clauses if _is_approval(clause)]
    if not approving and any(map(_CONSENTS.match, clauses)):
        approving = [clause for clause in clauses if _PROCEEDS.match(clause)]
    others = [clause for clause in clauses if clause not in approving]
    if approving and all(map(_says_nothing_else, others)):
        return ReplyDecision.APPROVE
    # Reasons before or behind: “经审核，社保不足，不同意。” is one, “材料不全，退回补正” the other.
    if not approving and not any(_CONTRARY.search(clause) or _UNDOES.search(clause) for clause in others):
        refusing = [clause for clause in others if _REJECT.match(clause)]
        if refusing and not any(_BACK.search(clause) or _WAITS.search(clause) for clause in others):
            return ReplyDecision.REJECT
        back = [clause for clause in others if _RETURN.match(clause)]
        if back and not any(_REFUSES.match(clause) for clause in others):
            return ReplyDecision.RETURN
    return ReplyDecision.UNCLEAR
