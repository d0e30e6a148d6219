"""Taper: a phone app for people coming off opioid pain medicine with a prescriber's help."""
