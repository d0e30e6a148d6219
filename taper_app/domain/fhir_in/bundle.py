"""A MedicationRequest, or a Bundle with some: one draft for each medicine."""

from __future__ import annotations

from typing import Any

from taper_app.domain.drafting import Drafted
from taper_app.domain.fhir_in import medicine, spelling
from taper_app.domain.fhir_in.dosage import Instruction, read_dosage
from taper_app.domain.fhir_in.node import Node
from taper_app.domain.fhir_in.steps import Page, write_steps
from taper_app.domain.reading import Reader

PRESCRIPTION = "MedicationRequest"
MOST_ENTRIES, MOST_PRESCRIPTIONS = 5000, 50
# What makes a prescription one that is followed.
_LIVE_STATUS, _LIVE_INTENT = ("active",), ("order", "original-order", "reflex-order", "filler-order", "instance-order")


def read_fhir(resource: dict[str, Any]) -> list[Drafted]:
    """Read a resource into drafts. Raises InvalidMany, each error with its place in the file.

    Refusals by name: fhir_not_a_prescription, fhir_no_prescription, fhir_version, fhir_do_not_take,
    fhir_two_people, too_many.
    """
    reader = Reader()
    root = Node(reader, resource, "")
    requests, others = _sorted(reader, root)
    _acceptable(reader, requests)
    drafts = [_draft(group, others) for group in _by_medicine(requests, others)]
    reader.done()
    return drafts


def _sorted(reader: Reader, root: Node) -> tuple[list[Node], dict[str, Node]]:
    """The prescriptions of a file, and everything in it by its addresses."""
    if root.text("resourceType") != "Bundle":
        return [root], {}
    listed = reader.items(
        root.value.get("entry"), "entry", MOST_ENTRIES, lambda item, path: Node(reader, item if isinstance(item, dict) else {}, path)
    )
    others: dict[str, Node] = {}
    requests = []
    for entry in listed:
        resource = entry.child("resource")
        kind = resource.text("resourceType")
        if kind == PRESCRIPTION or kind in spelling.OLDER:
            requests.append(resource)
        for address in (entry.text("fullUrl"), f"{kind}/{resource.text('id')}" if resource.has("id") else None):
            if address:
                others.setdefault(address, resource)
    if not requests:
        reader.wrong("fhir_no_prescription", "entry")
    if len(requests) > MOST_PRESCRIPTIONS:
        reader.wrong("too_many", "entry")
    reader.done()
    return requests, others


def _acceptable(reader: Reader, requests: list[Node]) -> None:
    """Raises InvalidMany for what is no prescription that can be read here."""
    for one in requests:
        kind = one.text("resourceType")
        if kind in spelling.OLDER:
            reader.wrong("fhir_version", one.at("resourceType"))
        elif kind != PRESCRIPTION:
            reader.wrong("fhir_not_a_prescription", one.at("resourceType"))
        elif spelling.versions_of(one) - set(spelling.KNOWN):
            reader.wrong("fhir_version", one.at("meta.profile"))
        elif one.truth("doNotPerform"):
            reader.wrong("fhir_do_not_take", one.at("doNotPerform"))
    # Without a reference the person is told by an identifier or a name.
    people = [one.child("subject") for one in requests]
    if len({one.text("reference") or one.as_words("identifier", "display") for one in people}) > 1:
        reader.wrong("fhir_two_people", "entry")
    reader.done()


def _by_medicine(requests: list[Node], others: dict[str, Node]) -> list[list[Node]]:
    groups: dict[str, list[Node]] = {}
    for one in requests:
        groups.setdefault(medicine.key_of(one, others), []).append(one)
    return list(groups.values())


def _draft(requests: list[Node], others: dict[str, Node]) -> Drafted:
    """One draft of the prescriptions of one medicine."""
    page = Page()
    first = requests[0]
    found = [read_dosage(node) for one in requests for node in one.items("dosageInstruction")]
    unit = next((one.dose.unit for one in found if one.dose.unit), None)
    told = medicine.medication(page, first, others, unit)
    who = medicine.prescriber(first, others)
    if who:
        node = spelling.requester(first)
        page.line(who, node.pointer, "prescriber")
    for one in requests:
        _standing(page, one)
    if len(requests) > 1:
        _apart(page, requests, found)
    steps = write_steps(page, found, unit)
    if not found:
        page.ask("no_instructions", None, "steps")
    elif dated := [one for one in found if one.rhythm.last]:
        page.ask("end_not_said", page.line_of(dated[-1]), "ends")
    for one in requests:
        _remarks(page, one, found)
    return Drafted({"medication": told, "prescriber": who, "steps": steps, "ends": None}, tuple(page.lines), tuple(page.questions))


def _apart(page: Page, requests: list[Node], found: list[Instruction]) -> None:
    """Several prescriptions of one medicine: their numbers count each for itself, so between them only dates tell the order."""
    page.ask("several_prescriptions", None, "steps")
    for one in found:
        one.sequence = None


def _standing(page: Page, request: Node) -> None:
    """A prescription that is not in force, or not one to follow, is asked about."""
    for name, live, code in (("status", _LIVE_STATUS, "status_not_active"), ("intent", _LIVE_INTENT, "intent_not_order")):
        word = request.text(name)
        if word is not None and word not in live:
            page.ask(code, page.line(f"{name}: {word}", f"{request.pointer}.{name}".lstrip(".")), None, word)
    for name in ("modifierExtension", "implicitRules"):
        if request.has(name):
            page.ask("modifier_not_read", page.line(request.as_words(name), f"{request.pointer}.{name}".lstrip(".")))


def _remarks(page: Page, request: Node, found: list[Instruction]) -> None:
    """What else is said in words: it stands there, and nothing was read from it."""
    texts = [(f"{node.pointer}.text", node.text("text")) for node in request.items("note")]
    rendered = request.text("renderedDosageInstruction")
    if rendered is not None and rendered not in [one.text for one in found]:
        texts.append((f"{request.pointer}.renderedDosageInstruction".lstrip("."), rendered))
    if request.has("effectiveDosePeriod"):
        texts.append((request.child("effectiveDosePeriod").pointer, request.as_words("effectiveDosePeriod")))
    for pointer, text in texts:
        if text:
            page.ask("words_not_read", page.line(text, pointer), None, text)
