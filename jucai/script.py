"""Traditional characters as simplified ones: to judge letters by the same words, and to mend a recogniser's slips."""

# The characters the words of sorting and of decisions are written in, and their neighbours. Not a converter: what a
# letter says is kept and shown as it was written.
_PAIRS = (
    "為为會会來来過过還还這这個个們们時时問问間间開开關关無无沒没與与對对應应當当後后從从發发經经樣样麼么嗎吗誰谁裡里"
    "請请謝谢該该認认證证訊讯說说話话語语調调談谈論论議议評评審审訂订記记許许設设詢询講讲識识讓让謹谨謂谓訴诉補补貼贴"
    "資资質质貸贷費费賬账貨货購购買买賣卖賞赏賴赖財财責责負负貢贡賀贺賠赔獎奖勵励領领額额題题類类顯显須须順顺項项頁页"
    "預预頒颁願愿報报導导將将專专尋寻層层屬属幾几師师幣币幹干辦办動动務务勞劳勢势區区協协單单員员團团圖图圓圆場场塊块"
    "壓压處处備备復复優优傳传債债僅仅價价儘尽億亿偽伪兒儿內内兩两冊册凍冻準准別别劃划創创則则剛刚劑剂擊击擔担據据擇择"
    "撥拨損损換换揚扬採采掃扫掛挂敗败數数斷断於于暫暂曆历書书條条東东業业極极構构標标樓楼機机檔档檢检權权歲岁歷历歸归"
    "決决況况減减測测滿满漢汉潔洁濟济灣湾災灾點点煩烦熱热營营爭争爾尔狀状獨独獲获現现環环產产畢毕異异療疗監监盡尽盤盘"
    "碼码禮礼種种稱称積积穩稳競竞筆笔節节範范簡简簽签籌筹糧粮約约紅红紀纪級级納纳紙纸細细終终組组結结絕绝給给統统綠绿"
    "維维網网緊紧線线緩缓編编練练縣县總总績绩織织繼继續续聯联職职聲声聽听脫脱舊旧舉举藝艺號号虛虚術术製制複复見见規规"
    "視视親亲覺觉覽览觀观計计訓训託托訪访誤误誠诚諮咨諾诺變变販贩貴贵贏赢趙赵車车軍军軟软載载輕轻較较輔辅輪轮輸输轉转"
    "辭辞農农運运達达違违遠远適适選选遷迁遺遗郵邮鄉乡醫医釋释鈔钞銀银銷销鋪铺錄录錢钱錯错鍵键鎖锁鏈链門门閉闭閱阅隊队"
    "階阶際际險险隨随雖虽雙双離离難难電电靜静頭头顧顾風风飛飞馬马驗验駁驳驟骤體体髮发鬆松鬥斗麗丽齊齐齡龄龍龙覆复傭佣"
    "薦荐繳缴徵征懇恳懷怀憑凭戶户拋抛攜携敘叙啟启嚴严邊边臨临帶带幫帮館馆屆届彙汇匯汇稅税併并佈布佔占係系側侧偵侦傑杰"
    "傷伤僑侨儀仪儲储勝胜參参嘗尝囑嘱園园國国學学實实寫写懸悬擬拟擴扩攝摄晉晋樂乐淨净溫温潤润獻献畫画眾众確确穫获籤签"
    "糾纠絡络縮缩罰罚義义習习聞闻蓋盖衛卫裝装註注詳详誌志課课諒谅譯译護护讀读貿贸賜赐贊赞趕赶踐践辯辩遞递遲迟鄭郑釐厘"
    "鑒鉴鑑鉴長长陣阵陸陆陳陈陽阳隱隐雜杂雲云韓韩響响頻频餘余駐驻騙骗黃黄黨党劉刘吳吴楊杨馮冯鄧邓葉叶蘇苏盧卢"
)
_TRADITIONAL = frozenset(_PAIRS[::2]) - frozenset(_PAIRS[1::2])
_SLIPS = 30
_BOTH = "覆於徵"
"""Written in simplified text too: 覆盖, 於 and 徵 in names."""
_TO_SIMPLIFIED = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))


def simplified(text: str) -> str:
    """The text with its traditional characters replaced by simplified ones, one for one: places stay the same."""
    return text.translate(_TO_SIMPLIFIED)


def mended(text: str) -> str:
    """`simplified`, for a text of simplified characters in which a few were taken for traditional ones."""
    return text.translate({code: other for code, other in _TO_SIMPLIFIED.items() if chr(code) not in _BOTH})


def is_simplified(text: str) -> bool:
    """Whether a text is written in simplified characters, but for slips: one in thirty or fewer is traditional."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    other = sum(char in _TRADITIONAL for char in text)
    return chinese > 0 and other * _SLIPS <= chinese
