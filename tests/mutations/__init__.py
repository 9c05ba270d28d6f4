"""Mutations of a clean record: one module a family of rules, each with ``ROWS``. See ``table``."""
