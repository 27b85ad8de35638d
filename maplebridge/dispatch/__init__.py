"""Who goes [派遣]: offers in phases, the first yes wins, arrival, pre-handling, hand-over.

Owns: calls for help about an incident, the offers made for them, positions shared during an
order, what a volunteer did before the police came, and alarms of sentinels.
The brain ranks and says why; people decide whom to send. A position lives as long as the way.
"""
