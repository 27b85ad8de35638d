"""The verbs of the inspections room, and the import of past visits."""
