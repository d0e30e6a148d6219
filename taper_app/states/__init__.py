"""Thin Reflex states, one a screen: parse, call one service, copy a view."""
