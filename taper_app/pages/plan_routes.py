"""The addresses of the plan's pages. Which plan is in the query (?id=), so every page can be prerendered."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from taper_app.pages import (
    plan,
    plan_check,
    plan_draft,
    plan_end,
    plan_event,
    plan_medicine,
    plan_needed,
    plan_paste,
    plan_revise,
    plan_step,
    plans,
)
from taper_app.states.plan import PlanState
from taper_app.states.plan_check import PlanCheckState
from taper_app.states.plan_draft import PlanDraftState
from taper_app.states.plan_end import PlanEndState
from taper_app.states.plan_event import PlanEventState
from taper_app.states.plan_medicine import PlanMedicineState
from taper_app.states.plan_needed import PlanNeededState
from taper_app.states.plan_paste import PlanPasteState
from taper_app.states.plan_revise import PlanReviseState
from taper_app.states.plan_step import PlanStepState
from taper_app.states.plans import PlansState

ROUTES: list[tuple[str, Callable[[], rx.Component], str, Any]] = [
    ("/plans", plans.plans, "plan_list.title", PlansState.load),
    ("/plan/new", plan_medicine.new, "plan_medicine.new_title", PlanMedicineState.load),
    ("/plan/paste", plan_paste.paste, "plan_paste.title", PlanPasteState.load),
    ("/plan/medicine", plan_medicine.medicine, "plan_medicine.title", PlanMedicineState.load),
    ("/plan/draft", plan_draft.draft, "plan_draft.title", PlanDraftState.load),
    ("/plan/step", plan_step.step, "plan_step.doses", PlanStepState.load),
    ("/plan/as-needed", plan_needed.needed, "plan_needed.title", PlanNeededState.load),
    ("/plan/end", plan_end.end, "plan_end.title", PlanEndState.load),
    ("/plan/check", plan_check.check, "plan_check.over", PlanCheckState.load),
    ("/plan", plan.plan, "plan_view.title", PlanState.load),
    ("/plan/event", plan_event.event, "plan_view.said", PlanEventState.load),
    ("/plan/revise", plan_revise.revise, "plan_revise.title", PlanReviseState.load),
]
