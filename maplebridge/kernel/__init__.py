"""Shared by every room, and knows no domain noun.

Owns: who acts, what time it is, how states move, how refusals are said, where a point lies,
codes that survive the phone, the journal, background jobs, encryption, and the registry of
personal fields.
"""
