"""What stands behind an officer's decision without being part of it: a name, a date, an office, how to reach it.

A name is one only if nothing else could be meant: 高价, 万一, 方能, 金额 begin with family names too. What is not
certainly a signature is read as words, and words beside an approval are asked back.
"""

import re

_PLAIN = (
    "王李张刘陈杨赵吴徐孙朱林郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡丁魏薛叶阎潘杜姜姚谭廖邹熊陆郝崔邱"
    "秦侯邵孟尹黎乔赖龚闫葛储褚俞柳鲍戚陶窦汪程周贾胡夏倪樊殷翁詹"
)
"""Family names that, standing last and alone, mean nothing else."""
_OTHERS = "黄高何马于查钱田任范方石钟金江史顾孔白康毛段雷汤易常武贺文洪施章卫凤华严龙万戴余許许安费季向关单时成盛房裴项"
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|令狐|皇甫|慕容|尉迟|夏侯|公孙"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华慧巧美玲红玉兰燕彬斌鹏辉飞凯俊浩宇轩博文志建国庆海波峰刚健龙林松"
    "柏森树荣富贵福祥瑞琪琳琴雪梅莉莎莹颖婷婕妍倩雯霞云蕾薇佳嘉怡欣悦晨晓旭阳亮亚东胜兴昌泽润淑珍珊琼瑶瑜瑾璐"
    "璇珺宁康泰平顺仁义智诚忠孝恒永德学思远宏弘鸿雁翔鑫锋铭钧锐栋梁楠桐榕桂菊莲荷蓉芸苗萍茜菲蓓蕊冰洁清源淼淮"
    "滨潇汉沛沐洪涵军民根生宝春秋冬夏兵彪毅峻岭川山辰昊哲睿诗梦雨露丹彤君萱芝芬芹茂蓝宗绍世继承祖良贤俭惠群星"
    "友培增振启伯仲叔季奇铁钢胤烨晔炜炎焱煜灿婉"
)
_MORE_GIVEN = "卫保全发书长金大小子先立新"
"""Given names too, but behind a family name that is itself a word they make words: 余金, 高大, 许先."""
_WORDS = re.compile(
    r"^(?:高明|高兴|高强|高峰|高洁|安宁|安静|安康|安平|安顺|严明|严峻|华丽|华美|万世|万全|万金|常青|江山|江东|金华|江海|成林|成文|成群"
    r"|文明|文学|黄海|黄山|白云|石林|康健|康宁|毛发|于民|易友|周全|周长|程序|夏季|夏秋|史学|时贤|单俊|常胜|成世|贺全|江川|江源"
    r"|金贵|金石|方兴|凤凰|武德|武艺)$"
)
_TITLES = "科长|科员|局长|处长|主任|书记|部长|院长|所长|县长|区长|镇长|老师|局|处|科|主席|总|工"
NAMED = f"[{_PLAIN}]"
"""A family name that means nothing else, as a pattern."""
_ALONE = rf"(?:[{_PLAIN}]|[老小][{_PLAIN}{_OTHERS}])"
_NAME = (
    rf"(?:[{_PLAIN}][{_GIVEN}{_MORE_GIVEN}]{{1,2}}|(?:[{_OTHERS}]|{_DOUBLE})[{_GIVEN}]{{1,2}}"
    rf"|(?:[{_PLAIN}{_OTHERS}]|{_DOUBLE})副?(?:{_TITLES})|张三|李四|王五|赵六)"
)
_ROLE = r"(?:(?:审批|审核|经办|签字|签批|签名|负责|复核|初审|分管领导|科室负责)人?[:：]?)?"
_SURNAMES_LATIN = (
    "wang|li|zhang|liu|chen|yang|zhao|huang|zhou|wu|xu|sun|hu|zhu|gao|lin|guo|luo|liang|zheng|xie|han|tang|feng|dong"
    "|xiao|cheng|cao|yuan|deng|shen|zeng|peng|jiang|cai|wei|xue|pan|du|dai|xia|zhong|tian|yao|liao|zou|qian|qin"
)
_GIVEN_LATIN = (
    "wei|jun|ming|hua|li|jie|tao|lei|yang|qiang|fang|min|jing|yan|juan|chao|gang|peng|hui|bin|bo|ping|xin|ying|hong|yu|xia|fei"
    "|jian|hao|kai|feng|lin|dong|liang|qing|rong|yun|zhi|guo|wen|xiao|na|mei|ling|xue|jia|yi"
)
_LATIN_NAME = re.compile(rf"^(?:{_SURNAMES_LATIN})(?: (?:{_GIVEN_LATIN}){{1,2}})?$")
_TRADES = (
    "人社|人力资源|人才|科技|科学技术|财政|教体|教育|组织|人事|社保|就业|住建|房产|卫健|农业|经信|发改|工信|商务|文旅"
    "|专家|综合|业务|审批|受理|职称|管委|市委"
)
_DOES = "送转报请找等由交给归问经让去到见并再先后待另应需须且若"
"""With one of these an office is told to do something: 送财政局 signs nothing."""
_OFFICE = (
    rf"(?:(?![^局]*[{_DOES}])[\u4e00-\u9fff]{{0,9}}(?:{_TRADES})[\u4e00-\u9fff]{{0,10}}"
    r"(?:局|科|处|办公室|(?<![局处科])办|中心|部|委|厅|院|会))"
)
_REACHED = r"(?:联系)?(?:电话|手机|传真|邮箱|地址|邮编|tel|fax|mobile|phone|e-?mail)[:：]?[\u4e00-\u9fff\d+ -]{0,30}"
_SIGNED = re.compile(rf"^(?:{_ROLE}(?:{_ALONE}|{_OFFICE}?{_NAME})|{_OFFICE}|{_REACHED})$")
SIGN_OFF = re.compile(
    r"^(?:此致|敬礼|谢谢|多谢|感谢|辛苦了?|祝好|顺祝商祺|thanks?|regards|"
    r"(?:\d{0,4}年)?\d{1,2}月\d{1,2}[日号]?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:审批|审核|签字|签批)?(?:日期|时间)[:：]?|"
    r"(?:上午|下午)?\d{1,2}[:：]\d{2})$"
)
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_SHORT_DATE = re.compile(rf"(?<![\d./:-])(?:{_MONTH}[./]{_DAY}|{_MONTH}月{_DAY}[日号]?)(?=\s*$)", re.MULTILINE)
_TINY = re.compile(r"^\d[./]\d$")
_CLOCK = re.compile(r"(?:上午|下午)?(?<![\d.:])(?:[01]?\d|2[0-3]):[0-5]\d(?=\s*$)", re.MULTILINE)


def without_date(text: str) -> str:
    """The text without a day and an hour that stand last in a line; `3.5` by itself may be an amount and stays."""
    plain = _CLOCK.sub(" ", text)
    found = _SHORT_DATE.search(plain)
    if found is None:
        return plain
    before = plain[: found.start()].rstrip(" ,，。.、\n")
    alone = _TINY.match(found[0].strip()) and not re.search(rf"(?:[ ,，。.、\n]|^)(?:{_ALONE}|{_NAME})$", before)
    return plain if alone else _SHORT_DATE.sub(",", plain)


def is_signed(clause: str) -> bool:
    """Tell whether a clause is nothing but who signs: a name, an office, or how to reach them."""
    return (_SIGNED.match(clause) is not None or _LATIN_NAME.match(clause) is not None) and not _WORDS.match(clause)
