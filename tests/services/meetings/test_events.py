"""Events: planned and prepared, invited with consent, attendance, feedback, gifts, summary."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import ConflictError, InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.care.gifts import list_gifts
from advisorcrm.services.consents.consents import NewConsent, record_consent
from advisorcrm.services.contacts.timelines import StreamKind, list_timeline
from advisorcrm.services.days.day_items import list_day_items
from advisorcrm.services.meetings.event_guests import (
    GuestRow,
    add_visitor,
    answer_invitation,
    archive_guest,
    give_souvenir,
    invite_clients,
    list_client_events,
    list_guests,
    mark_attendance,
    preview_invitations,
    restore_guest,
    write_feedback,
)
from advisorcrm.services.meetings.events import (
    EventData,
    EventSheet,
    add_event,
    archive_event,
    change_event,
    close_event,
    list_events,
    open_event,
    restore_event,
)
from advisorcrm.terms import Channel, ConsentState, GuestAnswer, Purpose
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log

SOON = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=3)


class Hall:
    """The branch's events, through the services."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self.people = people
        self.me = people.advisor

    def write(self, service: Any, *given: Any, who: Actor | None = None, **named: Any) -> Any:
        door = self._database.acting_as(who or self.me)
        return door.write(lambda s, a: service(s, a, *given, **named))

    def read(self, service: Any, *given: Any, who: Actor | None = None, **named: Any) -> Any:
        door = self._database.acting_as(who or self.me)
        return door.read(lambda s, a: service(s, a, *given, **named))

    def client(self, name: str, owner: Actor | None = None, **more: Any) -> int:
        who = owner or self.me
        return self._database.write(lambda s, a: make_client(s, who, name=name, **more))

    def plan(self, **more: Any) -> int:
        values = {"kind": "round_table", "title": "年末策略", "starts_at": SOON} | more
        key: int = self.write(add_event, EventData(**values))
        return key

    def invite(self, event: int, *clients: int, channel: Channel = Channel.PHONE) -> Any:
        return self.write(invite_clients, event, clients, channel, now=NOW)

    def guests(self, event: int, who: Actor | None = None) -> dict[str, GuestRow]:
        return {row.name: row for row in self.read(list_guests, event, who=who)}

    def sheet(self, event: int, who: Actor | None = None) -> EventSheet:
        found: EventSheet = self.read(open_event, event, who=who)
        return found


@pytest.fixture
def hall(database: Database, people: People) -> Hall:
    return Hall(database, people)


@pytest.mark.req("R45", "R111", "R229")
def test_events_of_each_kind_are_planned_with_time_place_and_material(hall: Hall) -> None:
    for kind in ("after_close", "round_table", "open_day", "gathering"):
        hall.plan(kind=kind, title=kind, place="三楼会议室")
    rows = hall.read(list_events, from_on=TODAY, to_on=TODAY)
    assert {(row.kind, row.place, row.host_name) for row in rows} == {
        (kind, "三楼会议室", "林若溪")
        for kind in ("after_close", "round_table", "open_day", "gathering")
    }
    assert hall.read(list_events, to_on=TODAY - timedelta(days=1)) == []
    for more, field in (
        ({"kind": "party"}, "kind"), ({"title": " "}, "title"), ({"is_prepared": True}, "material"),
    ):  # fmt: skip
        with pytest.raises(InvalidFieldError) as refused:
            hall.plan(**more)
        assert refused.value.field == field


@pytest.mark.req("R111", "R117")
def test_only_those_are_invited_whom_the_way_may_reach(hall: Hall) -> None:
    event = hall.plan()
    fine, quiet = hall.client("王秀兰"), hall.client("李建业", service_need="do_not_disturb")
    nophone, refused = hall.client("无号码", mobile=None), hall.client("拒绝者")
    answer = NewConsent(
        str(uuid.uuid4()), refused, Channel.PHONE, Purpose.CARE, ConsentState.REFUSED, NOW,
        how="电话",
    )  # fmt: skip
    hall.write(record_consent, answer, now=NOW)
    other = hall.client("同事的", hall.people.colleague)
    everybody = (fine, quiet, nophone, refused, other)
    seen = hall.read(preview_invitations, event, everybody, Channel.PHONE, now=NOW)
    assert (seen.ids, seen.known) == ((fine,), 0)
    assert dict(seen.excluded) == {
        SendCode.DO_NOT_DISTURB: 1, SendCode.NO_POINT: 1, SendCode.REFUSED: 1,
    }  # fmt: skip
    assert hall.guests(event) == {}
    hall.invite(event, *everybody)
    guests = hall.guests(event)
    assert list(guests) == ["王秀兰"]
    row = guests["王秀兰"]
    assert (row.channel, row.answer, row.invited_at) == (Channel.PHONE, GuestAnswer.OPEN, NOW)
    again = hall.invite(event, fine)
    assert (again.ids, again.known) == ((), 1)
    asked = hall.read(preview_invitations, event, (fine,), Channel.SMS, now=NOW)
    assert asked.known == 1
    new = hall.client("新客户")
    unasked = hall.read(preview_invitations, event, (new,), Channel.SMS, now=NOW)
    assert dict(unasked.excluded) == {SendCode.NOT_ASKED: 1}


@pytest.mark.req("R45", "R111", "R261", "R120")
def test_answers_attendance_feedback_and_gifts_are_kept_and_stand_on_the_timeline(
    hall: Hall,
) -> None:
    event = hall.plan(kind="open_day", material="策略报告", is_prepared=True)
    wang, li = hall.client("王秀兰"), hall.client("李建业")
    hall.invite(event, wang, li)
    guests = hall.guests(event)
    came, away = guests["王秀兰"].id, guests["李建业"].id
    hall.write(answer_invitation, came, GuestAnswer.COMES)
    hall.write(answer_invitation, away, GuestAnswer.DECLINES)
    with pytest.raises(InvalidFieldError, match="没有到场"):
        hall.write(give_souvenir, came, "台历", value_fen=2000, now=AFTER)
    hall.write(mark_attendance, [came], has_come=True, now=SOON)
    hall.write(mark_attendance, [away], has_come=False, now=SOON)
    hall.write(write_feedback, came, "想多了解基金，电话 13900000458")
    with pytest.raises(InvalidFieldError) as refused:
        hall.write(give_souvenir, came, "台历", now=AFTER)
    assert refused.value.field == "value_fen"
    hall.write(give_souvenir, came, "台历", value_fen=2000, now=AFTER)
    with pytest.raises(InvalidFieldError, match="已经登记过"):
        hall.write(give_souvenir, came, "茶叶", value_fen=2000, now=AFTER)
    [registered] = hall.read(list_gifts, client_id=wang)
    assert (registered.item, registered.value_fen, registered.occasion) == (
        "台历", 2000, "年末策略",
    )  # fmt: skip
    visitor = hall.write(add_visitor, event, "路过的赵女士")
    hall.write(give_souvenir, visitor, "台历", now=AFTER)
    [row] = hall.read(list_events)
    assert (row.invited, row.coming, row.present) == (3, 2, 2)
    seen = hall.guests(event)
    assert (seen["王秀兰"].gift, seen["李建业"].has_come) == ("台历", False)
    assert "13900000458" not in seen["王秀兰"].feedback
    assert seen["路过的赵女士"].client_id is None
    [mine] = hall.read(list_client_events, wang)
    assert (mine.title, mine.answer, mine.has_come, mine.gift) == (
        "年末策略", GuestAnswer.COMES, True, "台历",
    )  # fmt: skip
    hall._database.write(lambda s, a: make_log(s, hall.me, wang))
    stream = hall.read(list_timeline, wang)
    assert stream.counts[StreamKind.CARE] == 1
    assert stream.counts[StreamKind.EVENT] == 1
    [item] = [one for one in stream.items if one.kind is StreamKind.EVENT]
    assert item.event == mine
    only = hall.read(list_timeline, wang, kind=StreamKind.EVENT)
    assert [one.event for one in only.items] == [mine]


@pytest.mark.req("R111", "R229")
def test_an_event_is_summed_up_when_it_was_prepared_held_and_somebody_was_noted(
    hall: Hall,
) -> None:
    event = hall.plan()
    wang = hall.client("王秀兰")
    hall.invite(event, wang)
    guest = hall.guests(event)["王秀兰"].id
    data = EventData("round_table", "年末策略", SOON, "", "策略报告", is_prepared=True)
    for now, prepare, field in (
        (NOW, None, "starts_at"), (AFTER, None, "is_prepared"), (AFTER, data, "guests"),
    ):  # fmt: skip
        if prepare:
            hall.write(change_event, event, prepare, version=hall.sheet(event).version)
        with pytest.raises(InvalidFieldError) as refused:
            hall.write(close_event, event, "意见 3 条，已答复", now=now)
        assert refused.value.field == field
    hall.write(mark_attendance, [guest], has_come=True, now=AFTER)
    with pytest.raises(InvalidFieldError, match="客户意见"):
        hall.write(close_event, event, " ", now=AFTER)
    hall.write(close_event, event, "意见 3 条，已答复", now=AFTER)
    sheet = hall.sheet(event)
    assert (sheet.row.held_at, sheet.summary) == (AFTER, "意见 3 条，已答复")
    with pytest.raises(InvalidFieldError, match="已经总结"):
        hall.invite(event, hall.client("晚来的"))
    with pytest.raises(InvalidFieldError, match="已经总结"):
        hall.write(write_feedback, guest, "补")


def test_an_event_changed_by_another_in_between_is_not_overwritten(hall: Hall) -> None:
    event = hall.plan()
    read, manager = hall.sheet(event), hall.people.manager
    theirs = EventData("round_table", "年末策略会", SOON, "二楼")
    hall.write(change_event, event, theirs, who=manager, version=read.version)
    mine = EventData("round_table", "年末策略", SOON, "三楼")
    with pytest.raises(ConflictError, match="重新打开"):
        hall.write(change_event, event, mine, version=read.version)
    again = hall.sheet(event)
    assert (again.row.title, again.row.place) == ("年末策略会", "二楼")
    hall.write(change_event, event, mine, version=again.version)
    assert hall.sheet(event).row.place == "三楼"


def test_a_colleague_invites_own_clients_to_it_and_changes_nothing_else(hall: Hall) -> None:
    event, zhou = hall.plan(), hall.people.colleague
    hall.invite(event, hall.client("王秀兰"))
    hers = hall.client("许志刚", zhou)
    hall.write(invite_clients, event, [hers], Channel.PHONE, who=zhou, now=NOW)
    assert [(name, row.may_edit) for name, row in hall.guests(event).items()] == [
        ("王秀兰", True), ("许*", False),
    ]  # fmt: skip
    strange = hall.guests(event)["许*"]
    with pytest.raises(NotFoundError):
        hall.write(answer_invitation, strange.id, GuestAnswer.COMES)
    with pytest.raises(NotFoundError, match="主持人或客服经理"):
        hall.write(archive_event, event, who=zhou, now=NOW)
    assert not hall.sheet(event, zhou).may_lead
    assert hall.sheet(event, hall.people.manager).may_lead
    with pytest.raises(NotAllowedError):
        hall.write(add_visitor, event, "某人", who=hall.people.leader)


def test_guests_and_events_are_taken_back_and_brought_back(hall: Hall) -> None:
    event, wang = hall.plan(), hall.client("王秀兰")
    hall.invite(event, wang)
    guest = hall.guests(event)["王秀兰"].id
    hall.write(archive_guest, guest, now=NOW)
    assert hall.guests(event) == {}
    assert hall.read(list_client_events, wang) == []
    hall.write(restore_guest, guest)
    hall.write(archive_guest, guest, now=NOW)
    assert hall.invite(event, wang).ids == (wang,)
    assert hall.guests(event)["王秀兰"].id == guest
    hall.write(archive_event, event, now=NOW)
    assert hall.read(list_events) == []
    assert hall.read(list_client_events, wang) == []
    hall.write(restore_event, event)
    assert len(hall.read(list_events)) == 1


@pytest.mark.req("R49", "R111")
def test_the_days_end_names_events_without_material_and_without_attendance(hall: Hall) -> None:
    hall.plan(title="今天的")
    hall.plan(title="周一的", starts_at=NOW + timedelta(days=3))
    hall.plan(title="备好的", starts_at=NOW + timedelta(days=3), material="稿", is_prepared=True)
    hall.plan(title="周二的", starts_at=NOW + timedelta(days=4))
    reasons = [item.reason for item in hall.read(list_day_items, on=TODAY)]
    assert reasons == ["今天的：签到和反馈未填", "周一的：会前材料未备"]


def test_nobody_is_noted_as_present_before_the_day(hall: Hall) -> None:
    event = hall.plan(starts_at=NOW + timedelta(days=2))
    hall.invite(event, hall.client("王秀兰"))
    guest = hall.guests(event)["王秀兰"].id
    with pytest.raises(InvalidFieldError, match="当天"):
        hall.write(mark_attendance, [guest], has_come=True, now=NOW)
