"""The city lives on: invented people act by the same verbs as real ones.

`plan` is pure: what is there and how late it is → acts. `doing` performs an act as the person it
belongs to. `loop` holds the lease and the pace. Nothing here knows a way round a room's door.
"""
