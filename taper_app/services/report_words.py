"""How the clinician's page writes dates, numbers, lengths and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from taper_app.content.loader import catalog, translate, translate_n
from taper_app.domain.amounts import show_amount
from taper_app.domain.counted import Named
from taper_app.domain.evidence import Summary
from taper_app.domain.plan import Medication, Step
from taper_app.domain.stairs import Stair, daily_total

# Beyond so many characters a typed text is cut: the page is one sheet.
NAME, TEXT, QUESTION = 20, 72, 140
# How many of a list are named before "and N more".
NAMED = 4


@dataclass(frozen=True)
class Writer:
    """Writes in one language."""

    lang: str = "en"

    def t(self, key: str, **params: object) -> str:
        """Words of the catalog."""
        return translate(self.lang, key, **params)

    def tn(self, key: str, n: int, **params: object) -> str:
        """Words of the catalog in the plural form for n."""
        return translate_n(self.lang, key, n, **params)

    def day(self, day: date) -> str:
        """9 Nov 2026."""
        return format_date(day, "d MMM y", locale=self.lang)

    def mark(self, day: date) -> str:
        """9 Nov, for an axis."""
        return format_date(day, "d MMM", locale=self.lang)

    def span(self, first: date, last: date) -> str:
        """From 9 to 22 Nov 2026; what both days share is said once."""
        if first == last:
            return self.day(first)
        shared = "d MMM" if first.year == last.year else "d MMM y"
        if (first.year, first.month) == (last.year, last.month):
            shared = "d"
        return self.t("sheet.span", first=format_date(first, shared, locale=self.lang), last=self.day(last))

    def typed_span(self, first: str, last: str) -> str:
        """Two ends as somebody typed them: a date, or "2019"; either may be blank."""
        ends = [self._typed(one) for one in (first, last) if one]
        return self.t("sheet.span", first=ends[0], last=ends[1]) if len(ends) == 2 else "".join(ends)

    def _typed(self, text: str) -> str:
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return short(text, 24)

    def number(self, found: Decimal) -> str:
        """5 or 5.5."""
        return show_amount(found)

    def summary(self, found: Summary | None) -> str:
        """The middle and the range; a dash for none."""
        if found is None:
            return self.t("sheet.none")
        if found.low == found.high:
            return self.number(found.middle)
        return self.t("sheet.middle_range", middle=self.number(found.middle), low=self.number(found.low), high=self.number(found.high))

    def length(self, minutes: Decimal) -> str:
        """ "45 min", "9 h", "2 days 4 h"."""
        whole = int(minutes)
        if whole < 90:
            return self.t("sheet.minutes", n=whole)
        hours = (whole + 30) // 60
        if hours < 48:
            return self.t("sheet.hours", n=hours)
        return self.t("sheet.days_hours", days=hours // 24, hours=hours % 24)

    def lengths(self, found: Summary) -> str:
        """The middle length and the range."""
        if found.low == found.high:
            return self.length(found.middle)
        return self.t("sheet.middle_range", middle=self.length(found.middle), low=self.length(found.low), high=self.length(found.high))

    def label(self, group: str, id_: str) -> str:
        """The words of an answer that can be tapped; what the patient typed instead stands as typed."""
        words = catalog(self.lang).get(f"{group}.{id_}")
        return words if words is not None else short(id_, NAME)

    def counts(self, group: str, found: Named, most: int = NAMED) -> str:
        """ "Stress 3, Weather 2, and 4 more"."""
        if not found:
            return self.t("sheet.nothing")
        return self.some([self.t("sheet.count", what=self.label(group, word), n=n) for word, n in found], most)

    def some(self, words: Sequence[str], most: int) -> str:
        """The first of some words, and how many more there are."""
        shown = ", ".join(words[:most])
        return shown if len(words) <= most else self.tn("sheet.and_more", len(words) - most, shown=shown)

    def medicine(self, medication: Medication) -> str:
        """The medicine as on its label."""
        unit = medication.unit or ""
        form = self.t(f"plan_form.{medication.form}").lower() if medication.form else ""
        strengths = ", ".join(show_amount(one) for one in medication.strengths[:8])
        release = self.t(f"plan_line.release.{medication.release}").lower() if medication.release != "unknown" else ""
        found = (form, f"{strengths} {unit}" if strengths else unit, short(medication.concentration or "", NAME), release)
        return " · ".join(one for one in found if one)

    def planned(self, stair: Stair, step: Step | None, unit: str) -> str:
        """What the prescriber wrote for a day of this stair: "60 + 45 mg", "37 mcg/h every 3 days", "as needed"."""
        if stair.status == "ended" or step is None:
            return self.t("sheet.ended")
        words = self._doses(step, unit)
        if step.as_needed:
            words = self.t("sheet.and_needed", planned=words) if words else self.t("sheet.needed")
        words = words or self.t("sheet.no_doses")
        return self.t("sheet.held", planned=words) if stair.status == "held" else words

    def _doses(self, step: Step, unit: str) -> str:
        amounts = [show_amount(dose.amount) for dose in step.doses if dose.amount is not None]
        total = daily_total(step)
        if step.cycle or len(amounts) > 4:
            return self.t("sheet.up_to", level=show_amount(total), unit=unit) if total else ""
        if not amounts:
            return ""
        words = f"{' + '.join(amounts)} {unit}"
        return self.t("sheet.every", planned=words, n=step.every_days) if step.every_days > 1 else words


def short(text: str, most: int) -> str:
    """A typed text on one line, cut where it is too long for the sheet."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
