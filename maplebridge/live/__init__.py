"""What is happening now: the event stream, snapshots for boards, and the wall.

The journal is the only source. One hub per process reads it once and writes the same bytes to
every listener; a listener who was away resumes by the cursor of the last entry it saw. The
wall [情指联勤大屏] shows counts and grid centroids, never a person.
"""
