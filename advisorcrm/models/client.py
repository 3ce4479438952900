"""Table ``client``: the file of one client (客户明细档案)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import (
    Base,
    Code,
    Codes,
    Money,
    Name,
    Rate,
    Remark,
    Versioned,
    recorded,
)
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    InvestorKind,
    RiskLevel,
    Sex,
)


class Client(Versioned, Base):
    """A person or institution the branch serves; never deleted, only archived (R15, R19, R112)."""

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_no: Mapped[str] = mapped_column(String(40), unique=True)
    account: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[Name]
    alias: Mapped[Name] = mapped_column(default="")
    pinyin: Mapped[Name] = mapped_column(default="")
    initials: Mapped[Name] = mapped_column(default="")
    kind: Mapped[ClientKind] = mapped_column(default=ClientKind.PERSON)
    stage: Mapped[ClientStage] = mapped_column(default=ClientStage.ACTIVE)
    sex: Mapped[Sex | None]

    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    client_group_id: Mapped[int | None] = mapped_column(ForeignKey("client_group.id"))

    address: Mapped[Name] = mapped_column(default="")
    convenient_time: Mapped[Name] = mapped_column(default="")
    contact_every_days: Mapped[int | None]

    tier: Mapped[Code | None]
    investment_preference: Mapped[Name] = mapped_column(default="")
    trading_habit: Mapped[Code | None]
    service_need: Mapped[Code | None]
    wealth_content: Mapped[Codes | None]
    wealth_way: Mapped[Codes | None]
    trading_way: Mapped[Codes | None]
    commission_ppm: Mapped[Rate | None]
    assets_fen: Mapped[Money | None]

    commission_year_fen: Mapped[Money | None]
    commission_attitude: Mapped[Code | None]

    investor_kind: Mapped[InvestorKind | None]
    risk_level: Mapped[RiskLevel | None]
    is_lowest_risk: Mapped[bool] = mapped_column(default=False, server_default=false())
    risk_tested_on: Mapped[date | None]
    risk_expires_on: Mapped[date | None]
    id_document: Mapped[IdDocument | None]
    id_number: Mapped[str | None] = mapped_column(String(40))
    id_expires_on: Mapped[date | None]
    id_is_permanent: Mapped[bool] = mapped_column(default=False)

    birthday: Mapped[date | None]
    birthday_month_day: Mapped[str | None] = mapped_column(String(5))
    lunar_month: Mapped[int | None]
    lunar_day: Mapped[int | None]
    lunar_is_leap: Mapped[bool] = mapped_column(default=False)
    birthday_kept: Mapped[BirthdayKept] = mapped_column(default=BirthdayKept.SOLAR)
    occupation: Mapped[Name] = mapped_column(default="")
    hobbies: Mapped[Name] = mapped_column(default="")
    personality: Mapped[Name] = mapped_column(default="")
    family: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    education: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    employer: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    invests_since: Mapped[int | None]

    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    is_household_head: Mapped[bool] = mapped_column(default=False, server_default=false())
    tags: Mapped[Codes | None]
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))

    opened_on: Mapped[date | None]
    remark: Mapped[Remark] = mapped_column(default="")
    last_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_client_name", "name"),
        Index("ix_client_household_id", "household_id"),
        Index("ix_client_merged_into_id", "merged_into_id"),
        Index("ix_client_last_contact_at_id", "last_contact_at", "id"),
        Index("ix_client_assets_fen_id", "assets_fen", "id"),
        Index("ix_client_birthday_advisor_id", "birthday", "advisor_id"),
        Index(
            "ix_client_birthday_month_day_birthday_advisor_id",
            "birthday_month_day",
            "birthday",
            "advisor_id",
        ),
        Index(
            "ix_client_lunar_month_lunar_day_advisor_id", "lunar_month", "lunar_day", "advisor_id"
        ),
        Index("ix_client_advisor_id_last_contact_at", "advisor_id", "last_contact_at"),
        Index("ix_client_advisor_id_assets_fen", "advisor_id", "assets_fen"),
        Index(
            "ix_client_advisor_id_risk_expires_on_archived_at_stage",
            "advisor_id",
            "risk_expires_on",
            "archived_at",
            "stage",
        ),
        Index(
            "ix_client_advisor_id_id_expires_on_archived_at_stage",
            "advisor_id",
            "id_expires_on",
            "archived_at",
            "stage",
        ),
        Index("ix_client_opened_on", "opened_on"),
        Index(
            "ix_client_visit_ranking",
            "advisor_id",
            "archived_at",
            "stage",
            "tier",
            "assets_fen",
            "commission_year_fen",
            "contact_every_days",
            "created_at",
            "service_need",
            "is_restricted",
        ),
        recorded(),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    def touch(self, at: datetime) -> None:
        """Bring the last contact forward; an older conversation does not move it back."""
        if self.last_contact_at is None or at > self.last_contact_at:
            self.last_contact_at = at
