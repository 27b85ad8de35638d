"""Every write of the room: one verb, one function, one transaction, one journal entry."""
