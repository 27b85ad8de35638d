"""Personal data: how long it is kept, and the shredder that empties it on time.

Every room declares its personal fields on its models (`kernel.personal`); this room walks that
registry, so a new field is covered the day it is declared.
"""
