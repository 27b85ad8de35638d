"""Background jobs: a lease table in the caller's own transaction.

A job is written with the rows that caused it, so neither can exist without the other. A worker
takes a lease; when it is killed the lease runs out and another takes the job. Libraries that
were tried either lost the job of a killed worker or ran on one engine only.
"""

from __future__ import annotations

from maplebridge.kernel.jobs.queue import enqueue, job, job_names, work_once

__all__ = ["enqueue", "job", "job_names", "work_once"]
