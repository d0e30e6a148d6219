"""The tables. Rows stay inside `data` and `services`; what a service hands out is a frozen view.

JSON is kept as text, byte for byte as it was written. Ids that a client or an import may bring (plans, entries) are
unique within an account only. What sealing.SEALED names is sealed with the account's key.
"""

from taper_app.data.tables.accounts import Account, Invite, LoginSession
from taper_app.data.tables.base import metadata
from taper_app.data.tables.care import CareMessage, CarePush, CareSending, ShareCare, ShareReply
from taper_app.data.tables.doors import Challenge, Passkey, RecoveryCode
from taper_app.data.tables.entries import Entry, ImportFile
from taper_app.data.tables.helpers import HelperGrant
from taper_app.data.tables.keys import AccountKey
from taper_app.data.tables.plans import Plan, PlanEvent, PlanPhoto, PlanSource
from taper_app.data.tables.reminders import CalendarFeed, PushSubscription, QuietHours, Reminder, ReminderSending
from taper_app.data.tables.shares import Share, ShareOpening, ShareView
from taper_app.data.tables.trail import Audit, WrongTries

__all__ = [
    "Account",
    "AccountKey",
    "Audit",
    "CalendarFeed",
    "CareMessage",
    "CarePush",
    "CareSending",
    "Challenge",
    "Entry",
    "HelperGrant",
    "ImportFile",
    "Invite",
    "LoginSession",
    "Passkey",
    "Plan",
    "PlanEvent",
    "PlanPhoto",
    "PlanSource",
    "PushSubscription",
    "QuietHours",
    "RecoveryCode",
    "Reminder",
    "ReminderSending",
    "Share",
    "ShareCare",
    "ShareOpening",
    "ShareReply",
    "ShareView",
    "WrongTries",
    "metadata",
]
