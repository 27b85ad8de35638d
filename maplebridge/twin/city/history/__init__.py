"""Believable past incidents of the generated city."""
