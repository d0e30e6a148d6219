"""What the browser's store hands to a page, field by field.

The modules in `js/views/` build exactly these objects; `tests/pwa/test_views.py` holds both sides to it. Conventions:
nothing is ever null. A text that is not there is "", a list that is not there is empty, a `Day` that is not there has
`date` "". Amounts and 0-to-10 answers are text, as they were written ("7.5", "6"); counts are numbers. There are no
words for people in here but names of days and months; codes become words in `locales/`.
"""

from taper_app.pwa.views.common import Change, Day, Part, Person
from taper_app.pwa.views.forms import (
    BaselineForm,
    CheckInForm,
    ConditionForm,
    DoseForm,
    FlareForm,
    Form,
    Forms,
    HealthForm,
    NaloxoneForm,
    NoteForm,
    OptionForm,
    PegForm,
    QuestionForm,
)
from taper_app.pwa.views.history import HistoryDay, HistoryItem, Said, Version
from taper_app.pwa.views.rest import Guard, Question, Rejected, Safety, Tried
from taper_app.pwa.views.shared import (
    Shared,
    SharedDay,
    SharedDose,
    SharedEntry,
    SharedFlare,
    SharedPlan,
    SharedTaken,
)
from taper_app.pwa.views.stairs import StairLabel, StairMark, StairRow, Stairs
from taper_app.pwa.views.store import Store
from taper_app.pwa.views.today import AsNeeded, Due, OpenFlare, PlanCard, Today

__all__ = [
    "AsNeeded",
    "BaselineForm",
    "Change",
    "CheckInForm",
    "ConditionForm",
    "Day",
    "DoseForm",
    "Due",
    "FlareForm",
    "Form",
    "Forms",
    "Guard",
    "HealthForm",
    "HistoryDay",
    "HistoryItem",
    "NaloxoneForm",
    "NoteForm",
    "OpenFlare",
    "OptionForm",
    "Part",
    "PegForm",
    "Person",
    "PlanCard",
    "Question",
    "QuestionForm",
    "Rejected",
    "Safety",
    "Said",
    "Shared",
    "SharedDay",
    "SharedDose",
    "SharedEntry",
    "SharedFlare",
    "SharedPlan",
    "SharedTaken",
    "StairLabel",
    "StairMark",
    "StairRow",
    "Stairs",
    "Store",
    "Today",
    "Tried",
    "Version",
]
