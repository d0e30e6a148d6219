"""Somebody with a word of their own in every place that keeps words, and with the ids of everything that is theirs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from taper_app.data.engine import database
from taper_app.data.repositories import care, doors
from taper_app.data.tables import Passkey, ShareReply
from taper_app.services import accounts, calendar, drafting, importing_diary, photos, pictures, reminders, share_door, shares, subscribing
from taper_app.services.helpers import ask_helper, confirm_helper, take_code
from taper_app.services.tokens import new_id
from tests.services.pictures import photo
from tests.services.world import Person, active_plan, asking, draft, entry, plan_body, record, sign_up

# The point and the secret are those of RFC 8291's example.
KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
# Whose rows say whose they are.
TABLES = (
    "plan", "plan_photo", "plan_source", "entry", "share", "login_session", "reminder", "calendar_feed", "push_subscription",
    "import_file", "passkey", "recovery_code", "care_message", "helper_grant",
)  # fmt: skip
ALL_SCOPES = ["plan_dates", "plan", "doses", "flares", "check_ins", "options", "notes", "safety"]


class Stocked:
    """A person. `canary` is in no answer but their own; `ids` are those of their things, by what they are."""

    def __init__(self, login: str) -> None:
        self.canary = canary = f"canary{login}"
        self.person: Person = sign_up(login, label=f"{canary} phone")
        actor = self.person.actor
        body = plan_body(prescriber=f"Dr. {canary}")
        body["medication"] = {**body["medication"], "name": f"morphine {canary}"}
        plan, unfinished = active_plan(self.person, body), draft(self.person, body)
        record(
            self.person,
            entry(1, "note", {"text": canary}),
            entry(2, "question", {"text": f"{canary}?"}),
            entry(3, "flare", {"started_at": "2026-11-23T14:00:00Z", "severity_now": 6, "note": canary}),
            entry(4, "check_in", {"pain": 4, "note": canary}),
            entry(5, "condition", {"state": "same", "said_by": canary}),
            entry(6, "naloxone", {"place": canary}),
            entry(7, "baseline", {"pain": 5}),
        )
        with asking() as (session, now):
            people = [{"name": canary, "phone": "555"}]
            accounts.change_settings(session, actor, {"display_name": canary, "people": people, "after_hours": canary}, now)
            read, _ = drafting.draft_from_text(session, actor, f"Morphine\nFrom 25 Nov 2026: 30 mg at 8 am\n{canary}", now)
            looked_at = pictures.read_picture(photo())
            kept = photos.add_photo(session, actor, plan, looked_at, now)
            made = [shares.create_share(session, actor, {"label": canary, "scopes": scopes}, now) for scopes in (ALL_SCOPES, ["flares"])]
            gone = shares.create_share(session, actor, {"label": canary}, now)
            set_ = reminders.set_reminders(session, actor, {"reminders": [{"kind": "dose", "at": "08:00"}], "quiet": None}, now)
            self.calendar = calendar.make_feed(session, actor, now).rsplit("/", 1)[-1]
            waiting = importing_diary.receive_diary(session, actor, f"day,pain,{canary}\n2026-11-02,4,x\n", now)
            endpoint = f"https://fcm.googleapis.com/fcm/send/{canary}"
            subscribing.subscribe(session, actor, self.person.token, {"endpoint": endpoint, "keys": KEYS}, now)
        self.openings: dict[str, str] = {}
        with asking() as (session, now):
            for name, share in zip(("wide", "narrow", "revoked"), (*made, gone), strict=True):
                self.openings[name] = share_door.open_share(session, share.token, now).token
        with asking() as (session, now):
            shares.revoke_share(session, actor, gone.share.id, now)
        self.ids = {
            "plan_id": plan, "draft_id": unfinished, "read_id": read, "photo_id": kept.id, "share_id": made[0].share.id,
            "narrow_id": made[1].share.id, "revoked_id": gone.share.id, "reminder_id": set_.reminders[0].id, "file_id": waiting.id,
            "session_id": self.session_id(), "account_id": self.person.id, **self.more(made[0].share.id),
        }  # fmt: skip

    def more(self, share_id: str) -> dict[str, str]:
        """A passkey, a caregiver's word, somebody who offered to help, and somebody who is helped."""
        login = self.person.login
        sam, cleo = sign_up(f"sam{login}"), sign_up(f"cleo{login}")
        reply, key = new_id(), new_id()
        with asking() as (session, now):
            care.add_reply(session, ShareReply(id=reply, share_id=share_id, at=now, kind="word", body=self.canary))
            row = Passkey(
                id=key, account_id=self.person.id, credential=key, public_key="x", sign_count=0, name=self.canary, created_at=now
            )
            doors.add_passkey(session, row)
            asked = ask_helper(session, self.person.actor, {"label": self.canary}, now)
            take_code(session, sam.actor, asked.code, now)
            mine = ask_helper(session, cleo.actor, {"label": login}, now)
            take_code(session, self.person.actor, mine.code, now)
            confirm_helper(session, cleo.actor, mine.helper.id, now)
        return {"passkey_id": key, "reply_id": reply, "grant_id": asked.helper.id, "helping_id": mine.helper.id, "helped_id": cleo.id}

    def session_id(self) -> str:
        """The id of the login session."""
        with database().reader.connect() as connection:
            query = text("SELECT id FROM login_session WHERE account_id = :account")
            return str(connection.execute(query, {"account": self.person.id}).scalars().first())

    def rows(self) -> dict[str, Any]:
        """What the database holds of this account, to be compared: changed by nobody else."""
        found: dict[str, Any] = {}
        with database().reader.connect() as connection:
            for table in TABLES:
                query = text(f"SELECT * FROM {table} WHERE account_id = :account ORDER BY 1, 2")
                found[table] = connection.execute(query, {"account": self.person.id}).all()
        return found
