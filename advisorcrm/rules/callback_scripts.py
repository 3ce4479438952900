"""The scripts a branch begins with, and how a passage is spoken to one client (R225, R243).

Own words, to be changed by the branch; ``{称呼}``, ``{回访人}`` and ``{营业部}`` are filled
in when a passage is shown, in every language of the windows: clients are spoken to in Chinese.
"""

from __future__ import annotations

from advisorcrm import terms
from advisorcrm.rules.greetings import ADDRESS, BRANCH
from advisorcrm.terms import ScriptPart

CALLER = "回访人"
PLACES = (ADDRESS, CALLER, BRANCH)
"""What may stand in braces, as in a greeting."""
_EARLIER = {ADDRESS: "salutation", CALLER: "caller", BRANCH: "branch"}
"""How the places were called at first: passages kept from then are still spoken."""

SEEDS: tuple[tuple[str | None, ScriptPart, str, str], ...] = (  # chinese: data
    (None, ScriptPart.OPENING, "自我介绍",
     "{称呼}，您好！我是{营业部}的{回访人}。这次打电话是想听听您对我们服务的感受，"
     "大概三分钟，请问您现在方便吗？为了保证服务质量，通话内容会做记录。"),
    (terms.CALLBACK_NEW_CLIENT, ScriptPart.OPENING, "新客户满一个月",
     "{称呼}，您好！我是{营业部}的{回访人}，不是为您服务的那位同事。您开户已有一个月，"
     "我们想了解您用得是否顺手，也有几件事要向您核实，您看现在说话方便吗？"),
    (terms.CALLBACK_COMPLAINT, ScriptPart.OPENING, "投诉之后",
     "{称呼}，您好！我是{营业部}的{回访人}。您前几天反映的事，处理结果应当已经告诉您了。"
     "我打来是想确认：事情解决了没有，您还有哪里不放心？"),
    ("festival", ScriptPart.OPENING, "节日问候",
     "{称呼}，您好！我是{营业部}的{回访人}，先祝您节日愉快。占用您一点时间，"
     "想听听您这段时间对我们的意见。"),
    (terms.CALLBACK_PROMOTION, ScriptPart.OPENING, "店庆和活动期间",
     "{称呼}，您好！我是{营业部}的{回访人}。营业部这几天有答谢活动，借这个机会给您打个电话，"
     "听听您的看法。今天不向您推荐任何产品。"),
    ("after_sale", ScriptPart.OPENING, "产品售后",
     "{称呼}，您好！我是{营业部}的{回访人}。您不久前买了一只产品，我想确认说明书里的风险"
     "您是否都了解，持有到现在有没有疑问。"),
    ("before_sale", ScriptPart.OPENING, "售前了解",
     "{称呼}，您好！我是{营业部}的{回访人}。在向您介绍产品之前，我们先了解您的打算和能承受的"
     "波动，请您放心，今天不用做任何决定。"),
    (terms.CALLBACK_COMPLIANCE, ScriptPart.OPENING, "合规核实",
     "{称呼}，您好！我是{营业部}的{回访人}。按规定我们每年会抽取一部分客户核实情况，"
     "有五个问题，请您照实回答，回答会保密。"),
    (None, ScriptPart.SATISFIED, "表示感谢",
     "谢谢您的肯定。请您按一到五分给这几项打个分，五分最高，好让我们知道哪一项还能做得更好。"),
    (None, ScriptPart.SATISFIED, "请他说一件小事",
     "听您这么说我很高兴。如果只改进一件小事，您希望是哪一件？"),
    (None, ScriptPart.NOT_SATISFIED, "先听完",
     "对不起，让您有这样的感受。请您慢慢说，我都记下来：是哪一件事，大概什么时候，"
     "当时是怎样答复您的？"),
    (None, ScriptPart.NOT_SATISFIED, "复述并给时限",
     "我复述一遍，您看对不对……这件事我今天就报给客服经理，三天之内一定给您回音。"
     "您希望我们怎样处理，用哪个号码找您最合适？"),
    (None, ScriptPart.NOT_SATISFIED, "只觉得一般",
     "您觉得一般，说明我们没有做到让您记得住。平时哪一类信息对您真正有用，哪一类您觉得打扰？"),
    (None, ScriptPart.APPOINTING, "客户正忙",
     "不好意思打扰您了。您看这三天里哪个时间方便？我记下来，到时候准点给您打。"),
    (None, ScriptPart.CLOSING, "致谢",
     "谢谢您抽出时间。您说的我都记下了。以后有任何事，可以找您的客服专员，"
     "也可以打营业部的电话。祝您生活愉快，再见。"),
)  # fmt: skip


def spoken(words: str, *, salutation: str, caller: str, branch: str) -> str:
    """A passage with the names in place; braces that mean nothing stay as they are."""
    told = {ADDRESS: salutation, CALLER: caller, BRANCH: branch}
    for name, said in told.items():
        words = words.replace(f"{{{_EARLIER[name]}}}", said).replace(f"{{{name}}}", said)
    return words
