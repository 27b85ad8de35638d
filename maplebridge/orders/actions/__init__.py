"""The verbs of the orders room, and the import of past orders."""
