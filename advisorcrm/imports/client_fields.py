"""The fields a client list may bring, and every heading under which they are known.

Headings are compared without blanks, stars, brackets and case; see ``headings``. The counters'
pinyin abbreviations (ZJZH, KHXM) and the exports of address books are aliases like any other.
"""
# The aliases are words of foreign sheets.  # chinese: data

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisorcrm.i18n import N_


@dataclass(frozen=True, slots=True)
class ImportField:
    """One field of the client's file as a heading may name it."""

    name: str
    label: str
    aliases: tuple[str, ...]


def import_field(name: str, label: str, *aliases: str) -> ImportField:
    """A field with its aliases, written as words parted by blanks."""
    return ImportField(name, label, tuple(word for alias in aliases for word in alias.split()))


_field = import_field


FIELDS: tuple[ImportField, ...] = (
    _field(
        "name", N_("客户姓名"),
        "客户姓名 姓名 客户名称 客户 客户名 户名 账户名称 账户姓名 资金账户名称 名称 投资者姓名 "
        "投资者名称 开户人 khxm khmc khname xm fullname name clientname client customername "
        "customer 姓名/名称 客户名称/姓名 客户姓名/名称 客户全称 联系人 联系人姓名 联络人",
    ),
    _field("name_family", N_("姓"), "姓 姓氏 lastname familyname surname"),
    _field("name_middle", N_("中间名"), "中间名 middlename additionalname"),
    _field("name_given", N_("名"), "名 名字 firstname givenname"),
    _field(
        "account", N_("资金账号"),
        "资金账号 资金帐号 资金账户 资金帐户 资产账户 资产帐户 资金号 账号 帐号 账户 帐户 "
        "资金账户号 普通资金账号 普通资金账户 主资金账号 主资金账户 "
        "主账号 主账户 资金账号1 资金账号一 资金账号/客户号 "
        "客户资金账号 交易账号 股票账号 证券资金账号 资产账号 zjzh "
        "zjzhanghao zjzhh zczh fundaccount fundid account accountno accountnumber capitalaccount",
    ),
    _field(
        "client_no", N_("客户号"),
        "客户号 客户编号 客户代码 客户id 客户码 系统客户号 khh khbh khdm clientno clientid "
        "clientnumber customerno customerid 一户通号 一户通",
    ),
    _field(
        "kind", N_("客户类别"),
        "客户类别 客户性质 机构标志 客户属性 个人/机构 个人机构标志 账户类别 "
        "jgbz khxz clientkind "
        "个人或机构 personalorinstitution",
    ),
    _field(
        "investor_kind", N_("投资者类别"),
        "投资者类别 投资者类型 投资者分类 投资者属性 适当性类别 kindofinvestor "
        "investorkind investorcategory investorclass",
    ),
    _field("stage", N_("状态"), "状态 阶段 客户状态 stage status"),
    _field(
        "tier", N_("客户类型"),
        "客户类型 类型 客户等级 客户级别 级别 等级 客户分级 客户层级 星级 客户星级 卡类型 卡类 "
        "会员等级 会员级别 vip等级 vip级别 服务等级 客户分类 khlx khlb khjb khdj tier clienttype "
        "level "
        "clienttier",
    ),
    _field(
        "investment_preference", N_("投资偏好"),
        "投资偏好 偏好 投资品种偏好 品种偏好 投资风格 偏好品种 tzph preference "
        "investmentpreference",
    ),
    _field(
        "trading_habit", N_("交易习惯"),
        "交易习惯 操作习惯 操作风格 交易风格 交易频率 jyxg tradinghabit habit",
    ),
    _field(
        "service_need", N_("服务需求"),
        "服务需求 服务意愿 是否愿意被打扰 是否愿意接受服务 是否接受服务 是否可打扰 是否愿意打扰 "
        "打扰意愿 愿否打扰 是否愿打扰 服务需要 fwxq serviceneed serviceneeds "
        "wantsservice",
    ),
    _field(
        "no_service", N_("免打扰"),
        "免打扰 是否免打扰 不愿打扰 勿扰 勿打扰 是否勿扰 拒绝打扰 是否不愿打扰 donotdisturb dnd",
    ),
    _field(
        "wealth_content", N_("理财需求（内容）"),
        "理财需求内容 理财需求 理财内容 理财服务内容 资讯内容 服务内容 需求内容 lcxq "
        "wealthcontent "
        "wealthtopics",
    ),
    _field(
        "wealth_way", N_("理财需求（方式）"),
        "理财需求方式 理财方式 理财服务方式 资讯方式 服务方式 接收方式 需求方式 wealthway "
        "wealthchannels",
    ),
    _field(
        "trading_way", N_("交易方式"),
        "交易方式 委托方式 交易渠道 委托渠道 主要交易方式 jyfs wtfs tradingway",
    ),
    _field(
        "commission_ppm", N_("佣金现状"),
        "佣金现状 佣金 佣金率 佣金费率 佣金水平 费率 交易佣金 股票佣金 现行佣金 佣金比例 "
        "手续费率 交易佣金率 股票佣金率 股票交易佣金 yjl yjbl commission commissionrate "
        "fee",
    ),
    _field(
        "assets_fen", N_("总资产"),
        "总资产 资产 资产总额 资产总值 账户资产 账户总资产 客户资产 客户总资产 期末总资产 "
        "期末资产 总资产期末 资产期末 "
        "当前资产 最新资产 资产规模 资产合计 总资产合计 资产余额 zzc zczj zc assets "
        "totalassets asset",
    ),
    _field(
        "commission_attitude", N_("对佣金态度"),
        "对佣金态度 佣金态度 对佣金的态度 commissionattitude "
        "attitudetocommission attitudetofees",
    ),
    _field(
        "commission_year_fen", N_("近 12 月佣金"),
        "近12月佣金 近12个月佣金 近12月佣金贡献 近12个月佣金贡献 近一年佣金 年佣金 年佣金贡献 "
        "commissionyear "
        "commissionof12months",
    ),
    _field(
        "mobile", N_("手机"),
        "手机 手机号 手机号码 移动电话 移动电话号码 手机1 手机2 手机3 手机一 手机二 联系手机 "
        "预留手机 预留手机号 预留手机号码 联系手机号 联系手机号码 手机电话 移动电话2 "
        "主要手机 sj sjhm sjh yddh mobile mobilephone "
        "cellphone cell 手机/电话 常用手机 行动电话",
    ),
    _field(
        "landline", N_("固定电话"),
        "固定电话 固话 座机 固定电话号码 家庭电话 住宅电话 住宅电话2 宅电 办公电话 单位电话 "
        "公司电话 工作电话 办公室电话 家庭联系电话 单位联系电话 商务电话 商务电话2 "
        "单位主要电话 主要电话 其他电话 电话o 电话h 电话(o) "
        "电话(h) gddh zzdh bgdh 住家电话 市内电话 市话 landline telephone "
        "homephone businessphone workphone",
    ),
    _field(
        "phone", N_("联系电话"),
        "联系电话 电话 电话号码 联系方式 联系电话1 联系电话2 电话1 电话2 联系号码 客户电话 "
        "预留电话 手机/固话 手机/座机 电话/手机 联系方式1 联系方式2 备用电话 其他联系电话 "
        "联络电话 联络方式 "
        "lxdh dh dhhm phone phonenumber tel contact",
    ),
    _field(
        "email", N_("电子邮箱"),
        "电子邮箱 电子邮件 邮箱 邮件 邮件地址 联系邮箱 常用邮箱 "
        "e-mail email mail 电邮 电子邮件地址 电子邮件2地址 "
        "电子邮件3地址 邮箱地址 e-mail地址 email地址 电子信箱 dzyx dzyj yx emailaddress "
        "e-mailaddress",
    ),
    _field("wechat", N_("微信"), "微信 微信号 wx wxh wechat weixin wechatid"),
    _field("qq", N_("QQ"), "qq qq号 qq号码 qq号/微信号 扣扣"),
    _field("other_points", N_("其他联系方式"), "其他联系方式 othercontact"),
    _field(
        "birthday", N_("出生日期"),
        "出生日期 生日 出生年月日 出生年月 公历生日 阳历生日 出生日 生辰 客户生日 csrq sr "
        "birthday birthdate dateofbirth dob",
    ),
    _field(
        "birthday_either", N_("生日（公/农）"),
        "生日公/农 生日公农 生日公历/农历 生日公历农历 birthdaysolar/lunar",
    ),
    _field(
        "lunar_birthday", N_("农历生日"),
        "农历生日 阴历生日 旧历生日 生日农历 生日阴历 生日旧历 农历出生日期 阴历出生日期 "
        "出生日期农历 出生日期阴历 出生年月日农历 出生年月日阴历 农历出生年月日 阴历出生年月日 "
        "nlsr lunarbirthday",
    ),
    _field("birth_year", N_("出生年份"), "出生年 出生年份 生日年 出生日期年 birthyear yearofbirth"),
    _field(
        "birth_month", N_("出生月份"),
        "出生月 出生月份 生日月 出生日期月 birthmonth monthofbirth",
    ),
    _field("birth_day", N_("出生几号"), "出生几号 生日日 出生日期日 dayofbirth"),
    _field(
        "birthday_kept", N_("过生日"),
        "过生日 过何生日 生日过法 生日类型 公历/农历 公农历 过公历/农历 过农历/公历 birthdaykept "
        "过哪个生日 keepsbirthday keepswhichbirthday",
    ),
    _field(
        "occupation", N_("职业"),
        "职业 从事职业 职业类别 职业类型 客户职业 zy occupation job profession",
    ),
    _field("job_title", N_("职务"), "职务 职位 position organizationtitle jobtitle"),
    _field(
        "hobbies", N_("爱好"),
        "爱好 兴趣爱好 业余爱好 兴趣 个人爱好 ah hobby hobbies interests",
    ),
    _field("personality", N_("性格"), "性格 性格特点 性格特征 个性 xg personality character"),
    _field("family", N_("家庭成员"), "家庭成员 家庭情况 家庭状况 家人 jtcy family"),
    _field("employer", N_("工作单位"), "工作单位 就业单位 任职单位 gzdw employer"),
    _field("education", N_("学历"), "学历 学历层次 最高学历 文化程度 教育程度 xl education"),
    _field(
        "invests_since", N_("入市年份"),
        "入市年份 入市时间 何时入市 investssince investingsince",
    ),
    _field(
        "client_group", N_("客户组"),
        "客户组 所属客户组 客户组别 组别 所属组 客户分组 服务组 khz clientgroup theclientsgroup",
    ),
    _field(
        "advisor", N_("客服专员"),
        "客服专员 客服专员姓名 客户经理 客户经理姓名 投顾姓名 投资顾问姓名 服务经理 "
        "服务人员 专员 所属客服专员 所属客户经理 客服人员 客户服务专员 "
        "理财顾问 投资顾问 投顾 服务专员 维护人 维护人员 开发人 服务顾问 责任人 客户维护人 "
        "营业员 khjl kfzy kfjl tzgw advisor manager owner accountmanager",
    ),
    _field(
        "advisor_no", N_("客服专员工号"),
        "客服专员工号 客户经理工号 工号 专员工号 服务人员工号 投顾工号 投资顾问工号 员工号 "
        "员工工号 客户经理编号 gh khjlgh advisorno employeeno "
        "advisorsstaffnumber staffnumber",
    ),
    _field(
        "opened_on", N_("开户日期"),
        "开户日期 客户开户日期 资金账户开户日期 资金账号开户日期 首次开户日期 开户日 "
        "开户时间 开户年月日 账户开户日期 开户 khrq khsj opendate openedon "
        "accountopened opened",
    ),
    _field(
        "address", N_("联系地址"),
        "联系地址 地址 通讯地址 通信地址 家庭地址 住址 家庭住址 居住地址 邮寄地址 详细地址 "
        "客户地址 联络地址 通讯住址 户籍地址 常住地址 住宅地址 住宅地址街道 "
        "家庭地址街道 dz lxdz txdz jtdz address homestreet homeaddress address1formatted",
    ),
    _field("address_province", N_("省份"), "省份 province 住宅地址省/市/自治区 homestate"),
    _field("address_city", N_("城市"), "城市 city 住宅地址市/县 homecity"),
    _field("sex", N_("性别"), "性别 客户性别 xb sex gender"),
    _field(
        "id_document", N_("证件类型"),
        "证件类型 证件类别 证件种类 证件名称 身份证件类型 zjlx zjlb iddocument idtype "
        "documenttype "
        "idkind",
    ),
    _field(
        "id_number", N_("证件号码"),
        "证件号码 证件号 身份证号 身份证号码 身份证字号 身分证字号 身分证号 身分证 身份证 "
        "身份证编号 证件编码 身份证件号码 公民身份号码 证件编号 zjhm zjh sfz sfzh sfzhm "
        "idnumber idno idcard",
    ),
    _field(
        "id_expires_on", N_("证件有效期"),
        "证件有效期 证件到期日 证件到期日期 证件有效期至 身份证有效期 身份证到期日 "
        "证件有效截止日期 证件截止日期 证件有效期止 有效期至 证件到期 证件期限 zjyxq zjyxqz "
        "zjjzrq zjdqr idexpireson idexpiry "
        "idvaliduntil",
    ),
    _field(
        "risk_level", N_("风险等级"),
        "风险等级 风险级别 风险承受能力 风险承受能力等级 风险测评等级 风险测评结果 风险 "
        "客户风险等级 风评等级 风险类型 风险测评 测评等级 测评结果 fxdj fxjb fxcsnl risklevel "
        "risk",
    ),
    _field(
        "risk_tested_on", N_("风险测评日期"),
        "风险测评日期 测评日期 风险测评日 测评时间 风险测评时间 风评日期 最近测评日期 "
        "最新测评日期 评测日期 风险评测日期 fxcprq cprq risktestedon risktestdate "
        "riskteston testedon",
    ),
    _field(
        "risk_expires_on", N_("风险测评到期日"),
        "风险测评到期日 风险到期 风险到期日 测评到期日 测评有效期 风险测评到期日期 "
        "风险等级到期日 测评到期 风险等级有效期 风险测评有效期 风险测评到期 风评到期日 "
        "测评有效期至 风险测评有效期至 风险等级有效期至 测评到期日期 fxdqr fxdqrq fxyxq "
        "riskexpireson riskexpiry "
        "risktestuntil testuntil",
    ),
    _field(
        "contact_every_days", N_("约定联系频率"),
        "约定联系频率 联系频率 约定频率 沟通频率 回访频率 联系周期 回访周期 服务频率 "
        "约定联系频率天 contacteverydays contactfrequency frequency "
        "agreedcontact agreed 约定频率天",
    ),
    _field(
        "convenient_time", N_("方便时间"),
        "方便时间 联系时间 方便联系时间 方便沟通时间 可联系时间 方便通话时间 convenienttime "
        "besttime",
    ),
    _field(
        "alias", N_("称呼"),
        "称呼 称呼或别名 昵称 称谓 别名 小名 英文名 alias nickname formofaddress "
        "formofaddressoralias",
    ),
    _field(
        "remark", N_("备注"),
        "备注 附注 说明 客户备注信息 备注说明 其他备注 客户备注 注释 备注信息 其他说明 "
        "remark remarks note "
        "notes comment comments memo description",
    ),
)  # fmt: skip
"""In the order in which a mapping offers them."""

DERIVED: frozenset[str] = frozenset(
    [
        "序号",
        "序",
        "no",
        "no.",
        "编号",
        "行号",
        "最近沟通",
        "最近沟通时间",
        "最近沟通日期",
        "最后沟通",
        "完备率",
        "完备率%",
        "更新日期",
        "更新时间",
        "最后更新",
        "月涨跌",
        "距上次",
        "距上次天数",
        "标记",
        "年龄",
        "是否高端",
        "数据日期",
        "日期",
        "rq",
        "币种",
        "bz",
        "营业部",
        "营业部名称",
        "yyb",
        "所属营业部",
        "证券市值",
        "资金余额",
        "zqsz",
        "zjye",
        "市值",
        "可用资金",
        "选择",
        "拼音",
        "首字母",
        "initials",
        "pinyin",
        "失败原因",
        "lastcontact",
        "last",
        "file",
        "file%",
        "flags",
        "updated",
    ]
)
"""Known headings that an import leaves alone: computed here, or not part of the file."""

REASON_HEADING = "失败原因"
"""Heading of the column that a file of rejected rows has besides; it marks our own file."""

POINT_FIELDS = ("mobile", "landline", "phone", "fax", "email", "wechat", "qq", "other_points")
REPEATABLE = frozenset(POINT_FIELDS)

FIELD_OF: Mapping[str, str] = {alias: field.name for field in FIELDS for alias in field.aliases}
LABELS: Mapping[str, str] = {field.name: field.label for field in FIELDS}
