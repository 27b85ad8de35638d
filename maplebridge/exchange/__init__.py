"""What crosses the city's border: programs that report to us, and files of real messages.

Owns the clients of the API with their tokens, and the replay of files as reports.
"""
