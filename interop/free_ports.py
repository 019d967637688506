"""Prints ports of the loopback interface that nobody listens on, as many as the argument says. They lie below those that a system
gives to outgoing connections, so that none of these takes one before the server does."""

import random
import socket
import sys

found = []
while len(found) < int(sys.argv[1]):
    with socket.socket() as probe:
        port = random.randrange(15_000, 30_000)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue  # somebody does
        if port not in found:
            found.append(port)
print(*found)
