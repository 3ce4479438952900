from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from advisorcrm.db.database import Database
from advisorcrm.errors import (
    DatabaseDamagedError,
    InvalidFieldError,
    NotAllowedError,
    NotFoundError,
)
from advisorcrm.exports.personal_data import (
    _tables,
    export_personal_data,
    register_personal_data,
)
from advisorcrm.exports.personal_files import export_personal_files
from advisorcrm.exports.personal_labels import COLUMNS, SKIPPED, TABLES
from advisorcrm.models import Attachment, Base
from advisorcrm.services.access_logs import list_client_accesses, log_view
from advisorcrm.services.consents.consents import NewConsent, record_consent
from advisorcrm.services.files.attachments import (
    NewAttachment,
    add_attachment,
    archive_attachment,
)
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.merges.client_merges import MergeOrder, merge_clients
from advisorcrm.services.merges.merge_fields import Side
from advisorcrm.services.suitability.risk_tests import NewRiskTest, enter_risk_test
from advisorcrm.terms import Channel, ConsentState, Purpose, RiskLevel, Sex
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log, make_some_row

MOBILE, ACCOUNT, ID_NUMBER = "13900000458", "010000007715", "11010519491231002X"


@pytest.fixture
def client(database: Database, people: People) -> int:
    def fill(session, actor):  # type: ignore[no-untyped-def]
        key = make_client(
            session, people.advisor, name="欧阳文静", mobile=MOBILE, account=ACCOUNT,
            id_number=ID_NUMBER, tier="gold",
        )  # fmt: skip
        other = make_client(session, people.advisor, name="别的客户")
        make_log(session, people.advisor, key, content="女儿买房，明年春需用 40 万。")
        make_log(session, people.advisor, other, content="别人的话。")
        new = NewConsent(
            str(uuid.uuid4()), key, Channel.SMS, Purpose.NEWS, ConsentState.GIVEN, NOW, "柜台签字"
        )
        record_consent(session, people.advisor, new, now=NOW)
        test = NewRiskTest(str(uuid.uuid4()), key, TODAY, RiskLevel.C3)
        enter_risk_test(session, people.advisor, test, now=NOW)
        return key

    made: int = database.write(fill)
    changes = {"hobbies": Change("", "钓鱼")}
    database.acting_as(people.advisor).write(
        partial(update_client, client_id=made, changes=changes, now=NOW)
    )
    return made


def copy(door: Database, client: int, path: Path, **more: object) -> dict[str, str]:
    """The copy as a file: per worksheet everything that can be read in it."""
    imprint = door.write(
        partial(register_personal_data, client_id=client, now=NOW, **more)  # type: ignore[arg-type]
    )
    door.read(partial(export_personal_data, client_id=client, imprint=imprint, path=path))
    book = load_workbook(path)
    return {
        sheet.title.rstrip("0123456789"): "\n".join(
            str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None
        )
        for sheet in book
    }


def test_the_copy_holds_everything_about_the_one_client_in_words(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    boss = database.acting_as(people.manager)
    said = copy(boss, client, tmp_path / "a.xlsx", unmasked=True, purpose="客户要求")
    assert list(said) == [
        "客户档案", "联系方式", "同意记录", "风险测评", "沟通记录", "修改历史", "查看与导出日志",
    ]  # fmt: skip
    assert ACCOUNT in said["客户档案"]
    assert ID_NUMBER in said["客户档案"]
    assert "金卡" in said["客户档案"]
    assert MOBILE in said["联系方式"]
    assert "柜台签字" in said["同意记录"]
    assert "C3 稳健型" in said["风险测评"]
    assert "女儿买房" in said["沟通记录"]
    assert "爱好：空 → 钓鱼" in said["修改历史"]
    assert "个人信息副本" in said["查看与导出日志"]
    assert "别人的话" not in "".join(said.values())


def test_without_the_right_the_copy_is_masked_also_in_its_history(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    mine = database.acting_as(people.advisor)
    everything = "".join(copy(mine, client, tmp_path / "a.xlsx").values())
    for secret in (MOBILE, ACCOUNT, ID_NUMBER):
        assert secret not in everything
    assert "139****0458" in everything
    with pytest.raises(NotAllowedError):
        copy(mine, client, tmp_path / "b.xlsx", unmasked=True, purpose="客户要求")
    with pytest.raises(NotFoundError):
        copy(database.acting_as(people.colleague), client, tmp_path / "b.xlsx")


@pytest.mark.req("R16", "R148")
def test_who_reads_the_card_alone_gets_no_copy_of_all_that_hangs_on_it(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    for who in (people.desk, people.office, people.administrator):
        with pytest.raises(NotAllowedError):
            copy(database.acting_as(who), client, path)
    boss = database.acting_as(people.manager)
    imprint = boss.write(partial(register_personal_data, client_id=client, now=NOW))
    with pytest.raises(NotAllowedError):
        database.acting_as(people.desk).read(
            partial(export_personal_data, client_id=client, imprint=imprint, path=path)
        )
    assert not path.exists()
    assert "女儿买房" in copy(database.acting_as(people.leader), client, path)["沟通记录"]


def test_the_copy_in_full_needs_a_purpose_and_stands_in_the_log(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    boss = database.acting_as(people.manager)
    with pytest.raises(InvalidFieldError):
        copy(boss, client, tmp_path / "a.xlsx", unmasked=True)
    copy(boss, client, tmp_path / "a.xlsx", unmasked=True, purpose="客户要求")
    entries = boss.read(partial(list_client_accesses, client_id=client))
    assert ("个人信息副本", "客户要求") in [(row.subject, row.purpose) for row in entries]


def test_the_attachments_lie_beside_the_copy_in_full_and_leave_a_trace(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    mine, boss = (database.acting_as(who) for who in (people.advisor, people.manager))
    keys = []
    for name, content in (("合同.pdf", b"%PDF one"), ("合同.pdf", b"%PDF two")):
        new = NewAttachment(str(uuid.uuid4()), client, "contract", name, content)
        keys.append(mine.write(partial(add_attachment, new=new, now=NOW)))
    mine.write(partial(archive_attachment, attachment_id=keys[0], now=NOW))  # is still held
    beside = tmp_path / "a-附件.zip"

    masked = mine.write(partial(register_personal_data, client_id=client, now=NOW))
    pack = partial(export_personal_files, client_id=client, path=tmp_path / "a.xlsx")
    assert mine.read(partial(pack, imprint=masked)) is None
    assert "只随完整号码的副本交付" in copy(mine, client, tmp_path / "m.xlsx")["附件"]
    assert not beside.exists()

    full = partial(register_personal_data, client_id=client, unmasked=True, purpose="要求", now=NOW)
    imprint = boss.write(full)
    assert boss.read(partial(pack, imprint=imprint)) == beside
    with ZipFile(beside) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {"001-合同.pdf": b"%PDF one", "002-合同.pdf": b"%PDF two"}
    said = copy(boss, client, tmp_path / "b.xlsx", unmasked=True, purpose="要求")["附件"]
    assert "001-合同.pdf" in said
    entries = boss.read(partial(list_client_accesses, client_id=client))
    assert "个人信息副本：附件原件 2 份" in [row.subject for row in entries]

    database.write(
        lambda s, _a: s.execute(
            update(Attachment).where(Attachment.id == keys[1]).values(sha256="0" * 64)
        )
    )
    with pytest.raises(DatabaseDamagedError, match="校验值不一致"):
        boss.read(partial(pack, imprint=imprint))
    with ZipFile(beside) as archive:  # the old one is untouched
        assert archive.read("002-合同.pdf") == b"%PDF two"


def test_the_history_of_the_copy_and_files_merged_into_it_are_told_in_words(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    boss = database.acting_as(people.manager)
    changes = {
        "tier": Change("gold", "platinum"), "wealth_way": Change((), ("sms", "mail")),
        "sex": Change(None, Sex.FEMALE), "assets_fen": Change(None, 1_234_500),
        "advisor_id": Change(people.advisor.user_id, people.colleague.user_id),
    }  # fmt: skip
    boss.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    twin = database.write(
        lambda session, _actor: make_client(
            session, people.advisor, name="欧阳文静", account="010000008826", hobbies="书法",
            mobile=MOBILE, tier="silver",
        )
    )  # fmt: skip
    order = MergeOrder(client, twin, "同一人", {"hobbies": Side.MERGED})
    boss.write(partial(log_view, client_id=twin, now=NOW))
    boss.write(partial(merge_clients, order=order, now=NOW))

    said = copy(boss, client, tmp_path / "a.xlsx", unmasked=True, purpose="客户要求")
    for told in (
        "客户类型：金卡 → 白金卡", "理财需求（方式）：空 → 即时短信、邮件资料", "性别：空 → 女",
        "总资产（元）：空 → 12,345.00",
        f"客服专员：{people.advisor.name} → {people.colleague.name}", "爱好：钓鱼 → 书法",
    ):  # fmt: skip
        assert told in said["修改历史"]
    assert "爱好：空\n" not in said["修改历史"]  # a new file tells what it held
    assert "爱好：钓鱼" in said["档案合并"]
    assert "银卡" in said["客户档案"]
    everything = "\n".join(said.values())
    for raw in ("platinum", "gold", "sms", "female", "{", "_id", "f1："):
        assert raw not in everything
    masked = copy(database.acting_as(people.colleague), client, tmp_path / "b.xlsx")
    for secret in (MOBILE, ACCOUNT, ID_NUMBER, "010000008826"):
        assert secret not in "".join(masked.values())


def test_what_is_chosen_from_a_list_of_the_program_is_told_in_words_too(
    database: Database, people: People, client: int, tmp_path: Path
) -> None:
    boss = database.acting_as(people.manager)

    def choose(session: Session, _actor: object) -> None:
        for name, values in (
            ("visit_skip", {"reason": "absent"}), ("import_batch", {}),
            ("import_doubt", {"client_id": client, "decision": "separate"}),
            ("callback_campaign", {}), ("callback", {"scores": ("attitude=5", "speed=4")}),
        ):  # fmt: skip
            make_some_row(session, Base.metadata.tables[name], **values)

    database.write(choose)
    said = copy(boss, client, tmp_path / "a.xlsx", unmasked=True, purpose="客户要求")
    assert "客户外出" in said["跳过的访问"]
    assert "另建新客户" in said["导入待定"]
    assert "服务态度 5　办事效率 4" in said["回访记录"]


def test_every_table_about_a_client_has_words_for_what_it_holds() -> None:
    tables = list(_tables())
    assert {table.name for table in tables} - set(TABLES) == set()
    nameless = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if column.name not in COLUMNS
        and column.name not in SKIPPED
        and not column.name.endswith("_id")
    }
    assert nameless == set()
