"""Traditional characters in words that are compared: 姓名、電話、客戶 head a list as well.

Only characters of headings and choices stand here; what is stored stays as it was written.
"""
# The characters are those of sheets.  # chinese: data

from __future__ import annotations

_TRADITIONAL = (
    "佔來侷係倉個備傢傭傳債僅價億內兩凍別劃動務匯區協卽厤參員唸問單噹嚴國圖團埰執報場"
    "學寀審寫將專尋對導層屬帳幣幫廣強彆彔彙後從復愛態慣慶應懷戶捲採換損撥擇據擾敎敗數"
    "斷時曆曏書會朮査條業極構標樣機檔檢檯櫃欄權歷決沒況測準溝滙滿漲潛灣為無營爲狀獨獻"
    "現產産當發盤眞確碼種稱積穩箇節簡簽紀約級細紹組結絕絡給統絶經綫維網緊緒線編緻縣總"
    "織繩繫續纍羣習聯職臘臨臺與興舉舊萬蓋蔘薦處號虧術衕裏補裡製複覈見規親覺觀計訊討託"
    "記訪訴証評詢話詳誌認說説談請論諮謂謝謹證議護讀變負財貢責買貸費賀資賣質賬車軍較載"
    "轉辦農迴這週進運過遠選遺郵鄉釋釦銀銷錄錯録錶鐘長門閉開閏閑間閤關陰陸陽階險隻雙雜"
    "難電韆頁項須預頻題額願類顧顯風颱餘饋體髮鬚麫點齡齣註"
)
_SIMPLIFIED = (
    "占来局系仓个备家佣传债仅价亿内两冻别划动务汇区协即历参员念问单当严国图团采执报场"
    "学采审写将专寻对导层属帐币帮广强别录汇后从复爱态惯庆应怀户卷采换损拨择据扰教败数"
    "断时历向书会术查条业极构标样机档检台柜栏权历决没况测准沟汇满涨潜湾为无营为状独献"
    "现产产当发盘真确码种称积稳个节简签纪约级细绍组结绝络给统绝经线维网紧绪线编致县总"
    "织绳系续累群习联职腊临台与兴举旧万盖参荐处号亏术同里补里制复核见规亲觉观计讯讨托"
    "记访诉证评询话详志认说说谈请论咨谓谢谨证议护读变负财贡责买贷费贺资卖质账车军较载"
    "转办农回这周进运过远选遗邮乡释扣银销录错录表钟长门闭开闰闲间合关阴陆阳阶险只双杂"
    "难电千页项须预频题额愿类顾显风台余馈体发须面点龄出注"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """A word to compare, in the characters in which the known words are written."""
    return text if text.isascii() else text.translate(_TABLE)
