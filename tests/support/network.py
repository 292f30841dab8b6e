"""May a test call this address? Only this machine answers to tests."""

from __future__ import annotations

import functools
import ipaddress
import socket
from typing import Any


class OutsideCall(AssertionError):
    """The code under test tried to reach something that is not this machine."""


def is_this_machine(host: object) -> bool:
    """Whether a host, as sockets take it, is the loopback interface."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def refuse_outside() -> None:
    """From now on a socket of this process connects to this machine or raises OutsideCall."""
    for name in ("connect", "connect_ex", "sendto"):
        original = getattr(socket.socket, name)
        if not hasattr(original, "_refuses"):
            setattr(socket.socket, name, _refusing(original))
    if not hasattr(socket.getaddrinfo, "_refuses"):
        socket.getaddrinfo = _resolving_locally(socket.getaddrinfo)


def _refusing(original: Any) -> Any:
    @functools.wraps(original)
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        is_internet = self.family in (socket.AF_INET, socket.AF_INET6)
        if is_internet and not is_this_machine(address[0]):
            raise OutsideCall(f"a test tried to reach {address[0]}")
        return original(self, *arguments)

    guarded._refuses = True
    return guarded


def _resolving_locally(original: Any) -> Any:
    @functools.wraps(original)
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_this_machine(host):
            raise OutsideCall(f"a test tried to look up {host}")
        return original(host, *arguments, **options)

    guarded._refuses = True
    return guarded
