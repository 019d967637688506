"""A proxy between a client and an object store on one machine that simulates a distant store and counts requests.

    proxy.py --listen PORT --target PORT --control PORT --rtt-ms 20

Uses plain HTTP on the loopback interface. The proxy delays all data by half a round-trip time in each direction, however much
is in transit, and the first bytes of a new connection by one more round trip, like a handshake. The control port answers
over HTTP: /stats (counts as JSON), /reset (the same, then resets the counts to zero), /log (the requests since the reset).
"""

import argparse
import asyncio
import collections
import json
import re

HOST = "127.0.0.1"
REQUEST_LINE = re.compile(rb"\b(GET|HEAD|PUT|POST|DELETE) (\S+) HTTP/1\.[01]\r\n")
LONGEST_LINE = 8192
WAITING = 32 << 20


class Seen:
    """Counts of requests, bytes and connections."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.bytes = {"bytes_up": 0, "bytes_down": 0}
        self.connections = 0
        self.requests = []

    def stats(self):
        methods = collections.Counter(method for method, _ in self.requests)
        return {"connections": self.connections, "requests": len(self.requests), "methods": methods, **self.bytes}


class End(asyncio.Protocol):
    """One end of a connection through the proxy: data that arrives here leaves the other end after the delay."""

    def __init__(self, loop, delay, received):
        self.loop, self.delay, self.received = loop, delay, received
        self.other = self.transport = None
        self.under_way, self.earliest = collections.deque(), 0.0

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=WAITING)
        self.other.deliver()

    def data_received(self, data):
        self.received(data)
        self.send(data)

    def connection_lost(self, error):
        self.send(None)

    def send(self, data):
        due = max(self.loop.time() + self.delay, self.earliest)
        self.under_way.append((due, data))
        self.loop.call_at(due, self.deliver)

    def deliver(self):
        """Sends all data that is due, in the order of arrival."""
        to = self.other.transport
        while to and self.under_way and self.under_way[0][0] <= self.loop.time() + 1e-4:
            data = self.under_way.popleft()[1]
            if data is None:
                to.close()
            elif not to.is_closing():
                to.write(data)

    def pause_writing(self):
        if self.other.transport:
            self.other.transport.pause_reading()

    def resume_writing(self):
        if self.other.transport:
            self.other.transport.resume_reading()


class Requests:
    """Finds the request lines in a client's data, even if they arrive in pieces."""

    def __init__(self, seen):
        self.seen, self.rest = seen, b""

    def __call__(self, data):
        self.seen.bytes["bytes_up"] += len(data)
        text, end = self.rest + data, 0
        for found in REQUEST_LINE.finditer(text):
            self.seen.requests.append((found[1].decode(), found[2].decode("latin-1")))
            end = found.end()
        self.rest = text[max(end, text.rfind(b"\n") + 1):][-LONGEST_LINE:]


def accept(loop, seen, target, delay):
    def down(data):
        seen.bytes["bytes_down"] += len(data)

    client, server = End(loop, delay, Requests(seen)), End(loop, delay, down)
    client.other, server.other = server, client
    client.earliest = loop.time() + 3 * delay
    seen.connections += 1

    async def connect():
        try:
            await loop.create_connection(lambda: server, HOST, target)
        except OSError:
            client.transport.close()

    client.connecting = loop.create_task(connect())
    return client


async def control(seen, reader, writer):
    path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
    answer = json.dumps(seen.stats()) if path != b"/log" else "\n".join(map(" ".join, seen.requests))
    if path == b"/reset":
        seen.reset()
    body = answer.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    writer.close()


async def serve(listen, target, control_port, rtt_ms):
    loop, seen = asyncio.get_running_loop(), Seen()
    await loop.create_server(lambda: accept(loop, seen, target, rtt_ms / 2000), HOST, listen, backlog=256)
    await asyncio.start_server(lambda *streams: control(seen, *streams), HOST, control_port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("listen", "target", "control"):
        options.add_argument(f"--{name}", type=int, required=True)
    options.add_argument("--rtt-ms", type=float, default=20)
    given = options.parse_args()
    asyncio.run(serve(given.listen, given.target, given.control, given.rtt_ms))
