"""Scanning: where in a running text an IGSN ID stands, by its tag, prefix, resolver or landing page."""
