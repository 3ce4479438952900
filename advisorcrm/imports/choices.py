"""Words of foreign sheets for choices of the branch: 白金 is 白金卡, 网上交易 is 场外网上交易."""
# The words are those of sheets.  # chinese: data

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_text import is_nothing
from advisorcrm.terms import (
    DO_NOT_DISTURB,
    SERVICE_NEED,
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    InvestorKind,
    RiskLevel,
    Sex,
    Term,
)

_ENDINGS = re.compile(r"(?:为主|客户|等级|级别|会员|类|型|级|卡|的)+$")
_CODED = re.compile(r"[0-9a-z]{1,3}[-—:|.、_]+(?=\D)")
"""``0-男``, ``00:身份证``: a counter's code before its word."""
_SEVERAL = re.compile(r"[、,，;；/|\n\r+]+|\s{1,}|\band\b|及|和")
_YES = frozenset(
    {"是", "愿意", "愿", "接受", "可以", "可", "同意", "y", "yes", "1", "true", "要", "需要", "有",
     "愿意接受", "愿接受服务", "愿意接受服务", "可打扰", "愿意打扰", "愿意被打扰", "√", "✓"}
)  # fmt: skip
_NO = frozenset(
    {"否", "不愿", "不愿意", "不接受", "不可以", "不", "不同意", "n", "no", "0", "false", "不要",
     "无", "不需要", "免打扰", "勿扰", "不愿打扰", "拒绝", "不可打扰", "不愿被打扰", "不愿意打扰",
     "不接受服务", "不愿接受服务", "拒绝服务", "×", "x"}
)  # fmt: skip


def _by_word(*named: tuple[Term, str]) -> dict[str, Term]:
    """Each word with the choice it means."""
    return {word: term for term, words in named for word in words.split()}


_WORDS: Mapping[type[Term], Mapping[str, Term]] = {
    Sex: _by_word(
        (Sex.MALE, "男 男性 m male 先生 1 man"),
        (Sex.FEMALE, "女 女性 f female 女士 小姐 2 woman"),
    ),
    ClientKind: _by_word(
        (ClientKind.PERSON, "个人 自然人 个人客户 个人投资者 个人户 p person 0 散户"),
        (
            ClientKind.INSTITUTION,
            "机构 企业 公司 法人 机构客户 机构投资者 企业客户 机构户 产品 产品户 单位 "
            "institution 1",
        ),
    ),
    RiskLevel: _by_word(
        (RiskLevel.C1, "c1 保守型 保守 最低类别 c1-最低 1"),
        (RiskLevel.C2, "c2 谨慎型 谨慎 相对保守型 2"),
        (RiskLevel.C3, "c3 稳健型 稳健 平衡型 平衡 3"),
        (RiskLevel.C4, "c4 积极型 积极 成长型 相对积极型 4"),
        (RiskLevel.C5, "c5 激进型 激进 进取型 进取 5"),
    ),
    IdDocument: _by_word(
        (
            IdDocument.ID_CARD,
            "身份证 居民身份证 二代身份证 第二代身份证 一代身份证 二代证 中国居民身份证 "
            "公民身份证 大陆居民身份证 身份证(二代) 居民身份证(二代) sfz 0 00 01",
        ),
        (IdDocument.PASSPORT, "护照 外国护照 中国护照 passport"),
        (
            IdDocument.HK_MACAO_PERMIT,
            "港澳通行证 港澳居民来往内地通行证 港澳居民往来内地通行证 回乡证 港澳居民通行证 "
            "港澳台通行证 港澳证",
        ),
        (
            IdDocument.TAIWAN_PERMIT,
            "台胞证 台湾居民来往大陆通行证 台湾居民往来大陆通行证 台湾通行证 台湾居民通行证",
        ),
        (
            IdDocument.BUSINESS_LICENCE,
            "营业执照 统一社会信用代码 统一社会信用代码证 组织机构代码证 工商营业执照 企业营业执照",
        ),
        (
            IdDocument.OTHER,
            "其他 其它 其他证件 其它证件 军官证 士兵证 士官证 户口本 户口簿 外国人永久居留证 "
            "外国人永久居留身份证 外国人居留证 港澳居民居住证 台湾居民居住证 "
            "港澳台居民居住证 香港身份证 澳门身份证 台湾身份证 警官证 文职证 文职干部证 "
            "武警证 社会团体 社团法人 临时身份证 社保卡 驾驶证 出生证 出生医学证明 学生证",
        ),
    ),
    InvestorKind: _by_word(
        (InvestorKind.ORDINARY, "普通 普通投资者 普通个人投资者 普通机构投资者 一般投资者"),
        (
            InvestorKind.PROFESSIONAL,
            "专业 专业投资者 专业个人投资者 专业机构投资者 合格投资者 a类专业投资者 b类专业投资者",
        ),
    ),
    ClientStage: _by_word(
        (ClientStage.PROSPECT, "潜在 潜在客户 意向 意向客户 未开户"),
        (ClientStage.ACTIVE, "在户 正常 在服 有效 存量 正常户 已开户"),
        (ClientStage.AT_RISK, "有流失风险 流失风险 预警"),
        (ClientStage.CHURNED, "已流失 流失 销户 已销户 已转户"),
    ),
    BirthdayKept: _by_word(
        (BirthdayKept.SOLAR, "过公历 公历 阳历 过阳历 新历 公 solar"),
        (BirthdayKept.LUNAR, "过农历 农历 阴历 过阴历 旧历 农 lunar"),
    ),
}


def folded(text: str) -> str:
    """Comparable: narrow, lower case, without blanks."""
    return re.sub(r"\s+", "", simplified(unicodedata.normalize("NFKC", text))).lower()


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one field: every word that is understood, and the labels to offer."""

    field: str
    title: str
    words: Mapping[str, str]
    labels: tuple[str, ...]
    guesses: bool = True
    """Whether a part of a label is enough; not where ``不愿打扰`` holds ``愿打扰``."""

    def one(self, text: str) -> str | None:
        """The code a cell means, None for an empty one. Raises InvalidFieldError for no match."""
        if is_nothing(text):
            return None
        found = self._find(folded(text))
        if found is None:
            raise InvalidFieldError(
                self.field,
                _("“{text}”不在“{title}”的选项里。已有：{labels}。").format(
                    text=text.strip()[:20], title=self.title, labels=_("、").join(self.labels)
                ),
            )
        return found

    def several(self, text: str) -> tuple[str, ...] | None:
        """All codes a cell names, in its order."""
        if is_nothing(text):
            return None
        if folded(text) in self.words:
            return (self.words[folded(text)],)
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        codes = [self.one(part) for part in parts]
        return tuple(dict.fromkeys(code for code in codes if code)) or None

    def _find(self, word: str) -> str | None:
        exact = self.words.get(word) or self.words.get(_ENDINGS.sub("", word))
        coded = None if exact else _CODED.match(word)
        if coded is not None:
            return self._find(word[coded.end() :])
        if exact is not None:
            return exact
        bare = _ENDINGS.sub("", word)
        if len(bare) < 2 or not self.guesses:
            return None
        near = {code for known, code in self.words.items() if bare in known}
        return near.pop() if len(near) == 1 else None


def listed_choices(field: str, title: str, list_name: str, book: CodeBook) -> Choices:
    """The choices of one of the branch's lists: labels of both languages and codes."""
    entries = book.lists.get(list_name, {})
    words: dict[str, str] = {}
    for code, labels in entries.items():
        for label in (code, *labels):
            if label:
                words.setdefault(folded(label), code)
    for code, labels in entries.items():
        for label in labels:
            short = _ENDINGS.sub("", folded(label))
            if short:
                words.setdefault(short, code)
    return Choices(field, title, words, tuple(book.label(list_name, code) for code in entries))


def service_choices(field: str, title: str, book: CodeBook, *, asks_refusal: bool) -> Choices:
    """服务需求 also answers yes or no to ``是否愿意被打扰`` or to ``免打扰`` (``asks_refusal``)."""
    known = listed_choices(field, title, SERVICE_NEED, book)
    entries = book.lists.get(SERVICE_NEED, {})
    refuses = DO_NOT_DISTURB
    accepts = next((code for code in entries if code != DO_NOT_DISTURB), "")
    willing, unwilling = (refuses, accepts) if asks_refusal else (accepts, refuses)
    words = dict.fromkeys(_NO, unwilling) | dict.fromkeys(_YES, willing)
    if asks_refusal:
        words |= dict.fromkeys(("免打扰", "勿扰", "不愿打扰", "拒绝"), refuses)
    return Choices(field, title, {**words, **known.words}, known.labels, guesses=False)


def term_choices(field: str, title: str, term: type[Term]) -> Choices:
    """The fixed choices that code branches on, by label, code and common words."""
    words: dict[str, str] = {word: str(value) for word, value in _WORDS[term].items()}
    for member in term:
        for label in (str(member), member.label_zh, member.label):
            words.setdefault(folded(label), str(member))
    return Choices(field, title, words, tuple(_labels(term)))


def _labels(term: type[Term]) -> Iterable[str]:
    return (member.label for member in term)
