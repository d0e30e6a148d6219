"""The clinician's page as numbers and words: who may see it, what is on it, and what never is."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Caregiver, Stranger
from taper_app.domain.errors import Forbidden, Invalid, InvalidMany
from taper_app.domain.evidence import by_step, pain_by_day, summarise
from taper_app.domain.overview import overview
from taper_app.domain.patterns import patterns
from taper_app.services import ledger
from taper_app.services.errors import NotSignedIn, PlanMissing
from taper_app.services.ledgers import load_all
from taper_app.services.logs import facts_of
from taper_app.services.report import report
from taper_app.services.report_choice import DEFAULT_PARTS, PARTS, Choice, address_of, read_choice
from taper_app.services.report_sheet import Sheet, sheet
from tests.services.reports import EVERYTHING, busy_year, check_in, flare, shown, weekly_plan
from tests.services.test_service_lens import needed_body
from tests.services.test_service_snapshot import counted
from tests.services.world import NOW, Person, active_plan, asking, draft, entry, plan_body, record, sign_up, uuid


def words(found: Sheet) -> str:
    """All that a reader of the page can read."""
    texts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value)
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(one)

    collect({**asdict(found), "no_room": ""})
    return "\n".join(texts)


def page(person: Person, choice: Choice | None = None) -> str:
    """The page of a person, as text."""
    return words(sheet(shown(person, choice)))


def only(*parts: str, **more: Any) -> Choice:
    """These parts and no others."""
    return Choice(parts=frozenset(parts), **more)


@pytest.fixture
def ana() -> Person:
    """Somebody without a plan and without entries."""
    return sign_up()


def test_nobody_but_the_patient_sees_it(ana: Person) -> None:
    """A caregiver with every scope and a stranger are refused before anything is read."""
    with asking() as (session, now), counted() as seen:
        with pytest.raises(NotSignedIn):
            report(session, Stranger(), now)
        with pytest.raises(Forbidden):
            report(session, Caregiver(ana.id, "share", frozenset({"plan", "doses", "flares", "check_ins", "notes"})), now)
    assert seen == []


def test_an_empty_log_makes_a_page_that_says_so(ana: Person) -> None:
    """Without a plan and without entries every part is there in words, and no number is made up."""
    found = shown(ana, only(*PARTS))
    assert (found.logged, found.pain, found.plans, found.days) == (0, None, (), 90)
    text = words(sheet(found))
    assert "nothing logged" in text and "no plan in this period" in text and "no place at home is noted" in text
    assert "0 of 90" in text and "None" not in text
    assert [(one.value, one.more) for one in sheet(found).stats[2:]] == [("\u2013", "nothing logged")] * 2
    assert "0 flares" not in text


def test_one_entry_is_one_entry(ana: Person) -> None:
    """A single check-in today gives a period of one day and that number, without a range."""
    record(ana, check_in(1, 0, pain=6))
    found = shown(ana)
    assert (found.first, found.last, found.logged) == (date(2026, 11, 23), date(2026, 11, 23), 1)
    assert (sheet(found).stats[2].value, sheet(found).stats[2].more) == ("6", "median (range) of 1 day")


def test_a_plan_that_is_all_as_needed_has_no_amount(ana: Person) -> None:
    """Neither the picture nor the patterns speak of an amount a day that nobody wrote."""
    active_plan(ana, needed_body())
    record(ana, check_in(1, 0, pain=6))
    text = page(ana)
    assert "no fixed daily amount" in text and "Below it the plan" not in text and "no increase" not in text


def test_the_usual_days_are_ninety_or_since_there_is_anything(ana: Person) -> None:
    """The period begins 90 days ago, or later when neither plan nor log reach back so far."""
    active_plan(ana)
    assert shown(ana).first == date(2026, 11, 20)
    record(ana, check_in(1, 30, pain=4))
    assert shown(ana).first == date(2026, 10, 24)
    record(ana, check_in(2, 200, pain=4))
    assert (shown(ana).first, shown(ana).days) == (date(2026, 8, 26), 90)


def test_its_numbers_are_those_of_the_lens(ana: Person) -> None:
    """Steps, patterns, chart and medians are what the domain makes of the same facts for the lens."""
    busy_year(ana)
    choice = only(*PARTS, first=date(2026, 1, 1), last=date(2026, 11, 23))
    found = shown(ana, choice)
    with session_scope() as session:
        facts = facts_of(session, ana.id)
        (_, one), = load_all(session, ana.id)
    from taper_app.domain.stairs import stairs

    laid, inside = stairs(one), facts.within(found.first, found.last)
    assert [row.pain for row in found.plans[0].rows] == by_step(laid, inside, found.first, found.last)
    assert found.plans[0].patterns == patterns(laid, facts, found.first, found.last)
    assert found.plans[0].chart == overview(laid, facts, found.first, found.last)
    assert found.pain == summarise(pain_by_day(inside).values())
    assert found.flares is not None and found.flares.count == len(inside.flares)
    assert found.flares.worst == overview(laid, facts, found.first, found.last).worst


def test_counts_are_right_for_a_small_log(ana: Person) -> None:
    """Flares, lengths, helped, body signs and PEG, counted by hand."""
    record(
        ana,
        flare(1, 9, 2, severity_now=4, severity_worst=8, helped=["heat"], triggers=["stress", "stress"]),
        flare(2, 8, 30, severity_now=6, helped=["heat", "yoga"], spread="wider"),
        flare(3, 7, None, severity_now=5),
        check_in(4, 5, pain=3, body=["sweating", "yawning"]),
        check_in(5, 4, pain=6, body=["sweating"]),
        entry(6, "peg", {"average": 7, "enjoyment": 6, "activity": 7}),
    )
    found = shown(ana)
    flares = found.flares
    assert flares is not None and flares.minutes is not None and flares.worst is not None
    assert (flares.count, flares.open, flares.minutes.middle, flares.worst.middle) == (3, 1, Decimal(960), Decimal(6))
    assert (flares.helped, flares.triggers) == ((("heat", 2), ("yoga", 1)), (("stress", 1),))
    assert found.body == (("sweating", 2), ("yawning", 1))
    text = page(ana)
    told = ["16 h (2 h\u201330 h), 2 flares with an end", "8 of 10; 6 (5\u20138) in 3 flares with a number", "heat 2, Yoga 1"]
    told += ["Sweating 2, Yawning 1; in 2 check-ins"]
    assert [one for one in told if one not in text] == []
    assert "1 of 3 flares say where: same place 0, wider 1, new place 0" in text
    assert "6.7 on 23 Nov 2026" in text


def test_doses_taken_are_off_until_they_are_asked_for(ana: Person) -> None:
    """The usual page does not even read them; with the part they stand beside their step, silence as "not logged" once the day is over."""
    plan_id = active_plan(ana)
    doses = [("2026-11-20", "morning", "taken"), ("2026-11-20", "evening", "skipped"), ("2026-11-21", "morning", "different")]
    record(
        ana,
        *[
            entry(n, "dose", {"plan_id": plan_id, "action": action, "due": {"date": day, "at": at}})
            for n, (day, at, action) in enumerate(doses, 1)
        ],
    )
    assert "taken" not in DEFAULT_PARTS
    assert shown(ana).plans[0].rows[0].taken is None and "skipped" not in page(ana) and "not logged" not in page(ana)
    with_them = Choice(parts=EVERYTHING)
    row = shown(ana, with_them).plans[0].rows[0]
    assert row.taken is not None and (row.taken.due_days, row.taken.logged_days) == (3, 2)
    assert "1 of 6, 1 other amount, 1 skipped, 3 not logged" in page(ana, with_them)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("questions", "Is it the medicine?"),
        ("chart", "Chart: pain on"),
        ("steps", "Days logged"),
        ("changes", "on hold, Dr. Osei"),
        ("patterns", "Four patterns of change"),
        ("flares", "without an end logged"),
        ("allodynia", "light touch (mechanical) 1"),
        ("peg", "Krebs 2009"),
        ("body", "Sweating 1"),
        ("condition", "worse, Dr. Lee"),
        ("health", "Migraine"),
        ("before", "60 mg twice a day"),
        ("naloxone", "a place is noted"),
    ],
)
def test_a_part_that_is_unticked_is_gone(ana: Person, part: str, told: str) -> None:
    """Each part is on the usual page, and nothing of it is left once it is unticked."""
    plan_id = active_plan(ana, plan_body(history=[{"from": "2020", "to": None, "text": "60 mg twice a day"}]))
    with asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan_id, {"from": "2026-11-22", "said_by": "Dr. Osei", "reason": "A SECRET REASON"}, now)
    record(
        ana,
        flare(1, 2, None, severity_now=6, allodynia=["mechanical"], note="A NOTE"),
        check_in(2, 1, pain=4, mood=1, body=["sweating"], note="A NOTE"),
        entry(3, "peg", {"average": 7, "enjoyment": 6, "activity": 7}),
        entry(4, "condition", {"state": "worse", "said_by": "Dr. Lee"}),
        entry(5, "health", {"conditions": ["migraine"], "risks": [], "note": "A NOTE"}),
        entry(6, "naloxone", {"place": "A HIDING PLACE"}),
        entry(7, "question", {"text": "Is it the medicine?"}),
        entry(8, "note", {"text": "A NOTE"}),
    )
    usual = Choice(questions=(uuid(7),))
    assert told in page(ana, usual)
    assert told not in page(ana, Choice(parts=DEFAULT_PARTS - {part}, questions=(uuid(7),)))
    for secret in ("A NOTE", "A SECRET REASON", "A HIDING PLACE"):
        assert secret not in page(ana, Choice(parts=EVERYTHING, questions=(uuid(7),)))


def test_flares_that_are_unticked_leave_the_chart_and_the_steps_too(ana: Person) -> None:
    """Neither marks below the chart nor a column of the table tell of them."""
    active_plan(ana)
    record(ana, flare(1, 1, severity_now=9))
    found = shown(ana, Choice(parts=DEFAULT_PARTS - {"flares", "patterns", "allodynia"}))
    assert found.plans[0].chart is not None and found.plans[0].chart.flares == ()
    assert sheet(found).plans[0].table.head == ["Dates", "Planned for a day", "Pain", "Days logged"]


def test_nothing_chosen_leaves_the_head_alone(ana: Person) -> None:
    """With every part off only the name, the days and how many were logged are left."""
    active_plan(ana)
    record(ana, flare(1, 1, severity_now=9))
    found = sheet(shown(ana, only()))
    assert (found.blocks, found.questions, found.plans[0].table.rows, found.plans[0].picture) == ([], [], [], "")
    assert [one.label for one in found.stats] == ["Period", "Pain logged", "Pain, 0 to 10"]


def test_several_plans_stand_side_by_side_and_are_never_added(ana: Person) -> None:
    """Each plan has its own steps; a third is named as not shown, and any can be chosen alone; drafts are not there."""
    names = ("morphine", "oxycodone", "codeine")
    ids = [active_plan(ana, weekly_plan(2, 10, name), NOW + timedelta(minutes=n)) for n, name in enumerate(names)]
    draft(ana)
    found = sheet(shown(ana))
    assert [one.title for one in found.plans] == ["morphine", "oxycodone"] and found.more_plans.startswith("and 1 more plan")
    assert [row[1] for row in found.plans[0].table.rows] == ["4 + 4 mg", "3 + 3 mg"]
    assert len(shown(ana).all_plans) == 3
    alone = sheet(shown(ana, Choice(plan=ids[2])))
    assert [one.title for one in alone.plans] == ["codeine"] and alone.more_plans == ""


def test_somebody_elses_plan_is_not_found(ana: Person) -> None:
    """An unknown plan, a draft and another person's are the same refusal."""
    theirs = active_plan(sign_up("bea"))
    for plan_id in (theirs, draft(ana), "nothing"):
        with pytest.raises(PlanMissing):
            shown(ana, Choice(plan=plan_id))


def test_a_question_has_to_be_ones_own(ana: Person) -> None:
    """An id that is no question of this person's is refused with its field."""
    record(sign_up("bea"), entry(1, "question", {"text": "Mine"}))
    with pytest.raises(Invalid) as refused:
        shown(ana, Choice(questions=(uuid(1),)))
    assert (refused.value.code, refused.value.field) == ("unknown_question", "questions")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"from": "2026-02-30"}, "not_a_date", "from"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "window_backwards", "to"),
        ({"from": "1990-01-01", "to": "2026-11-01"}, "period_too_long", "from"),
        ({"parts": "flares,mood"}, "unknown_part", "parts"),
        ({"questions": "a,b,c,d"}, "too_many_questions", "questions"),
        ({"paper": "napkin"}, "unknown_paper", "paper"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_its_field(given: dict[str, str], code: str, field: str) -> None:
    """Every value of the address is checked before anything is read."""
    with pytest.raises(InvalidMany) as refused:
        read_choice(given)
    assert [(one.code, one.field) for one in refused.value.errors] == [(code, field)]


def test_days_ahead_are_refused(ana: Person) -> None:
    """A page tells of days that have come."""
    with pytest.raises(InvalidMany) as refused:
        shown(ana, Choice(last=date(2026, 11, 24)))
    assert (refused.value.code, refused.value.field) == ("in_the_future", "to")


def test_a_choice_survives_its_address() -> None:
    """What was chosen, written as an address and read again, is the same choice; no parts at all too."""
    for parts in (EVERYTHING, DEFAULT_PARTS, frozenset[str]()):
        choice = Choice(date(2026, 1, 2), date(2026, 3, 4), uuid(1), parts, (uuid(2), uuid(3)), "letter")
        query = dict(one.split("=") for one in address_of(choice).split("&"))
        assert read_choice(query) == choice


def test_it_asks_the_database_little(ana: Person) -> None:
    """A handful of statements, however much there is."""
    busy_year(ana)
    with asking() as (session, now), counted() as seen:
        report(session, ana.actor, now, Choice(parts=EVERYTHING))
    assert len(seen) <= 8


def test_a_long_page_says_what_it_leaves_out(ana: Person) -> None:
    """Of 40 steps the newest are shown, and the number of the others is said."""
    busy_year(ana)
    table = sheet(shown(ana, Choice(first=date(2025, 11, 24)))).plans[0].table
    assert len(table.rows) == 12 and table.earlier[0] == "28 earlier steps in this period are not shown"


def test_the_page_is_plain_data(ana: Person) -> None:
    """Everything that leaves for the screen and the PDF is text in lists."""
    busy_year(ana, plans=2)
    assert json.loads(json.dumps(asdict(sheet(shown(ana)))))["lang"] == "en"
