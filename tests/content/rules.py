"""What the pages must hold and must not hold, as lists: the clinical notes in a form a test can read."""

from __future__ import annotations

import re

HIGHEST_GRADE = 6.0
TEST_DOSE = "Do not change a dose to test this. It can be dangerous and may tell you nothing."

BANNED_WORDS = re.compile(
    r"\b(addicts?|addicted|clean|abus\w*|fail\w*|relaps\w*|(?:non-?)?complian\w*|junk(?:y|ie)s?|narcotics?"
    r"|missed|streaks?|cheat\w*|drug[- ]seek\w*|withdrawal score"
    r"|sows|cows|mme|morphine equivalents?|promis)\b"
    r"|should(?: not|n['\u2019]t) hurt",
    re.IGNORECASE,
)
BANNED_TREATMENTS = re.compile(
    r"\b(curcumin|turmeric|stem cells?|ketamine|dextromethorphan|nsaids?|cox-2|buprenorphine|methadone"
    r"|rotation|rotating|switching|ibuprofen|dexmedetomidine|flurbiprofen|tramadol)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"\d\s*(?:%|percent|mg|mcg|milligrams?|micrograms?|ml)\b|\bpercent\b", re.IGNORECASE)
WARMTH = re.compile(r"\b(warm\w*|heat\w*|hot|saunas?|steam\w*|jacuzzis?|hot-water)\b", re.IGNORECASE)
KEEP_OFF_HEAT = "Leave out heated classes if you wear a medicine patch."

URGENT = re.compile(r"call 911|call or text 988|get care today", re.IGNORECASE)
COMFORT = re.compile(
    r"worse for a while|is normal|not in trouble|not (?:your|a) fault|not alone|did not cause|no shame"
    r"|shameful|is real|happens to many|you did anything wrong|not weakness|can pass",
    re.IGNORECASE,
)

REQUIRED = {
    *(f"options/{name}" for name in (
        "physical-therapy", "cbt", "yoga", "tai-chi", "qigong", "massage", "acupuncture", "biofeedback",
        "chiropractic", "supplements",
    )),
    *(f"learn/{name}" for name in (
        "hyperalgesia", "allodynia", "what-to-watch-for", "four-patterns", "tolerance", "in-the-body",
        "who-is-at-risk", "diagnosis", "conditions-that-hide-it", "how-a-clinician-can-help",
        "lowering-the-chance", "worse-for-a-while", "being-scared", "dependence-and-addiction",
        "your-appointment",
    )),
    *(f"safety/{name}" for name in (
        "safety-card", "running-out", "very-low", "after-a-reduction", "someone-controls-my-medicine",
        "flare-reassurance", "naloxone", "guard-above-step", "guard-skipped-two-days",
        "guard-resumed-after-hold", "guard-at-end", "guard-nothing-logged", "guard-not-sure-taken",
    )),
    *(f"help/{name}" for name in ("about", "privacy", "how-to-help", "before-you-share")),
}  # fmt: skip

# The approved words, as the clinical notes have them.
APPROVED = {
    "safety/safety-card": (
        "Cannot be woken.", "Slow or shallow breathing.", "Very small pupils.", "Gurgling.", "Limp body.",
        "Lips or skin blue, gray or ashen.", "Call 911.", "Give naloxone.", "Take off any patch.",
        "Not breathing well after 2 to 3 minutes?", "Give rescue breaths if you can.",
        "Lay them on their side.",
        "Stay, even if they wake: it can wear off.", "New numbness or weakness.",
        "Loss of bladder or bowel control.", "Fever with new pain.",
        "Keep heat off the patch: no heating pad, hot bath or sauna.",
        "Take the old patch off first.", "gabapentin and pregabalin can slow breathing more.",
        "Call before the next change.", "They may hold fentanyl.", "Lock medicine up.",
        "Do not treat withdrawal with kratom, tianeptine or extra loperamide. They have caused deaths.",
        "as little as a week", "1-800-222-1222", "1-800-799-7233", "988",
    ),
    "safety/running-out": (
        "Call the pharmacy and your prescriber today.", "Get same-day care before it runs out.",
        "I take opioids long term. I run out on ___. I should not stop suddenly.",
    ),
    "safety/very-low": (
        "That sounds very hard. Are you thinking of ending your life?", "text 988", "is never shared",
    ),
    "safety/guard-above-step": (
        (
            "You logged more than this step. You are not in trouble. Call your prescriber before the next dose. "
            "Keep naloxone and a person near."
        ),
    ),
    "safety/guard-nothing-logged": (
        "Nothing logged since {day}. If you did not take it, call before the next dose.",
    ),
    "safety/guard-not-sure-taken": ("Not sure you took it? Don't guess. Ask a pharmacist.",),
    "safety/after-a-reduction": ("Do not stop suddenly on your own.", "can be fatal", "up to two years"),
    "learn/dependence-and-addiction": (
        ("A body used to a medicine is not addiction. Addiction is an illness that can be treated. Neither is shameful."),
    ),
    "learn/being-scared": ("Being scared of this is normal.",),
    "help/how-to-help": ("Leave the medicine to {name}, unless {name} asks.",),
    "help/before-you-share": ("Could this make someone angry? You can leave it as it is.",),
    "options/supplements": ("Ask your pharmacist first",),
}  # fmt: skip
