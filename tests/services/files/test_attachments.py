"""Files kept with a client's file: what is taken, what is refused, what is proven when opened."""

from __future__ import annotations

import uuid
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from advisorcrm.db.database import Database
from advisorcrm.errors import DatabaseDamagedError, InvalidFieldError, SystemTroubleError
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.care.care_records import NewCareRecord, record_care
from advisorcrm.services.consents.consents import NewConsent, list_consents, record_consent
from advisorcrm.services.contacts.timelines import list_timeline
from advisorcrm.services.files.attachment_files import MEGABYTE, read_upload
from advisorcrm.services.files.attachments import (
    NewAttachment,
    add_attachment,
    add_attachments,
    archive_attachment,
    count_attachments,
    list_attachments,
    read_attachment,
    restore_attachment,
    said_size,
)
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import AccessKind, CareKind, CareWay, Channel, ConsentState, Purpose
from tests.conftest import rows
from tests.factories import NOW, People, make_client, make_log


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))


def new_file(client: int, **overrides: Any) -> NewAttachment:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "client_id": client,
        "kind": "contract",
        "file_name": "服务合同.pdf",
        "content": b"%PDF-1.7 contract",
        "note": "共 3 页",
    }
    values.update(overrides)
    return NewAttachment(**values)


def add(database: Database, new: NewAttachment) -> int:
    return database.write(lambda s, a: add_attachment(s, a, new, now=NOW))


def test_a_file_is_kept_with_its_hash_and_comes_back_as_it_was(mine: Database, client: int) -> None:
    content = bytes(range(256)) * 300
    key = add(mine, new_file(client, content=content))
    [row] = mine.read(lambda s, a: list_attachments(s, a, client))
    assert (row.id, row.file_name, row.kind, row.note) == (
        key,
        "服务合同.pdf",
        "contract",
        "共 3 页",
    )
    assert (row.size, row.user_name, row.added_at) == ("75.0 KB", "林若溪", NOW)
    assert row.sha256 == sha256(content).hexdigest()
    file = mine.write(lambda s, a: read_attachment(s, a, key, now=NOW))
    assert (file.file_name, file.content) == ("服务合同.pdf", content)


def test_a_repeated_call_keeps_a_file_once(mine: Database, client: int) -> None:
    new = new_file(client)
    assert add(mine, new) == add(mine, new)
    assert mine.read(lambda s, a: count_attachments(s, a, client)) == 1
    assert rows(mine, "SELECT count(*) FROM attachment_content") == [(1,)]


def test_opening_a_file_is_logged_as_an_unmasked_look(mine: Database, client: int) -> None:
    key = add(mine, new_file(client))
    later = NOW + timedelta(minutes=1)
    mine.write(lambda s, a: read_attachment(s, a, key, now=later))
    [look] = mine.read(lambda s, a: list_client_accesses(s, a, client))
    assert (look.kind, look.subject, look.at) == (AccessKind.VIEW, "附件：服务合同.pdf", later)
    assert not look.was_masked


def test_a_file_that_is_no_longer_what_was_added_is_not_opened(mine: Database, client: int) -> None:
    key = add(mine, new_file(client))
    wrong = sha256(b"something else").hexdigest()
    mine.write(
        lambda s, a: s.execute(
            text("UPDATE attachment SET sha256 = :wrong WHERE id = :key"),
            {"wrong": wrong, "key": key},
        )
    )
    with pytest.raises(DatabaseDamagedError, match=r"服务合同\.pdf.*校验值不一致"):
        mine.write(lambda s, a: read_attachment(s, a, key, now=NOW))
    assert mine.read(lambda s, a: list_client_accesses(s, a, client)) == []


def test_a_file_put_away_keeps_its_content_and_comes_back(mine: Database, client: int) -> None:
    key = add(mine, new_file(client))
    mine.write(lambda s, a: archive_attachment(s, a, key, now=NOW))
    assert mine.read(lambda s, a: list_attachments(s, a, client)) == []
    assert mine.read(lambda s, a: count_attachments(s, a, client)) == 0
    mine.write(lambda s, a: restore_attachment(s, a, key))
    assert mine.write(lambda s, a: read_attachment(s, a, key, now=NOW)).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"content": b""}, "空的"),
        ({"file_name": "合同.exe"}, "可以运行"),
        ({"file_name": "合同.PDF.Js"}, "可以运行"),
        ({"file_name": "清单.bat. "}, "可以运行"),
        ({"file_name": "合同.pdf", "content": b"MZ\x90\x00"}, "可以运行"),
        ({"file_name": "  "}, "没有名字"),
        ({"kind": ""}, "类别"),
        ({"kind": "poem"}, "poem"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    mine: Database, client: int, overrides: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidFieldError, match=said):
        add(mine, new_file(client, **overrides))
    assert rows(mine, "SELECT count(*) FROM attachment") == [(0,)]


def test_the_branch_sets_how_large_a_file_may_be(
    database: Database, people: People, mine: Database, client: int
) -> None:
    content = b"x" * (MEGABYTE + 1)
    add(mine, new_file(client, content=content))
    manager = database.acting_as(people.manager)
    manager.write(lambda s, a: save_setting(s, a, "attachment_mb", 1))
    with pytest.raises(InvalidFieldError, match="超过 1 MB"):
        add(mine, new_file(client, content=content))
    with pytest.raises(InvalidFieldError, match="1 到 100"):
        manager.write(lambda s, a: save_setting(s, a, "attachment_mb", 0))


def test_of_several_files_one_refused_keeps_none(mine: Database, client: int) -> None:
    news = [new_file(client), new_file(client, content=b"")]
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: add_attachments(s, a, news, now=NOW))
    assert mine.read(lambda s, a: count_attachments(s, a, client)) == 0


def test_a_file_proves_a_conversation_of_the_same_client_only(
    database: Database, people: People, mine: Database, client: int
) -> None:
    log = mine.write(lambda s, a: make_log(s, a, client))
    add(mine, new_file(client, contact_log_id=log, kind="recording"))
    [row] = mine.read(lambda s, a: list_attachments(s, a, client))
    assert row.contact_at == NOW - timedelta(minutes=10)
    other = database.write(lambda s, a: make_client(s, people.advisor))
    with pytest.raises(InvalidFieldError, match="这位客户"):
        add(mine, new_file(other, contact_log_id=log))


def test_names_and_notes_are_masked_and_head_office_reads_the_kind_alone(
    database: Database, people: People, mine: Database, client: int
) -> None:
    name = "欧阳文静 13900000458 合同.pdf"
    add(mine, new_file(client, file_name=name, note="电话 13900000458"))
    [row] = mine.read(lambda s, a: list_attachments(s, a, client))
    assert (row.file_name, row.note) == ("欧阳文静 139****0458 合同.pdf", "电话 139****0458")
    office = database.acting_as(people.office)
    [row] = office.read(lambda s, a: list_attachments(s, a, client))
    assert (row.file_name, row.note, row.kind) == ("*.pdf", "", "contract")


def test_the_history_tells_of_a_file_in_words(mine: Database, client: int) -> None:
    key = add(mine, new_file(client))
    mine.write(lambda s, a: archive_attachment(s, a, key, now=NOW))
    told = [
        (one.label, one.old, one.new)
        for one in mine.read(lambda s, a: list_history(s, a, client)).entries
        if one.label == "附件"
    ]
    assert told == [("附件", "合同 服务合同.pdf", ""), ("附件", "", "合同 服务合同.pdf")]


def test_a_name_is_shortened_before_its_ending_and_without_its_folder(
    mine: Database, client: int
) -> None:
    add(mine, new_file(client, file_name="C:\\文件\\" + "长" * 200 + ".docx"))
    [row] = mine.read(lambda s, a: list_attachments(s, a, client))
    assert row.file_name == "长" * 115 + ".docx"


def test_a_file_of_the_disk_is_read_only_as_far_as_it_may_be_large(tmp_path: Path) -> None:
    path = tmp_path / "扫描.pdf"
    path.write_bytes(b"%PDF" * 10)
    assert read_upload(path, most_mb=1) == b"%PDF" * 10
    path.write_bytes(b"x" * (MEGABYTE + 1))
    with pytest.raises(InvalidFieldError, match="超过 1 MB"):
        read_upload(path, most_mb=1)
    with pytest.raises(SystemTroubleError, match=r"读不到文件“没有\.pdf”"):
        read_upload(tmp_path / "没有.pdf", most_mb=1)


def test_sizes_are_said_in_the_unit_people_read() -> None:
    assert [said_size(size) for size in (12, 2048, 5 * MEGABYTE)] == ["12 B", "2.0 KB", "5.0 MB"]


@pytest.mark.req("R16")
def test_the_front_desk_reads_no_name_of_a_file_nor_care_anywhere(
    database: Database, people: People, mine: Database, client: int
) -> None:
    key = add(mine, new_file(client))
    answer = NewConsent(
        str(uuid.uuid4()), client, Channel.PHONE, Purpose.CARE, ConsentState.GIVEN, NOW,
        "柜台签字", attachment_id=key,
    )  # fmt: skip
    care = NewCareRecord(
        str(uuid.uuid4()), client, CareKind.BIRTHDAY, CareWay.PHONE, "生日问候", NOW
    )
    mine.write(lambda s, a: record_consent(s, a, answer, now=NOW))
    mine.write(lambda s, a: record_care(s, a, care, now=NOW))

    def told(door: Database) -> tuple[bool, ...]:
        found = (
            door.read(lambda s, a: list_history(s, a, client)),
            door.read(lambda s, a: list_consents(s, a, client)),
            door.read(lambda s, a: list_timeline(s, a, client)),
        )
        return *("服务合同" in repr(one) for one in found), "生日问候" in repr(found[2])

    assert told(database.acting_as(people.leader)) == (True, True, True, True)
    assert told(database.acting_as(people.desk)) == (False, False, False, False)
