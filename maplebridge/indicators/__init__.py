"""What the figures say, and how sure they are.

Owns the definitions of metrics [指标], the hourly counts and spans they are read from, and the
pages that show a definition beside the matters behind a figure. Counts are kept current from
the journal and equal a full rebuild from status changes; a figure always carries its count,
its period, its age and the id of its definition.
"""
