"""The tables: one module each. Importing this package makes the metadata complete."""

from advisorcrm.models.absence import Absence
from advisorcrm.models.access_log import AccessLog
from advisorcrm.models.appointment import Appointment
from advisorcrm.models.attachment import Attachment, AttachmentContent
from advisorcrm.models.base import Base
from advisorcrm.models.branch import Branch
from advisorcrm.models.callback import Callback
from advisorcrm.models.callback_campaign import CallbackCampaign
from advisorcrm.models.callback_correction import CallbackCorrection
from advisorcrm.models.callback_script import CallbackScript
from advisorcrm.models.care_record import CareRecord, Festival, GreetingTemplate
from advisorcrm.models.change_history import ChangeHistory
from advisorcrm.models.client import Client
from advisorcrm.models.client_account import ClientAccount
from advisorcrm.models.client_merge import ClientMerge, DuplicateDecision
from advisorcrm.models.client_room import ClientRoom, Seat, SeatUse
from advisorcrm.models.client_search import ClientSearch
from advisorcrm.models.code_list import CodeListEntry
from advisorcrm.models.completeness import (
    CompletenessSnapshot,
    CompletenessSnapshotRow,
    CompletenessWeight,
)
from advisorcrm.models.compliance_parameter import ComplianceParameter
from advisorcrm.models.consent import Consent
from advisorcrm.models.contact_log import ContactLog
from advisorcrm.models.contact_point import ContactPoint
from advisorcrm.models.counter_notice import CounterNotice
from advisorcrm.models.day_closing import DayClosing, DayMatter, DayPlan, DaySkip
from advisorcrm.models.day_slot import ChecklistItem, ChecklistMark, DaySlot
from advisorcrm.models.draft import Draft
from advisorcrm.models.duty_done import DutyDone
from advisorcrm.models.event import Event, EventGuest
from advisorcrm.models.field_source import FieldSource
from advisorcrm.models.gift import Gift
from advisorcrm.models.handover import Handover, HandoverClient
from advisorcrm.models.household import Household
from advisorcrm.models.import_batch import ImportBatch
from advisorcrm.models.import_doubt import ImportDoubt
from advisorcrm.models.import_row import ImportRow
from advisorcrm.models.import_scheme import ImportScheme
from advisorcrm.models.meeting import CompanyView, Meeting, MeetingAttendee, MeetingItem
from advisorcrm.models.own_field import OwnField, OwnValue
from advisorcrm.models.privacy_request import PrivacyRequest
from advisorcrm.models.product import Product, ProductSale
from advisorcrm.models.relation import Relation
from advisorcrm.models.reminder import Reminder
from advisorcrm.models.risk_test import RiskTest
from advisorcrm.models.room_round import RoomRound
from advisorcrm.models.saved_view import SavedView
from advisorcrm.models.setting import Setting
from advisorcrm.models.shift_log import ShiftLog, ShiftMemo, ShiftSwap
from advisorcrm.models.suitability_match import SuitabilityMatch
from advisorcrm.models.task import Task
from advisorcrm.models.tier_rule import TierDecision, TierRule
from advisorcrm.models.user import ClientGroup, User, user_client_group
from advisorcrm.models.visit_skip import VisitSkip
from advisorcrm.models.working_day import WorkingDay, WorkingYear

__all__ = [
    "Absence",
    "AccessLog",
    "Appointment",
    "Attachment",
    "AttachmentContent",
    "Base",
    "Branch",
    "Callback",
    "CallbackCampaign",
    "CallbackCorrection",
    "CallbackScript",
    "CareRecord",
    "ChangeHistory",
    "ChecklistItem",
    "ChecklistMark",
    "Client",
    "ClientAccount",
    "ClientGroup",
    "ClientMerge",
    "ClientRoom",
    "ClientSearch",
    "CodeListEntry",
    "CompanyView",
    "CompletenessSnapshot",
    "CompletenessSnapshotRow",
    "CompletenessWeight",
    "ComplianceParameter",
    "Consent",
    "ContactLog",
    "ContactPoint",
    "CounterNotice",
    "DayClosing",
    "DayMatter",
    "DayPlan",
    "DaySkip",
    "DaySlot",
    "Draft",
    "DuplicateDecision",
    "DutyDone",
    "Event",
    "EventGuest",
    "Festival",
    "FieldSource",
    "Gift",
    "GreetingTemplate",
    "Handover",
    "HandoverClient",
    "Household",
    "ImportBatch",
    "ImportDoubt",
    "ImportRow",
    "ImportScheme",
    "Meeting",
    "MeetingAttendee",
    "MeetingItem",
    "OwnField",
    "OwnValue",
    "PrivacyRequest",
    "Product",
    "ProductSale",
    "Relation",
    "Reminder",
    "RiskTest",
    "RoomRound",
    "SavedView",
    "Seat",
    "SeatUse",
    "Setting",
    "ShiftLog",
    "ShiftMemo",
    "ShiftSwap",
    "SuitabilityMatch",
    "Task",
    "TierDecision",
    "TierRule",
    "User",
    "VisitSkip",
    "WorkingDay",
    "WorkingYear",
    "user_client_group",
]
