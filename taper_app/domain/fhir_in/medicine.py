"""The medicine of a prescription: named in it, or in a Medication that it points at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taper_app.domain.fhir_in import spelling
from taper_app.domain.fhir_in.node import Node, short
from taper_app.domain.fhir_in.quantity import amount, shown, unit_of
from taper_app.domain.fhir_in.steps import Page
from taper_app.domain.plan import FORMS
from taper_app.domain.validate import MAX_NAME

Json = dict[str, Any]
Found = Mapping[str, Node]


def medication(page: Page, request: Node, others: Found, unit: str | None) -> Json:
    """The medication of a draft, with the lines and questions about it."""
    concept, reference = spelling.medicine(request)
    target = follow(request, reference, others)
    said = spelling.concept(concept if concept else target.child("code"))
    name = said.words or (reference.text("display") if reference else None)
    place = (concept if concept else target if target else reference) or request
    if name and len(name) > MAX_NAME:
        request.reader.wrong("too_long", place.path)
    name_path = ("medication.name",) if name else ()
    line = page.line(name or place.as_words(), place.pointer, *name_path)
    if spelling.says_two_medicines(request):
        page.ask("two_medicines", line, "medication.name")
        name = None
    elif name is None:
        page.ask("medicine_names_differ" if said.differs else "no_medicine", line, "medication.name")
    found: Json = {"name": name, "form": None, "unit": unit, "strengths": []}
    if target:
        _form(page, target, found)
        _strength(page, target, found)
    return found


def key_of(request: Node, others: Found) -> str:
    """What two prescriptions of one medicine share: the same words, codes and form."""
    concept, reference = spelling.medicine(request)
    target = follow(request, reference, others)
    node = concept if concept else target.child("code")
    form, strength = spelling.concept(spelling.medicine_form(target)).words, spelling.strength_of(target).value
    return repr((spelling.concept(node), form, strength, None if node else reference.value))


def prescriber(request: Node, others: Found) -> str | None:
    """Who prescribed, by the name that stands in the file."""
    reference = spelling.requester(request)
    if display := reference.text("display"):
        return short(display, MAX_NAME)
    names = follow(request, reference, others).items("name")
    if not names:
        return None
    whole = " ".join((*names[0].texts("prefix"), *names[0].texts("given"), names[0].text("family") or "")).strip()
    return short(names[0].text("text") or whole, MAX_NAME) or None


def follow(request: Node, reference: Node, others: Found) -> Node:
    """The resource that a reference means, in the same file; an empty one where there is none."""
    target = reference.text("reference") if reference else None
    nothing = Node(request.reader, {}, request.path)
    if target is None:
        return nothing
    if target.startswith("#"):
        return next((one for one in request.items("contained") if one.text("id") == target[1:]), nothing)
    return others.get(target) or next((one for key, one in others.items() if key.endswith(f"/{target}")), nothing)


def _form(page: Page, target: Node, found: Json) -> None:
    node = spelling.medicine_form(target)
    if not node:
        return
    words = spelling.concept(node).words
    form = (words or "").lower()
    known = form if form in FORMS else form.removesuffix("s")
    found["form"] = known if known in FORMS else None
    line = page.line(words or node.as_words(), node.pointer, *(("medication.form",) if found["form"] else ()))
    if found["form"] is None:
        page.ask("form_not_read", line, "medication.form", words or "")


def _strength(page: Page, target: Node, found: Json) -> None:
    """The strength of one piece, when it stands there for exactly one and in the plan's unit."""
    ratio = spelling.strength_of(target)
    if not ratio:
        return
    top, below = amount(ratio.child("numerator")), ratio.child("denominator")
    one_piece = below.number("value") == 1 and unit_of(below.text("unit") or below.text("code") or "") is None
    fits = one_piece and top.value is not None and top.unit == found["unit"]
    line = page.line(top.words or ratio.as_words(), ratio.pointer, *(("medication.strengths",) if fits else ()))
    if fits:
        found["strengths"] = [shown(top.value)]
    else:
        page.ask("strength_not_read", line, "medication.strengths", top.words)
