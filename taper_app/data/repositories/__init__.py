"""Queries, one module an aggregate. Services never build SQL."""
