"""Connections to the public internet alone: every address is checked at the moment it is connected to."""

import ipaddress
import queue
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from threading import Thread
from typing import Any, TypeAlias

import httpcore

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""(host, port) -> its numeric addresses, best first; raises OSError where it has none."""

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(Exception):
    """A host is, or its name leads to, an address that is not of the public internet."""


def is_public(address: str) -> bool:
    """Whether a numeric address is of the public internet, and not one that carries another within it.

    Refused are private, loopback, link-local, shared, reserved and multicast addresses, and in IPv6 also IPv4-mapped,
    6to4 and Teredo. NAT64, by which IPv6-only networks reach IPv4, is judged by the address it carries.
    """
    value = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(value, ipaddress.IPv4Address):
        return value.is_global and not value.is_multicast
    if value in _NAT64:
        return is_public(str(ipaddress.IPv4Address(value.packed[-4:])))
    return value in _GLOBAL_UNICAST and value.is_global and not value.sixtofour and not value.teredo


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses that the system finds for a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def resolve_in_time(resolve: Resolve, host: str, port: int, deadline: float) -> Sequence[str]:
    """Return what `resolve` does, in a thread that is left to itself at the deadline: the system has no limit.

    Raises:
        httpcore.ReadTimeout: the deadline has passed.
        OSError: the name leads nowhere.
    """
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:  # raised again where it is waited for
            answers.put(error)

    Thread(target=ask, name="resolving", daemon=True).start()
    try:
        answer = answers.get(timeout=measure_rest(deadline))
    except queue.Empty as error:
        raise httpcore.ReadTimeout("the time is up") from error
    if isinstance(answer, Exception):
        raise answer
    return answer


class PublicNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only, and ends everything at a deadline.

    The address that was checked is the one that is connected to, so a name that leads elsewhere when it is asked again
    gains nothing. TLS and the `Host` header still go by the name.
    """

    def __init__(
        self, inner: httpcore.NetworkBackend, resolve: Resolve, *, deadline: float, private_addresses: bool
    ) -> None:
        """Connect through `inner` until `deadline` on the monotonic clock."""
        self._inner = inner
        self._resolve = resolve
        self._deadline = deadline
        self._private_addresses = private_addresses

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers.

        Raises:
            PrivateAddressError: one of its addresses is not public.
            OSError: the name leads nowhere.
            httpcore.ReadTimeout: the deadline has passed.
            httpcore.ConnectError: none of its addresses answers.
        """
        addresses = resolve_in_time(self._resolve, host, port, self._deadline)
        for address in addresses:
            if not self._private_addresses and not is_public(address):
                raise PrivateAddressError(f"{host} is at {address}")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(address, port, measure_rest(self._deadline), None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A connection on which all reads and writes together end at the deadline, however often a byte drips in."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, measure_rest(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, measure_rest(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, measure_rest(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def measure_rest(deadline: float) -> float:
    """Return the seconds until the deadline.

    Raises:
        httpcore.ReadTimeout: it has passed.
    """
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return rest
