"""Verbs of the living city."""
