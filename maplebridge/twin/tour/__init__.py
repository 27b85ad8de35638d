"""The five-step tour: one matter from the report to the figure, by the rooms' own verbs.

Each step makes sure of what it promises: what the newcomer has done by hand is left as it is, and
whatever nobody did is done by the people of the tour. So no step can be stuck.
"""
