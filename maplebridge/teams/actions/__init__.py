"""The verbs of the teams room, one file for each part of a volunteer's life."""
