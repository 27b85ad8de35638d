"""Triage: from a resident's words to category, urgency, place and competent agencies [研判分流]."""
