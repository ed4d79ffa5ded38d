"""Chinese text as PDFs deliver it, made comparable: radicals repaired, labels stripped of ornament."""

import re
import unicodedata
from functools import lru_cache

# Chromium and some printers map glyphs to the CJK Radicals Supplement (U+2E80 to U+2EF3, in this order;
# a dash where a radical stands for no character of its own); NFKC repairs only U+2F00 to U+2FDF.
_RADICALS = (
    "-厂乛乚乙亻冂几刀刂卜㔾小小兀尣"
    "尢尢巳幺彑彐忄心扌攵-旡日月歺母"
    "民氵氺灬爫爫丬牛犭王疋目示礻竹糹"
    "纟网罒网网网羊羊羊耂肀聿肉臼艹艹"
    "艹虎衤覀西见角角讠贝足车辶辶辶邑"
    "钅長镸长门阜阝雨青韦页风飞食食飠"
    "饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜"
    "龙龜亀龟"
)
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
# Fonts for simplified Chinese draw these with the glyph of a radical whose own character is the traditional one.
_SIMPLIFIED = {0x2F3E: "户", 0x2FAD: "青", 0x2FC8: "黄"}
_TABLE = _SIMPLIFIED | {0x2E80 + i: char for i, char in enumerate(_RADICALS) if char != "-"} | _INVISIBLE
_SPACE = re.compile(r"\s+")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z0-9.,;:])\s+(?=[A-Za-z0-9])")
_ENCLOSED = re.compile(r"^(?:【([^【】]+)】|\[([^\[\]]+)\]|〔([^〔〕]+)〕|〖([^〖〗]+)〗|「([^「」]+)」)[:：]?$")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】")
_LEADING = re.compile(
    r"^(?:[*★☆●◆▲※·#•▎▍▌▋▊▏┃❙▐█▶►➤➢❖✦✧◇◈-]+"
    r"|[A-Z]?[0-9]{1,2}[.、)](?![0-9])|[A-Z][0-9]{0,2}[.、](?=[\u4e00-\u9fff])|[0-9]{1,2}(?=[\u4e00-\u9fff]{2})|\([0-9一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,2}[、.])"
)
_CIRCLED = re.compile(r"^[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u2160-\u217b]\s*[.、]?")
_SET_OFF = re.compile(r"^[√☑□■◆●]?\s*(?:[一二三四五六七八九十]{1,3}|[A-Z])\s+(?=[\u4e00-\u9fff])")
_LATIN = re.compile(r"(?<=[\u4e00-\u9fff)])[/,]?[A-Za-z][A-Za-z.,()/&' -]*$")
_PARTY = re.compile(r"^[甲乙丙丁]方\(([^()]{2,10})\)$")
_PARTIES = {
    **dict.fromkeys(
        ("科技副总", "产业导师", "产业教授", "兼职教授", "专家", "人才", "引进人才", "选派人才", "个人"), "姓名"
    ),
    **dict.fromkeys(("企业", "企业方", "用人企业"), "接收企业"),
}
"""甲方（派出单位）：a party of an agreement is who stands in the brackets."""
_QUESTION = re.compile(r"\*?[\[(【](?:填空|单选|多选|简答|问答|判断|日期|选择|上传|必答|选填|必填)题?[\])】]\*?$")
_ADDRESSED = re.compile(r"^(?:请(?:填写|输入|选择|上传)?)?(?:您|你|贵(?:单位|公司|企业)?)的?(?=[\u4e00-\u9fff]{2})")
"""How a questionnaire asks: 3. 您的出生年月 *[填空题]"""
_TRAILING = re.compile(r"[:;*★。.、,_]+$")


@lru_cache(maxsize=4096)
def repair_glyph(text: str) -> str:
    """Return what a glyph means: radicals become the characters they stand for, full width stays."""
    return "".join(
        unicodedata.normalize("NFKC", char) if _is_compatibility(char) else char for char in text.translate(_TABLE)
    )


def _is_compatibility(char: str) -> bool:
    return "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufb06"


def fold(text: str) -> str:
    """Return `text` in NFKC without white space: the form in which texts are compared."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def tidy(text: str) -> str:
    """Return a value as an office prints it: no white space, digits and letters half width.

    Punctuation keeps its width, since NFKC would put ASCII brackets into Chinese names.
    """
    return _SPACE.sub("", "".join(map(_narrow, text)))


def tidy_prose(text: str) -> str:
    """Return long text without white space, except between Latin words."""
    words = _LATIN_GAP.split("".join(map(_narrow, text.strip())))
    return " ".join(_SPACE.sub("", word) for word in words)


@lru_cache(maxsize=4096)
def _narrow(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) == 1 and (folded.isalnum() or folded in "@#%&*+=/\\._-￥¥" or folded.isspace()):
        return folded
    return char


@lru_cache(maxsize=4096)
def label_forms(text: str) -> tuple[str, ...]:
    """Return the spellings under which a label is looked up, the most exact first.

    Spaces, colons, stars, numbering and, in later forms, what stands in brackets or in English are ornament.
    """
    plain = fold(_SET_OFF.sub("", _CIRCLED.sub("", text.strip(), count=1), count=1))
    plain = _LEADING.sub("", _LEADING.sub("", _QUESTION.sub("", plain)))
    plain = _ADDRESSED.sub("", plain)
    enclosed = _ENCLOSED.match(plain)
    if enclosed:
        plain = next(filter(None, enclosed.groups()))
    plain = _TRAILING.sub("", plain)
    party = _PARTY.match(plain)
    if party:
        plain = _PARTIES.get(party[1], party[1])
    plain = re.sub(r"^其中[:,]?(?=.)", "", plain)
    plain = plain.replace("“", "").replace("”", "").replace('"', "").replace("《", "").replace("》", "")
    bare = plain
    while True:
        shorter = _PARENTHESES.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    bare = _TRAILING.sub("", bare)
    forms = dict.fromkeys((plain, bare, *(_TRAILING.sub("", _LATIN.sub("", form)) for form in (plain, bare))))
    return tuple(form for form in forms if form) or (plain,)
