"""Personal data: how long it is kept, the shredder that empties it on time, and who looked.

Every room declares its personal fields on its models (`kernel.personal`); this room walks that
registry, so a new field is covered the day it is declared. It also keeps the auditor's pages: the
journal read aloud, its proof, and who read which matter. There is no look-up by a person here.
"""
