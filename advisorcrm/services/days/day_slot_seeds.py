"""The day a branch begins with: the 具体工作流程表, 8:30 to 17:00 (R22, R36, R40, R50, R53)."""
# chinese: data (the words of the rules)

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

_ROUND = ("巡视客户室：网络、环境、设备", "Round of the rooms: network, order, equipment", True)


@dataclass(frozen=True, slots=True)
class SeedSlot:
    """One part of the day with its checklist: label, English label, whether a round of rooms."""

    kind: str
    label: str
    label_en: str
    begins_at: time
    ends_at: time | None
    items: tuple[tuple[str, str, bool], ...] = ()


SEEDS: tuple[SeedSlot, ...] = (
    SeedSlot("meeting", "晨会", "Morning meeting", time(8, 30), time(9), (
        ("打开客户服务系统，确定发送的资讯", "Open the system, decide what news to send", False),
        ("参加晨会，记纪要", "Morning meeting and its minutes", False),
    )),
    SeedSlot("news", "资讯推送", "News", time(9), time(9, 30), (
        ("查看当日资讯、系统提醒和任务", "News, reminders and tasks of the day", False),
    )),
    SeedSlot("deadline", "场外", "Off site", time(9, 30), None, (
        ("资讯已发送至场外客户", "News sent to clients off site", False),
    )),
    SeedSlot("service", "盘中服务 · 巡视客户室", "Service · rooms", time(9, 30), time(11, 30), (
        ("资讯传送到客户室", "News brought to the client rooms", False),
        _ROUND,
        ("维持秩序，与客户交流，处理现场事务", "Keep order, talk with clients", False),
    )),
    SeedSlot("deadline", "现场", "On site", time(9, 45), None, (
        ("资讯已送到现场客户", "News brought to clients on site", False),
    )),
    SeedSlot("rest", "午休", "Noon break", time(11, 30), time(13)),
    SeedSlot("service", "盘中服务 · 巡视客户室", "Service · rooms", time(13), time(15), (
        _ROUND,
        ("提醒持仓有重要信息变化的客户", "Remind clients whose holdings have news", False),
    )),
    SeedSlot("summary", "盘后总结 · 反馈表", "Summary · forms", time(15), time(16), (
        ("总结当日推送和客户组变化", "Sum up pushes and changes of the group", False),
        ("写次日计划和上报事项", "Plan of the next day, matters to report", False),
    )),
    SeedSlot("deadline", "反馈表截止", "Feedback forms", time(15, 30), None, (
        ("重点推送反馈表已填", "Feedback forms are filled in", False),
    )),
    SeedSlot("meeting", "夕会", "Evening meeting", time(16), time(16, 30), (
        ("参加夕会，记纪要", "Evening meeting and its minutes", False),
    )),
    SeedSlot("filing", "整理档案", "Files", time(16, 30), time(17), (
        ("更新高端客户扩展资料", "Update the files of high-end clients", False),
        ("补全当天沟通记录", "Complete the contact logs of the day", False),
        ("督导巡查客户室：设备、卫生", "Supervise the rooms: equipment, cleanliness", True),
    )),
)  # fmt: skip
