"""Import libraries that use the network, and keep them from it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing_offline() -> Iterator[None]:
    """Keep what is imported in the block from opening sockets and from reporting to its makers.

    urllib3 opens a socket when it is imported, to see whether the system has IPv6: it is told that Python has
    not. ONNX Runtime (1.32) tells Microsoft that it is used, and keeps an identifier of the machine, unless
    this variable is set before it is imported (its Privacy.md, "Disabling Telemetry").
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    known, socket.has_ipv6 = socket.has_ipv6, False
    try:
        yield
    finally:
        socket.has_ipv6 = known
