"""Checks: functions that look for breaches of one rule in one subject, grouped by what they look at."""
