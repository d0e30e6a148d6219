"""The tables. Rows stay inside `data` and `services`; what a service hands out is a frozen view.

JSON is kept as text, byte for byte as it was written. Ids that a client or an import may bring (plans, entries) are
unique within an account only.
"""

from taper_app.data.tables.accounts import Account, Invite, LoginSession
from taper_app.data.tables.base import metadata
from taper_app.data.tables.entries import Entry, ImportFile
from taper_app.data.tables.plans import Plan, PlanEvent, PlanPhoto, PlanSource
from taper_app.data.tables.reminders import CalendarFeed, PushSubscription, QuietHours, Reminder, ReminderSending
from taper_app.data.tables.shares import Share, ShareOpening, ShareView
from taper_app.data.tables.trail import Audit, WrongTries

__all__ = [
    "Account",
    "Audit",
    "CalendarFeed",
    "Entry",
    "ImportFile",
    "Invite",
    "LoginSession",
    "Plan",
    "PlanEvent",
    "PlanPhoto",
    "PlanSource",
    "PushSubscription",
    "QuietHours",
    "Reminder",
    "ReminderSending",
    "Share",
    "ShareOpening",
    "ShareView",
    "WrongTries",
    "metadata",
]
