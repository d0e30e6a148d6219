"""Plans as MedicationRequests: one for each revision, one dosage a step (docs/decisions/0014)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from taper_app.content.loader import translate
from taper_app.data.tables import Plan as PlanRow
from taper_app.domain.amounts import show_amount
from taper_app.domain.events import Activated, Ledger, Revised, is_draft, plan_of
from taper_app.domain.plan import PARTS_OF_DAY, AsNeeded, Dose, Medication, Step, time_order
from taper_app.domain.schedule import timeline
from taper_app.domain.timeline import Timeline, segment_on
from taper_app.services.csv_plans import in_force
from taper_app.services.fhir_parts import Json, Names, concept, known_as, moment, quantity, without_blanks
from taper_app.services.plans import revision_of

_WHEN: Final = dict(zip(PARTS_OF_DAY, ("MORN", "NOON", "AFT", "EVE", "HS"), strict=True))


def requests(row: PlanRow, ledger: Ledger, names: Names, zone: str, today: date, lang: str) -> Iterator[Json]:
    """The requests of one plan, the first revision first."""
    line = timeline(ledger)
    recorded = [(one.recorded_at, one.reason) for one in ledger.events if isinstance(one, Activated)] or [(row.created_at, None)]
    recorded += [(one.recorded_at, one.reason) for one in ledger.events if isinstance(one, Revised)]
    for revision in range(1, revision_of(ledger) + 1):
        plan = plan_of(ledger, revision)
        written_at, reason = recorded[revision - 1]
        yield without_blanks(
            {
                "resourceType": "MedicationRequest",
                "id": names.id("plan", row.id, revision),
                "groupIdentifier": known_as(row.id)[0],
                "status": _status(ledger, line, revision, today),
                "intent": "plan",
                "reportedReference": names.patient,
                "medicationCodeableConcept": concept(plan.medication.name),
                "subject": names.patient,
                "authoredOn": moment(written_at, zone),
                "requester": {"display": plan.prescriber} if plan.prescriber else None,
                "priorPrescription": names.to("plan", row.id, revision - 1) if revision > 1 else None,
                "dosageInstruction": [
                    dosage
                    for number, step in enumerate(plan.steps, 1)
                    for dosage in _dosages(number, step, plan.medication, in_force(line.segments, revision, number), lang)
                ],
                "note": [{"text": words} for words in (reason, _end(plan.ends, plan.review_on, lang)) if words],
            }
        )


def _status(ledger: Ledger, line: Timeline, revision: int, today: date) -> str:
    """What has become of a revision by today, in FHIR's words."""
    if is_draft(ledger):
        return "draft"
    now, mine = segment_on(line, today), [one for one in line.segments if one.revision == revision]
    if now.revision == revision:
        closed_on = line.programme.closed_on
        over = "stopped" if closed_on and closed_on <= today else "completed"
        return {"held": "on-hold", "ended": over}.get(now.status, "active")
    if now.revision < revision and mine:
        return "active"
    if not any(one.status in ("active", "held") for one in mine):
        # Another one came before its first day.
        return "cancelled"
    return "completed" if mine[-1].status == "ended" else "stopped"


def _dosages(number: int, step: Step, medicine: Medication, days: tuple[date | None, date | None], lang: str) -> Iterator[Json]:
    """The step; and beside it, as the same step, each line for when it is needed: that is said of a whole dosage."""
    bounds = without_blanks({"start": days[0] and days[0].isoformat(), "end": days[1] and days[1].isoformat()})
    if step.doses or step.cycle or not step.as_needed:
        yield without_blanks(
            {
                "sequence": number,
                "text": _words(step, medicine, lang),
                "patientInstruction": step.note,
                "timing": _timing({"boundsPeriod": bounds}, step),
                "doseAndRate": _amount([dose.amount for dose in step.doses], medicine) if not step.cycle else None,
            }
        )
    for needed in step.as_needed:
        yield without_blanks(
            {
                "sequence": number,
                "text": needed.as_written or _needed_words(needed, medicine, lang),
                "timing": _timing({"boundsPeriod": bounds}, None),
                **({"asNeededCodeableConcept": {"text": needed.for_}} if needed.for_ else {"asNeededBoolean": True}),
                "doseAndRate": _amount([needed.amount], medicine),
                "maxDosePerPeriod": _most(needed),
            }
        )


def _timing(repeat: Json, step: Step | None) -> Json | None:
    """When in the day, where every dose of every day is alike in kind: clock times or parts of the day, never both."""
    times = sorted((dose.at for dose in step.doses), key=time_order) if step and not step.cycle else []
    if step and times and None not in times:
        parts = [_WHEN[at] for at in times if at in _WHEN]
        clocks = [f"{at}:00" for at in times if at not in _WHEN]
        if not (parts and clocks):
            repeat |= {"frequency": len(times), "period": step.every_days, "periodUnit": "d", "timeOfDay": clocks, "when": parts}
    found = without_blanks(repeat)
    return {"repeat": found} if found else None


def _amount(amounts: Sequence[object], medicine: Medication) -> list[Json] | None:
    """The dose, where all doses of a day are the same one; a patch's is a rate."""
    first = next(iter(amounts), None)
    if first is None or not medicine.unit or any(one != first for one in amounts):
        return None
    name = "rateQuantity" if medicine.unit == "mcg/h" else "doseQuantity"
    return [{name: quantity(first, medicine.unit)}]  # type: ignore[arg-type]  # an amount, as it is not None


def _most(needed: AsNeeded) -> Json | None:
    if needed.at_most is None or needed.per_hours is None:
        return None
    # So many doses, not so much medicine: nothing is multiplied.
    return {"numerator": {"value": needed.at_most, "unit": "dose"}, "denominator": quantity(needed.per_hours, "h")}


def _words(step: Step, medicine: Medication, lang: str) -> str:
    """The step as one sentence, with the pieces as on the label."""
    days = [_day_words(day, medicine, lang) for day in step.cycle or (step.doses,)]
    if step.cycle:
        days = [translate(lang, "export.fhir.cycle_day", n=n, doses=words) for n, words in enumerate(days, 1)]
    found = ["; ".join(days)]
    if step.every_days > 1:
        found.append(translate(lang, "export.fhir.every", days=step.every_days))
    if step.starts_when:
        found.append(translate(lang, "export.fhir.starts_when", words=step.starts_when))
    if step.until:
        found.append(translate(lang, "export.fhir.until", words=step.until))
    return ". ".join(found)


def _day_words(doses: Sequence[Dose], medicine: Medication, lang: str) -> str:
    if not doses:
        return translate(lang, "export.fhir.none")
    return ", ".join(_dose_words(dose, medicine, lang) for dose in sorted(doses, key=lambda one: time_order(one.at)))


def _dose_words(dose: Dose, medicine: Medication, lang: str) -> str:
    blank, unit = translate(lang, "export.fhir.blank"), medicine.unit or ""
    amount = blank if dose.amount is None else f"{show_amount(dose.amount)} {unit}".strip()
    at = blank if dose.at is None else translate(lang, f"export.fhir.at.{dose.at}") if dose.at in _WHEN else dose.at
    pieces = [f"{show_amount(one.count)} x {show_amount(one.strength)} {unit}".strip() for one in dose.parts]
    label = [*pieces, *([dose.volume] if dose.volume else [])]
    return translate(lang, "export.fhir.dose", amount=amount, at=at) + (f" ({' + '.join(label)})" if label else "")


def _needed_words(needed: AsNeeded, medicine: Medication, lang: str) -> str:
    blank = translate(lang, "export.fhir.blank")
    amount = blank if needed.amount is None else f"{show_amount(needed.amount)} {medicine.unit or ''}".strip()
    return translate(lang, "export.fhir.needed", amount=amount)


def _end(ends: str | None, review_on: date | None, lang: str) -> str:
    """What comes after the last step: the day of a review is in no dosage."""
    if ends == "review" and review_on:
        return translate(lang, "export.fhir.review", day=review_on.isoformat())
    return translate(lang, "export.fhir.stay") if ends == "stay" else ""
