"""Visits to places, what was found there, and what became of it.

One visit [综合查一次] asks the questions of several departments at once: each point is in order, at
fault, or not there. A fault is a hazard [隐患] at a place or thing, never at a person, and goes
found → notified → rectified → rechecked → cleared [发现 → 整改通知 → 整改 → 复查 → 销号].
"""
