"""Shared pieces of screen. Every piece takes words, never keys it did not name itself."""
