"""The version of igsn-lint."""

__version__ = "0.1.0"
