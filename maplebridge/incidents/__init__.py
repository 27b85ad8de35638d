"""Incidents [警情]: reports in; suggestions, triage, merge, transfer, close.

Owns what was reported, by which channel and clock, where it lies, how it was judged, and every
change of its state. Words: report 接报, triage 研判, merge 并单, transfer 分流,
scene report 反馈单, return visit 回访, close 办结. The flow is in `states.py`, on one screen.
"""
