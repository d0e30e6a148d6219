"""A prescription as FHIR (R4, R5 or STU3) read into drafts: what is said exactly is taken, the rest stays blank and is asked."""

from taper_app.domain.fhir_in.bundle import read_fhir

__all__ = ["read_fhir"]
