"""Where: divisions, grid cells of both networks, joint-duty stations, premises, streets.

Words: a *cell* of the governance network [网格] lies in one community; a *beat* [警格] is a cell of
the police network and cuts across. A cell is valid on some days; a new grid closes the old one and
incidents keep the cell they were received in. A *station* [联勤警务站] serves cells, each cell has
at most one station. Everything here is about places, never about who lives there.
"""
