"""The words that are known. A sentence with an amount and any other word is not read: what it means is not ours to guess."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

UNITS: Final = {
    "mg": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg",
    "mcg": "mcg", "mcgs": "mcg", "µg": "mcg", "microgram": "mcg", "micrograms": "mcg",
    "ml": "mL", "mls": "mL", "milliliter": "mL", "milliliters": "mL", "millilitre": "mL", "millilitres": "mL",
    "g": "g", "gram": "g", "grams": "g",
}  # fmt: skip
# Known as units and not ours, or easily taken for another ("ug", "gr").
OTHER_UNITS: Final = _words(
    "ug gm gms gr grain grains unit units u iu meq mmol cc ng kg oz drop drops gtt gtts tsp teaspoon teaspoons tbsp tablespoon "
    "tablespoons puff puffs spoon spoonful spoons mme"
)
FORMS: Final = {
    "tab": "tablet", "tabs": "tablet", "tablet": "tablet", "tablets": "tablet",
    "cap": "capsule", "caps": "capsule", "capsule": "capsule", "capsules": "capsule",
    "patch": "patch", "patches": "patch", "film": "film", "films": "film",
    "lozenge": "lozenge", "lozenges": "lozenge", "suppository": "suppository", "suppositories": "suppository",
}  # fmt: skip
# May be counted, and say nothing about the form.
PIECES: Final = _words("pill pills")
COUNTED_IN: Final = frozenset({*UNITS, *OTHER_UNITS, *FORMS, *PIECES})
HOURS: Final = _words("h hr hrs hour hours")
DAYS: Final = _words("day days d")
SPAN_UNITS: Final = _words("day days d week weeks w wk wks month months mo")
GLUED: Final = frozenset({*UNITS, *OTHER_UNITS, *FORMS, *HOURS, *SPAN_UNITS, "am", "pm", "x", "st", "nd", "rd", "th"})

PARTS: Final = {
    "morning": "morning", "mornings": "morning", "qam": "morning", "noon": "noon", "afternoon": "afternoon", "evening": "evening",
    "evenings": "evening", "bedtime": "bedtime", "qhs": "bedtime", "hs": "bedtime",
}  # fmt: skip
# Times of day that are not one of ours, or not one alone.
UNCLEAR_TIMES: Final = _words(
    "night nights nightly nighttime am pm qpm midday lunch lunchtime dinner supper breakfast meal meals midnight teatime"
)
DOSES_A_DAY: Final = {"qd": 1, "qday": 1, "daily": 1, "bid": 2, "bd": 2, "tid": 3, "tds": 3, "qid": 4, "qds": 4}
TIMES: Final = {"once": 1, "twice": 2, "thrice": 3}
NEEDED: Final = frozenset({"prn"})
AT_MOST: Final = (("max",), ("maximum",), ("at", "most"), ("no", "more", "than"), ("not", "more", "than"), ("up", "to"))

BEFORE_TIME: Final = _words("in at every each the on before with after q")

# Said of a step's dates and of the end.
STARTS: Final = _words("from start starting starts beginning begin begins effective on")
UNTIL: Final = _words("until till through thru ending")
MARKS: Final = _words("then thereafter afterwards afterward followed next")
COUNTED: Final = {"week": True, "weeks": True, "wk": True, "day": True, "days": True, "month": True, "months": True,
                  "step": False, "phase": False, "stage": False}  # fmt: skip
STOP: Final = _words("stop stopping discontinue")
# What a step may wait for: without one of these, "when ..." may be a time of day ("when you wake up").
WAITED_FOR: Final = _words("empty finished finish gone used done says said agrees tells visit appointment")
STAY: Final = _words("stay remain maintain")
REVIEW: Final = _words("review reviewed reassess recheck followup")

# Changing by something has to be computed; changing "to" something is a dose.
CHANGE: Final = _words(
    "reduce reduces reduced reducing decrease decreased decreasing lower lowering drop dropping cut cutting taper tapering increase "
    "increasing raise titrate wean subtract add"
)
# Between two times or two amounts of one day.
ADDS: Final = _words("and & + plus")
JOINS: Final = frozenset({"and", ",", "&", "+", "/", "plus", ";", "."})
# Between two amounts these say that one takes the place of the other.
CHANGES_TO: Final = _words("to from down change new start starting begin beginning go")
COMPUTED: Final = _words("% percent halve halved double doubled triple quarter by")
TURNS: Final = _words("alternate alternating alternately")
BEFORE: Final = _words("current currently previously previous was were been")
SUPPLY: Final = _words("disp dispense dispensed qty quantity refill refills supply #")

# A line that ends with one of these goes on.
GOES_ON: Final = _words("and of a an the at in for to with take by from until every each or plus on")

# Words that change nothing about a dose.
FILLERS: Final = _words(
    "take taking takes taken and plus the a an of by mouth po orally oral your you with food water to at in on dose doses each is be "
    "will please apply wear use give swallow whole go down change new keep continue this it per then thereafter afterwards afterward "
    "followed next start starting begin beginning for rx prescriber sig so i we put patient pt from"
)
SIGNS: Final = frozenset(",.:;()[]-*•·+&=→>\"'“”/!|")

MONTHS: Final = {
    name: i
    for i, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september",
         "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: i
    for i, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday", "sun sunday")
    )
    for name in names.split()
}

# Opioid medicines by their own and their trade names, each with what it is: to notice that a text names two.
MEDICINES: Final = {
    name: names.split()[0]
    for names in (
        "morphine contin kadian", "oxycodone oxycontin roxicodone xtampza", "hydrocodone zohydro hysingla", "hydromorphone dilaudid",
        "oxymorphone opana", "methadone dolophine", "buprenorphine butrans belbuca subutex", "fentanyl duragesic", "tramadol ultram",
        "tapentadol nucynta", "codeine", "dihydrocodeine", "levorphanol", "meperidine pethidine", "pentazocine", "butorphanol",
        # These hold two medicines in one tablet.
        "percocet", "norco", "vicodin", "suboxone",
    )
    for name in names.split()
}  # fmt: skip
SALTS: Final = _words("sulfate sulphate hydrochloride hcl bitartrate phosphate tartrate")
EXTENDED: Final = _words("er sr xr cr la")
IMMEDIATE: Final = frozenset({"ir"})
