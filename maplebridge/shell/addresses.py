"""Which address a request comes from, as our own proxy saw it."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network


def client_address(request: HttpRequest) -> str:
    """The nearest hop that is not our proxy; the same rule the stream's server follows.

    `X-Forwarded-For` is believed only from the proxy named in the settings: everybody else
    could write into it whatever they like.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    conf = settings.MAPLEBRIDGE
    if not conf.behind_https or not is_trusted(address, conf.trusted_proxy):
        return address
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    for hop in reversed(hops):
        if hop and not is_trusted(hop, conf.trusted_proxy):
            return hop
    return hops[0] or address


def is_trusted(address: str, named: str) -> bool:
    """Whether an address is one of the named ones."""
    try:
        found = ip_address(address)
    except ValueError:  # a socket file, or words a client wrote into the header
        return False
    return any(found in network for network in _networks(named))


@lru_cache(maxsize=8)
def _networks(named: str) -> tuple[Network, ...]:
    return tuple(
        ip_network(part.strip(), strict=False) for part in named.split(",") if part.strip()
    )
