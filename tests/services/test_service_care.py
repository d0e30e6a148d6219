"""Words between a caregiver and the patient: off until allowed, few, plain, cleared and muted by the patient alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.errors import InvalidMany
from taper_app.services import care
from taper_app.services.errors import RepliesClosed, ReplyMissing, ShareMissing, TooManyReplies
from taper_app.services.export import export_account
from tests.services.carers import Carer, say
from tests.services.world import NOW, Person, asking, counts, sign_up

MINUTE = timedelta(minutes=1)


def words(person: Person) -> list[tuple[str, str]]:
    """What the patient reads: label and text, newest first."""
    with session_scope(write=False) as session:
        return [(one.label, one.text or one.kind) for one in care.list_replies(session, person.actor)]


def test_no_words_without_leave() -> None:
    """A share takes no words until the patient allows it, and none once it is taken back."""
    ana = sign_up()
    sam = Carer(ana)
    with pytest.raises(RepliesClosed):
        sam.send(kind="heart")
    sam.choose(replies=True)
    sam.send(kind="heart")
    sam.choose(replies=False)
    with pytest.raises(RepliesClosed):
        sam.send(NOW + 5 * MINUTE, kind="heart")
    assert words(ana) == [("Sam", "heart")]


def test_ten_words_a_day_and_the_same_in_a_minute_is_one() -> None:
    """The eleventh of a day is refused, also when the patient cleared some; a day later there is room again."""
    ana = sign_up()
    sam, kim = Carer(ana), Carer(ana, label="Kim")
    sam.choose(replies=True)
    kim.choose(replies=True)
    for _ in range(3):
        sam.send(kind="heart")
    assert len(words(ana)) == 1
    for n in range(9):
        sam.send(NOW + n * MINUTE, kind="word", text=f"Word {n}")
    with session_scope() as session:
        for one in care.list_replies(session, ana.actor)[:4]:
            care.clear_reply(session, ana.actor, one.id, NOW + 20 * MINUTE)
    assert len(words(ana)) == 6
    with pytest.raises(TooManyReplies):
        sam.send(NOW + 30 * MINUTE, kind="heart")
    kim.send(NOW + 30 * MINUTE, kind="heart")
    sam.send(NOW + timedelta(days=1, minutes=30), kind="heart")
    assert words(ana)[0] == ("Sam", "heart")


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"kind": "word", "text": "x" * 81}, "too_long", "text"),
        ({"kind": "word"}, "missing", "text"),
        ({"kind": "word", "text": " "}, "missing", "text"),
        ({"kind": "shout", "text": "x"}, "choose_one", "kind"),
        ({"text": "x"}, "missing", "kind"),
        ({"kind": "word", "text": "a\x00b"}, "control_character", "text"),
    ],
)
def test_a_word_is_short_and_plain(body: dict[str, Any], code: str, field: str) -> None:
    """What is no heart and no short word is refused by name and not kept."""
    sam = Carer(sign_up())
    sam.choose(replies=True)
    with pytest.raises(InvalidMany) as refused:
        sam.send(**body)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert counts()["share_reply"] == 0


def test_muting_is_silent() -> None:
    """A muted share's words are out of the patient's sight, and its caregiver is told nothing of it."""
    ana = sign_up()
    sam = Carer(ana)
    sam.choose(replies=True)
    before = sam.sees()
    sam.choose(muted=True)
    sam.send(kind="heart")
    assert sam.sees() == before
    assert words(ana) == []


def test_i_am_ok_stands_for_a_day_and_says_no_hour() -> None:
    """Every open share sees it by the day, on the next date as the day before; after 24 hours it is gone; twice is once."""
    ana = sign_up()
    sam, kim = Carer(ana), Carer(ana)
    say(ana, "ok")
    say(ana, "ok", NOW + timedelta(seconds=20))
    assert sam.sees()["says"] == kim.sees()["says"] == [{"kind": "ok", "date": "2026-11-23", "today": True, "at": None}]
    assert sam.sees(NOW + timedelta(hours=23))["says"][0]["today"] is False
    assert sam.sees(NOW + timedelta(hours=24))["says"] == []
    with session_scope() as session:
        care.unsay(session, ana.actor, NOW)
    assert sam.sees()["says"] == []
    assert counts()["entry"] == 0


def test_alerts_are_off_and_told_to_both() -> None:
    """A new share has no alert; what is chosen is shown to patient and caregiver alike."""
    ana = sign_up()
    sam = Carer(ana)
    assert sam.sees()["alerts"] == {"flare": None, "quiet_days": None, "company": False}
    sam.choose(alerts={"flare": 7, "company": True})
    sam.choose(alerts={"quiet_days": 3})
    assert sam.sees()["alerts"] == {"flare": 7, "quiet_days": 3, "company": True}
    with session_scope(write=False) as session:
        [view] = care.list_care(session, ana.actor, NOW)
    assert (view.label, view.alerts, view.replies) == ("Sam", care.Alerts(7, 3, True), False)


@pytest.mark.parametrize(
    ("alerts", "code"),
    [({"flare": 0}, "out_of_range"), ({"flare": 11}, "out_of_range"), ({"quiet_days": 0}, "out_of_range"), ({"company": 1}, "wrong_type")],
)
def test_an_alert_that_cannot_be_is_refused(alerts: dict[str, Any], code: str) -> None:
    """Numbers out of range and rubbish are named, and nothing is chosen."""
    sam = Carer(sign_up())
    with pytest.raises(InvalidMany) as refused:
        sam.choose(alerts=alerts)
    assert refused.value.code == code
    assert counts()["share_care"] == 0


def test_no_alert_about_what_is_not_shared() -> None:
    """A share without flares cannot have an alert about flares."""
    sam = Carer(sign_up(), scopes=["plan_dates"])
    with pytest.raises(InvalidMany) as refused:
        sam.choose(alerts={"flare": 7})
    assert refused.value.code == "flares_not_shared"


def test_nobody_reaches_into_another_account() -> None:
    """Another patient finds neither the share nor the word, and a caregiver may choose nothing."""
    ana, bea = sign_up(), sign_up("bea")
    sam = Carer(ana)
    sam.choose(replies=True)
    sam.send(kind="heart")
    with session_scope() as session:
        [reply] = care.list_replies(session, ana.actor)
        assert care.list_replies(session, bea.actor) == []
        with pytest.raises(ReplyMissing):
            care.clear_reply(session, bea.actor, reply.id, NOW)
        with pytest.raises(ShareMissing):
            care.set_care(session, bea.actor, sam.id, {"replies": False}, NOW)
    assert words(ana) == [("Sam", "heart")]


def test_words_and_alerts_are_in_the_export() -> None:
    """Each share in the export has what was chosen and what came; what the patient says stands beside them."""
    ana = sign_up()
    sam = Carer(ana)
    sam.choose(replies=True, alerts={"flare": 7, "quiet_days": 3})
    sam.send(kind="word", text="Thinking of you")
    say(ana, "ok")
    with asking() as (session, now):
        account = export_account(session, ana.actor, now)["account"]
    assert account["says"] == [{"kind": "ok", "at": "2026-11-23T15:00:00Z"}]
    [share] = account["shares"]
    assert share["care"] == {"replies": True, "muted": False, "alerts": {"flare": 7, "quiet_days": 3, "company": False}, "alerted": []}
    assert share["words"] == [{"kind": "word", "text": "Thinking of you", "at": "2026-11-23T15:00:00Z"}]
