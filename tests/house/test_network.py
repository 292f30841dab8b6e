"""Can a test reach anything but this machine?"""

from __future__ import annotations

import http.client
import socket

import pytest

from tests.support.network import OutsideCall, is_this_machine


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None, b"localhost"]
)
def test_this_machine_may_be_reached(host: object) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "2001:db8::1", "example.org", "localhost.example.org"]
)
def test_nothing_else_may(host: str) -> None:
    assert not is_this_machine(host)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_connection_to_the_outside_is_refused(method: str) -> None:
    with socket.socket() as caller, pytest.raises(OutsideCall, match=r"192\.0\.2\.1"):
        getattr(caller, method)(("192.0.2.1", 80))


def test_a_datagram_to_the_outside_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as caller, pytest.raises(OutsideCall):
        caller.sendto(b"", ("192.0.2.1", 53))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideCall, match=r"example\.org"):
        http.client.HTTPConnection("example.org").request("GET", "/")
