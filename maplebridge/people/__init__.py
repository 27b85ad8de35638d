"""Who acts: agencies, accounts, posts, units, duty rosters, and what each role may do.

Words: an *account* signs in; a *post* [岗位] carries the role, and every right hangs on the post,
never on the person. A *unit* [力量] is what can be sent. *2+5+X* is the staffing rule of a station:
two police officers or more with all auxiliaries of its grids, five partner roles, other forces.
"""
