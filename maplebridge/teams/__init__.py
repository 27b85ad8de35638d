"""Many volunteer teams in one system [众队], sentinels of firms [岗哨], a points ledger [积分].

Owns: teams, volunteers, memberships, skills with their end, hours in which a volunteer says yes
to being asked, sentinel teams and their training, and a double-entry ledger of thanks.
Does not own: who is asked for what (dispatch), accounts and posts (people). A volunteer is
known by an alias and a declared usual place; nobody is followed between orders.
"""
