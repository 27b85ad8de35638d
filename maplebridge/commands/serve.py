"""`maplebridge serve` and `maplebridge work`: the processes of an installation."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import click

from maplebridge.commands.base import with_rooms

if TYPE_CHECKING:
    from maplebridge.twin.living.loop import Living


@click.command()
@click.option("--host", default=None, help="Address to listen on; default MAPLEBRIDGE_HOST.")
@click.option("--port", type=int, default=None, help="Port; default MAPLEBRIDGE_PORT.")
@click.option("--pages", "half", flag_value="pages", help="Pages and API only (WSGI).")
@click.option("--stream", "half", flag_value="stream", help="The event stream only (ASGI).")
@click.option("--no-worker", is_flag=True, help="Start no worker beside it.")
@with_rooms
def serve(host: str | None, port: int | None, half: str | None, no_worker: bool) -> None:
    """Serve pages, API and event stream.

    Without --pages or --stream one process serves everything, with a worker beside it: right
    for one station. A larger installation runs the halves behind a proxy that sends /events to
    the stream, and as many workers as it likes.
    """
    from django.conf import settings

    from maplebridge.config.guard import refuse_unsafe_start

    refuse_unsafe_start()
    conf = settings.MAPLEBRIDGE
    host, port = host or conf.host, port or conf.port
    worker = None if no_worker or half else start_worker()
    try:
        if half == "pages":
            _serve_pages(host, port, conf.workers, conf.threads)
        else:
            app = "maplebridge.live.stream:stream_application" if half else ""
            _serve_asgi(app or "maplebridge.config.asgi:application", host, port)
    finally:
        stop_worker(worker)


def start_worker() -> subprocess.Popen[bytes]:
    """A worker as its own process: a slow job must not slow a page."""
    return subprocess.Popen([sys.executable, "-m", "maplebridge", "work"], env=os.environ.copy())


def stop_worker(worker: subprocess.Popen[bytes] | None) -> None:
    if worker is None or worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(timeout=10)
    except subprocess.TimeoutExpired:
        worker.kill()


def _serve_pages(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "maplebridge.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,
        websockets=False,
    ).serve()


def _serve_asgi(app: str, host: str, port: int) -> None:
    import uvicorn
    from django.conf import settings

    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=True,
        # Behind a proxy that is not named here all listeners would share one address's streams.
        forwarded_allow_ips=settings.MAPLEBRIDGE.trusted_proxy,
    )


@click.command()
@with_rooms
def work() -> None:
    """Run a worker: deliver events, run jobs, seal the journal. Stops on Ctrl+C or SIGTERM."""
    from maplebridge.config.guard import refuse_unsafe_start
    from maplebridge.kernel.worker import Worker

    refuse_unsafe_start()
    worker = Worker()
    living = start_living()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    threading.Thread(target=_stop_with_parent, args=(os.getppid(), worker), daemon=True).start()
    worker.run()
    stop_living(living)


def start_living() -> Living | None:
    """The invented people of the demonstration, in a thread of their own; None elsewhere.

    A thread and not a job: a slow act must not hold up the mail, and a second worker finds the
    lease taken.
    """
    from django.conf import settings

    if not settings.MAPLEBRIDGE.lives:
        return None
    from maplebridge.twin.living.loop import Living

    living = Living()
    threading.Thread(target=living.run, name="living").start()
    return living


def stop_living(living: Living | None) -> None:
    """The act under way is finished; no other begins."""
    if living is not None:
        living.stop()


def _stop_with_parent(parent: int, worker: object) -> None:
    """A worker whose server was killed would go on alone and hold the database."""
    import time

    while os.getppid() == parent:
        time.sleep(1.0)
    worker.stop()  # type: ignore[attr-defined]
