"""Drafts that were read from words: kept with them, ticked line by line, and nobody else's business."""

from __future__ import annotations

import pytest

from taper_app.content.loader import catalog
from taper_app.domain.access import Caregiver, Stranger
from taper_app.domain.drafting import Drafted, Question, SourceLine
from taper_app.domain.errors import Forbidden, Invalid, InvalidMany, NotDraft, PlanBlank
from taper_app.services import drafting, plans
from taper_app.services.errors import NothingRead, NotReadBack, NotSignedIn, PlanMissing
from taper_app.services.words import question_words
from tests.services.world import active_plan, asking, counts, draft, plan_body, sign_up

YES = {"confirmed_with_prescriber": True}
TEXT = "Morphine ER 30 mg in the morning from 2026-12-01. Then 15 mg at night. See you soon."


def test_a_pasted_plan_is_a_draft_with_its_words() -> None:
    """The draft, its lines and its questions are kept together."""
    ana = sign_up()
    with asking() as (session, now):
        plan_id, drafted = drafting.draft_from_text(session, ana.actor, TEXT, now)
    with asking() as (session, now):
        view, source = plans.get_plan(session, ana.actor, plan_id, now), drafting.source_of_plan(session, ana.actor, plan_id)
    assert (view.status, view.plan.medication.name, len(view.plan.steps)) == ("draft", "Morphine ER", 2)
    assert source is not None
    assert (source.kind, source.lines, source.questions, source.left) == ("text", drafted.lines, drafted.questions, 3)


@pytest.mark.parametrize("text", ["See you soon.", "Stop.", "Reduce by 10 % every week.", "Morphine 15 mg bid. Oxycodone 5 mg qhs."])
def test_what_has_no_dose_makes_no_plan(text: str) -> None:
    """Where no dose can be read nothing is kept."""
    ana = sign_up()
    with pytest.raises(NothingRead), asking() as (session, now):
        drafting.draft_from_text(session, ana.actor, text, now)
    assert (counts()["plan"], counts()["plan_source"]) == (0, 0)


@pytest.mark.parametrize("text", [None, 7, "", "  \n ", "x" * 20_001, "30 mg\ud800 bid", "30 mg\x00 bid"])
def test_what_is_no_text_is_refused_by_name(text: object) -> None:
    """Too long, empty, or with characters that cannot be kept: refused at its field."""
    ana = sign_up()
    with pytest.raises(InvalidMany) as refused, asking() as (session, now):
        drafting.draft_from_text(session, ana.actor, text, now)
    assert refused.value.field == "text"


def test_line_ends_of_every_kind_are_read() -> None:
    """Text from an old program or a scanner keeps its lines."""
    ana = sign_up()
    with asking() as (session, now):
        _, drafted = drafting.draft_from_text(session, ana.actor, "\ufeff30 mg qam\r\n15 mg qhs\rSee you\x0cBye", now)
    assert [line.words for line in drafted.lines] == ["30 mg qam", "15 mg qhs", "See you", "Bye"]


def test_a_reply_to_a_mail_is_read_like_the_mail() -> None:
    """The signs before quoted lines are no arrows between steps, and break no line that goes on."""
    ana = sign_up()
    mail = "> 30 mg in the morning and\n> 15 mg at bedtime\n>\n> > Call us"
    with asking() as (session, now):
        _, drafted = drafting.draft_from_text(session, ana.actor, mail, now)
    (step,) = drafted.plan["steps"]
    assert [dose["at"] for dose in step["doses"]] == ["morning", "bedtime"]
    assert [line.words for line in drafted.lines] == ["30 mg in the morning and\n15 mg at bedtime", "Call us"]


def test_a_plan_is_confirmed_only_after_each_line_was_ticked() -> None:
    """One line unticked refuses; a change of the draft takes every tick back, a save without a change none."""
    ana = sign_up()
    with asking() as (session, now):
        plan_id, _ = drafting.draft_from_text(session, ana.actor, TEXT, now)
        # Blanks come first: filling one takes the ticks back.
        with pytest.raises(PlanBlank):
            plans.activate_plan(session, ana.actor, plan_id, YES, now)
        for line in (1, 2, 3):
            drafting.confirm_line(session, ana.actor, plan_id, line, yes=True)
    with asking() as (session, now):
        plans.replace_draft(session, ana.actor, plan_id, plan_body(), now)
        for line in (1, 2):
            drafting.confirm_line(session, ana.actor, plan_id, line, yes=True)
            with pytest.raises(NotReadBack):
                plans.activate_plan(session, ana.actor, plan_id, YES, now)
        plans.replace_draft(session, ana.actor, plan_id, plan_body(prescriber="Dr. Lee"), now)
        drafting.confirm_line(session, ana.actor, plan_id, 1, yes=True)
        plans.replace_draft(session, ana.actor, plan_id, plan_body(prescriber="Dr. Lee"), now)
        source = drafting.source_of_plan(session, ana.actor, plan_id)
        assert source is not None and source.confirmed == {1}


def test_a_tick_is_for_a_line_that_is_there() -> None:
    """Lines that are not, plans that were typed, and plans that are active take none."""
    ana = sign_up()
    typed = draft(ana)
    with asking() as (session, now):
        plan_id, _ = drafting.draft_from_text(session, ana.actor, TEXT, now)
        for plan, line in ((plan_id, 0), (plan_id, 4), (typed, 1)):
            with pytest.raises(Invalid):
                drafting.confirm_line(session, ana.actor, plan, line, yes=True)
        assert drafting.source_of_plan(session, ana.actor, typed) is None
    running = active_plan(ana)
    with pytest.raises(NotDraft), asking() as (session, now):
        drafting.confirm_line(session, ana.actor, running, 1, yes=True)


def test_words_are_the_owners_alone() -> None:
    """For another person the plan is not there; a helper and a stranger are refused."""
    ana, ben = sign_up(), sign_up("ben")
    with asking() as (session, now):
        plan_id, _ = drafting.draft_from_text(session, ana.actor, TEXT, now)
    deeds = (
        lambda session, actor: drafting.source_of_plan(session, actor, plan_id),
        lambda session, actor: drafting.confirm_line(session, actor, plan_id, 1, yes=True),
        lambda session, actor: drafting.take_out_step(session, actor, plan_id, 1),
    )
    caregiver = Caregiver(account_id=ana.id, share_id="s", scopes=frozenset({"plan"}))
    for actor, refusal in ((ben.actor, PlanMissing), (caregiver, Forbidden), (Stranger(), NotSignedIn)):
        for deed in deeds:
            with pytest.raises(refusal), asking() as (session, _):
                deed(session, actor)


def test_words_go_with_their_draft() -> None:
    """Deleting the draft deletes what it was read from."""
    ana = sign_up()
    with asking() as (session, now):
        plan_id, _ = drafting.draft_from_text(session, ana.actor, TEXT, now)
        plans.delete_draft(session, ana.actor, plan_id)
    assert counts()["plan_source"] == 0


def test_a_reading_that_is_no_plan_keeps_nothing() -> None:
    """Whatever reads a file, the one validator looks at its draft."""
    ana = sign_up()
    read = Drafted({"medication": {"unit": "spoons"}}, (SourceLine(1, "x"),))
    with pytest.raises(InvalidMany), asking() as (session, now):
        drafting.draft_of(session, ana.actor, read, "fhir", now)
    assert counts()["plan"] == 0


def test_every_question_has_words() -> None:
    """Each code that the reading of text can ask is said in words, with what stands in the text."""
    for key in catalog("en"):
        if key.startswith("import_text."):
            code = key.removeprefix("import_text.")
            assert question_words("en", Question(code, words="at night"), "text") not in ("", code)
