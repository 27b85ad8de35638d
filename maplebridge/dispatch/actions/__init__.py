"""Every write of the dispatch room: one verb, one function, one transaction, one entry.

Lock order, everywhere: the call before its offers, the offers before the incident. An answer
that took an offer first could meet an acceptance that holds the call, and both would wait.
"""
