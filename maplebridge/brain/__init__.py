"""The brain: pure functions from frozen records to frozen records, each answer with its reasons.

It suggests, people decide. Nothing here knows Django, a clock, a network or a random number
without a seed, so every suggestion can be replayed from the stored input and the model version.

Rooms: ``triage`` (what is it, how urgent, who is competent), ``matching`` (is it the same event),
``assignment`` (who should go). Callers are the ``advisor.py`` files, ``twin`` and ``benchmarks``.
It judges reports, places and orders. No record here can hold a person's identity.
"""
