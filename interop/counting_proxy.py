"""A proxy in front of an HTTP server that lists the requests, and holds or refuses some of them.

It forwards requests as they are, so that signatures of S3 stay valid.
"""

import asyncio
import re
import threading
from dataclasses import dataclass, field


@dataclass
class Request:
    """A request that was answered, or is being held."""

    method: str
    path: str
    range: str
    port: int
    status: int = 0
    received: int = 0
    sent: int = 0

    def __str__(self):
        return f"{self.method} {self.path}" + (f" {self.range}" if self.range else "")


@dataclass
class Rule:
    """The treatment of requests whose method and path match: all or some are held until they are released, or refused."""

    pattern: re.Pattern
    times: int
    refusal: bytes = b""
    after_reply: bool = False
    held: list = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def release(self):
        self.released.set()


class Proxy:
    """Listens on a free port of the loopback interface until it is closed."""

    def __init__(self, upstream_port):
        self.upstream_port = upstream_port
        self.requests, self.rules = [], []
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 20))
        self.port = self.server.sockets[0].getsockname()[1]
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def take(self):
        """Returns the requests that were answered since the last call."""
        taken, self.requests = self.requests, []
        return taken

    def hold(self, pattern, times=1, after_reply=False):
        """Holds the next requests that match, before they reach the server or before their replies reach the client."""
        return self.add(Rule(re.compile(pattern), times, after_reply=after_reply))

    def refuse(self, pattern, times=1):
        """Answers the next requests that match with status 403 of S3."""
        body = b"<Error><Code>AccessDenied</Code><Message>refused by a test</Message></Error>"
        head = f"HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return self.add(Rule(re.compile(pattern), times, head.encode() + body))

    def add(self, rule):
        self.rules.append(rule)
        return rule

    def close(self):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)

    def rule(self, request):
        for rule in self.rules:
            if len(rule.held) < rule.times and rule.pattern.search(f"{request.method} {request.path}"):
                rule.held.append(request)
                return rule
        return None

    async def serve(self, client, to_client):
        server, to_server = await asyncio.open_connection("127.0.0.1", self.upstream_port, limit=1 << 20)
        try:
            while await self.exchange(client, to_client, server, to_server):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass  # a client or the server closed the connection
        finally:
            for writer in (to_client, to_server):
                writer.close()

    async def exchange(self, client, to_client, server, to_server):
        head = await client.readuntil(b"\r\n\r\n")
        method, path = head.split(b" ", 2)[:2]
        request = Request(method.decode(), path.decode(), header(head, "range"), to_client.get_extra_info("peername")[1])
        rule = self.rule(request)
        if rule:
            rule.reached.set()
        if rule and rule.refusal:
            self.requests.append(request)
            to_client.write(rule.refusal)
            await to_client.drain()
            return False
        if rule and not rule.after_reply:
            await self.released(rule)
        to_server.write(head)
        body = asyncio.ensure_future(copy_body(head, client, to_server))
        reply = await server.readuntil(b"\r\n\r\n")
        while reply.startswith(b"HTTP/1.1 100"):
            to_client.write(reply)
            reply = await server.readuntil(b"\r\n\r\n")
        request.status = int(reply.split(b" ", 2)[1])
        if rule and rule.after_reply:
            await self.released(rule)
        unread = not body.done() and "100-continue" in header(head, "expect")
        if unread:  # refused before the client sent the body
            body.cancel()
            reply = reply[:-2] + b"Connection: close\r\n\r\n"
        else:
            request.sent = await body
        to_client.write(reply)
        if method != b"HEAD" and request.status not in (204, 304):
            request.received = await copy_body(reply, server, to_client)
        await to_client.drain()
        self.requests.append(request)
        return "close" not in header(head, "connection") + header(reply, "connection")

    async def released(self, rule):
        await asyncio.get_running_loop().run_in_executor(None, rule.released.wait)


def header(head, name):
    found = re.search(rb"\r\n" + name.encode() + rb":[ \t]*([^\r]*)", head, re.IGNORECASE)
    return found.group(1).decode().strip() if found else ""


async def copy_body(head, source, target):
    """Copies the body that follows a head, and returns its length."""
    if "chunked" in header(head, "transfer-encoding"):
        copied = 0
        while True:
            line = await source.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            target.write(line + await source.readexactly(size + 2))
            copied += size
            if not size:
                return copied
    length = int(header(head, "content-length") or 0)
    left = length
    while left:
        data = await source.read(min(left, 1 << 18))
        if not data:
            raise asyncio.IncompleteReadError(b"", left)
        target.write(data)
        await target.drain()
        left -= len(data)
    return length
