"""Prints unused ports of the loopback interface, as many as the argument says. The ports are below the range that the system uses
for outgoing connections, so that no connection takes one before the server does."""

import random
import socket
import sys


def free_ports(count):
    found = []
    while len(found) < count:
        with socket.socket() as probe:
            port = random.randrange(15_000, 30_000)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue  # in use
            if port not in found:
                found.append(port)
    return found


if __name__ == "__main__":
    print(*free_ports(int(sys.argv[1])))
