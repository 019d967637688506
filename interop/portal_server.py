#!/usr/bin/env python3
"""A synthetic CryoET Data Portal on loopback: its GraphQL API over the schema of its Python client, and its public bucket.

    portal_server.py --schema schema.graphql --data FOLDER --s3-port 0        serve until stopped; prints both addresses as JSON

The API needs graphql-core; the bucket needs moto[server] and boto3 (leave out --s3-port to do without).

It imitates these properties of the real service, known from its public source: where clauses may be nested five deep (aggregates:
four); lists at the root have no limit unless limitOffset asks for one, and offset needs limit; rows come in no
particular order unless orderBy asks for one (here: the order of rows.json, which is shuffled); lists inside an object
are connections that hold at most 100 nodes, silently, and refuse a larger `first`; errors come with HTTP status 200.

POST /control changes its behaviour, any of: {"fail": [{"status": 502, "times": 3}], "delay_ms": 50, "max_rows": 1000,
"connection_limit": 100, "errors": 1, "reset": true}. `errors` answers that many requests with a GraphQL error,
`max_rows` answers 502 to a query whose result holds more rows. GET /control/log is the list of requests so far,
GET /control/bucket-log that of requests to the bucket.
"""

import argparse
import base64
import json
import os
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote

from graphql import GraphQLError, build_schema, graphql_sync
from graphql.type import get_named_type, is_object_type

BUCKET = "cryoet-data-portal-public"
MAX_DEPTH = 5


class Tables:
    """Rows by GraphQL type, and how the types are related, derived from the schema."""

    def __init__(self, schema, rows):
        self.schema = schema
        self.rows = rows
        self.indices = {}

    def by(self, type_name, column, value):
        """The rows of a type with this value in this column."""
        if (type_name, column) not in self.indices:
            index = self.indices[type_name, column] = {}
            for row in self.all(type_name):
                index.setdefault(row.get(column), []).append(row)
        return [] if value is None else self.indices[type_name, column].get(value, [])

    def all(self, type_name):
        return self.rows.get(type_name, [])

    def target(self, type_name, field):
        """(related type, local column, remote column, is a list) of a relationship, or None for a plain column."""
        definition = self.schema.type_map[type_name].fields.get(field)
        if definition is None:
            return None
        named = get_named_type(definition.type)
        if not is_object_type(named) or named.name.endswith("Aggregate"):
            return None
        if named.name.endswith("Connection"):
            related = named.name[: -len("Connection")]
            for name, other in self.schema.type_map[related].fields.items():
                if get_named_type(other.type).name == type_name and f"{name}Id" in self.schema.type_map[related].fields:
                    return related, "id", f"{name}Id", True
            raise GraphQLError(f"no way back from {related} to {type_name}")
        return named.name, f"{field}Id", "id", False

    def related(self, type_name, row, field):
        related, local, remote, many = self.target(type_name, field)
        found = self.by(related, remote, row.get(local))
        return found if many else found[:1]

    def matches(self, type_name, row, where, depth=0):
        if depth >= MAX_DEPTH:
            raise GraphQLError("Max filter depth exceeded")
        for column, condition in (where or {}).items():
            if condition is None:
                continue
            if column.endswith("Aggregate"):
                raise GraphQLError("filters on aggregates are not part of this imitation")
            if self.target(type_name, column) is not None:
                related = self.target(type_name, column)[0]
                if not any(self.matches(related, other, condition, depth + 1) for other in self.related(type_name, row, column)):
                    return False
            elif not all(compare(op, row.get(column), value) for op, value in condition.items()):
                return False
        return True

    def too_deep(self, type_name, where, depth=0):
        """The real service measures the clause, not the rows."""
        if depth >= MAX_DEPTH:
            raise GraphQLError("Max filter depth exceeded")
        for column, condition in (where or {}).items():
            target = None if column.endswith("Aggregate") else self.target(type_name, column)
            if target and condition:
                self.too_deep(target[0], condition, depth + 1)

    def select(self, type_name, rows, where=None, order=None, depth=0):
        self.too_deep(type_name, where, depth)
        found = [row for row in rows if self.matches(type_name, row, where)]
        for clause in reversed(order or []):
            for column, direction in clause.items():
                found = self.sorted(type_name, found, column, direction)
        return found

    def sorted(self, type_name, rows, column, direction):
        def value(row):
            name, key, current = column, direction, row
            kind = type_name
            while isinstance(key, dict):
                related = self.related(kind, current, name)
                if not related:
                    return None, "asc"
                kind, current = self.target(kind, name)[0], related[0]
                name, key = next(iter(key.items()))
            return current.get(name), key

        keyed = [(value(row), row) for row in rows]
        how = next((key for (_, key), _ in keyed), "asc")
        nulls_first = how.endswith("nulls_first") or how == "desc"
        known = sorted(((v, row) for (v, _), row in keyed if v is not None), key=lambda p: p[0], reverse=how.startswith("desc"))
        unknown = [row for (v, _), row in keyed if v is None]
        ordered = [row for _, row in known]
        return unknown + ordered if nulls_first else ordered + unknown


def like(pattern, text, flags=0):
    expression = "".join(".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    return re.fullmatch(expression, text, flags | re.DOTALL) is not None


def compare(op, value, wanted):
    if op == "_is_null":
        return (value is None) == bool(wanted)
    if op in ("_eq", "_neq") and wanted is None:
        return (value is None) == (op == "_eq")
    if value is None:
        return False
    if op == "_in":
        return value in wanted
    if op == "_nin":
        return value not in wanted
    return {
        "_eq": lambda: value == wanted,
        "_neq": lambda: value != wanted,
        "_gt": lambda: value > wanted,
        "_gte": lambda: value >= wanted,
        "_lt": lambda: value < wanted,
        "_lte": lambda: value <= wanted,
        "_like": lambda: like(wanted, value),
        "_nlike": lambda: not like(wanted, value),
        "_ilike": lambda: like(wanted, value, re.IGNORECASE),
        "_nilike": lambda: not like(wanted, value, re.IGNORECASE),
        "_regex": lambda: re.search(wanted, value) is not None,
        "_nregex": lambda: re.search(wanted, value) is None,
        "_iregex": lambda: re.search(wanted, value, re.IGNORECASE) is not None,
        "_niregex": lambda: re.search(wanted, value, re.IGNORECASE) is None,
    }[op]()


def cursor(number):
    return base64.b64encode(f"arrayconnection:{number}".encode()).decode()


def position(text):
    return int(base64.b64decode(text).decode().split(":")[1])


class Portal:
    """The GraphQL side."""

    def __init__(self, schema, data):
        with open(schema, encoding="utf-8") as file:
            self.schema = build_schema(file.read(), assume_valid=True)
        with open(os.path.join(data, "rows.json"), encoding="utf-8") as file:
            self.tables = Tables(self.schema, json.load(file))
        self.log = []
        self.bucket_log = []
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        self.fail, self.delay_ms, self.max_rows, self.connection_limit, self.errors = [], 0, None, 100, 0
        self.log.clear()

    def control(self, wanted):
        if wanted.get("reset"):
            self.reset()
        for name in ("fail", "delay_ms", "max_rows", "connection_limit", "errors"):
            if name in wanted:
                setattr(self, name, wanted[name])

    # -- resolving ---------------------------------------------------------------------------------------------------

    def resolve(self, source, info, **arguments):
        field, parent = info.field_name, info.parent_type.name
        if parent == "Query":
            return self.root(info, field, **arguments)
        if isinstance(source, dict) and field in source and source.get("__shape__"):
            return source[field]
        if field == "_id":
            return base64.b64encode(f"{parent}:{source['id']}".encode()).decode()
        if field.endswith("Aggregate"):
            name = field[: -len("Aggregate")]
            related = self.tables.target(parent, name)[0]
            rows = self.tables.select(related, self.tables.related(parent, source, name), arguments.get("where"))
            return self.aggregate(info, related, rows)
        target = self.tables.target(parent, field)
        if target is None:
            return source.get(field)
        related, _, _, many = target
        rows = self.tables.select(related, self.tables.related(parent, source, field), arguments.get("where"), arguments.get("orderBy"))
        if not many:
            info.context["rows"] += len(rows)
            return rows[0] if rows else None
        return self.connection(info, rows, **arguments)

    def root(self, info, field, where=None, orderBy=None, limitOffset=None):  # noqa: N803
        named = get_named_type(self.schema.query_type.fields[field].type).name
        if named.endswith("Aggregate"):
            named = named[: -len("Aggregate")]
            return self.aggregate(info, named, self.tables.select(named, self.tables.all(named), where, depth=1))
        rows = self.tables.select(named, self.tables.all(named), where, orderBy)
        limit, offset = ((limitOffset or {}).get(name) or 0 for name in ("limit", "offset"))
        if offset and not limit:
            raise GraphQLError("Cannot use offset without limit")
        if limit:
            rows = rows[offset : offset + limit]
        info.context["rows"] += len(rows)
        return rows

    def connection(self, info, rows, first=None, last=None, after=None, before=None, **_):
        limit = self.connection_limit
        for name, value in (("first", first), ("last", last)):
            if value is not None and value > limit:
                raise GraphQLError(f"Argument '{name}' cannot be higher than {limit}.")
        start = position(after) + 1 if after else 0
        end = min(position(before), len(rows)) if before else len(rows)
        window = list(enumerate(rows))[start:end]
        if last is not None:
            chosen = window[-last:] if last else []
        else:
            chosen = window[: first if first is not None else limit]
        info.context["rows"] += len(chosen)
        edges = [{"__shape__": 1, "cursor": cursor(i), "node": row} for i, row in chosen]
        return {
            "__shape__": 1,
            "edges": edges,
            "pageInfo": {
                "__shape__": 1,
                "hasNextPage": bool(chosen) and chosen[-1][0] + 1 < end,
                "hasPreviousPage": bool(chosen) and chosen[0][0] > 0,
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
        }

    def aggregate(self, info, type_name, rows):
        """count, min and max, over all rows or by groups; a group by a relationship leaves out rows without it."""

        def extreme(members, function):
            columns = {column for row in members for column in row}
            values = {c: [row[c] for row in members if row.get(c) is not None] for c in columns}
            return {c: function(v) if v else None for c, v in values.items() if not any(isinstance(i, bool) for i in v)}

        def key(kind, row, selections):
            """The groupBy object of a row, or None if a relationship leads nowhere."""
            group = {"__shape__": 1}
            for node in selections:
                name = node.name.value
                if node.selection_set is None:
                    group[name] = row.get(name)
                else:
                    related = self.tables.related(kind, row, name)
                    inner = key(self.tables.target(kind, name)[0], related[0], node.selection_set.selections) if related else None
                    if inner is None:
                        return None
                    group[name] = inner
            return group

        def described(members, group):
            return {
                "__shape__": 1,
                "count": len(members),
                "min": {"__shape__": 1, **extreme(members, min)},
                "max": {"__shape__": 1, **extreme(members, max)},
                "groupBy": group,
            }

        wanted = [n for f in info.field_nodes for s in f.selection_set.selections for n in s.selection_set.selections if n.name.value == "groupBy"]
        if not wanted:
            return {"__shape__": 1, "aggregate": [described(rows, None)]}
        groups = {}
        for row in rows:
            group = key(type_name, row, wanted[0].selection_set.selections)
            if group is not None:
                groups.setdefault(json.dumps(group, sort_keys=True), (group, []))[1].append(row)
        return {"__shape__": 1, "aggregate": [described(members, group) for group, members in groups.values()]}

    def answer(self, body):
        """(status, response) for one request body."""
        request = json.loads(body)
        with self.lock:
            if self.fail:
                fault = self.fail[0]
                fault["times"] = fault.get("times", 1) - 1
                if fault["times"] <= 0:
                    self.fail.pop(0)
                self.log.append({"query": request.get("query"), "variables": request.get("variables"), "status": fault["status"]})
                return fault["status"], {"message": "out of order"}
            if self.errors:
                self.errors -= 1
                response = {"data": None, "errors": [{"message": "Unexpected error."}]}
                self.log.append({"query": request.get("query"), "variables": request.get("variables"), "status": 200, "response": response})
                return 200, response
        if self.delay_ms:
            time.sleep(self.delay_ms / 1000)
        context = {"rows": 0}
        result = graphql_sync(
            self.schema,
            request.get("query") or "",
            variable_values=request.get("variables"),
            operation_name=request.get("operationName"),
            field_resolver=self.resolve,
            context_value=context,
        )
        response = {"data": result.data}
        if result.errors:
            response["errors"] = [error.formatted for error in result.errors]
        status = 502 if self.max_rows is not None and context["rows"] > self.max_rows else 200
        entry = {"query": request.get("query"), "variables": request.get("variables"), "status": status, "rows": context["rows"]}
        if status == 200:
            entry["response"] = response
        with self.lock:
            self.log.append(entry)
        return (status, response) if status == 200 else (status, {"message": "too much"})


def graphql_server(portal, port=0):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):  # noqa: N802
            logs = {"/control/log": portal.log, "/control/bucket-log": portal.bucket_log}
            self.reply(200, logs[self.path]) if self.path in logs else self.reply(404, {"message": "POST /graphql"})

        def do_POST(self):  # noqa: N802
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/control":
                portal.control(json.loads(body))
                self.reply(200, {})
            elif self.path == "/graphql":
                self.reply(*portal.answer(body))
            else:
                self.reply(404, {"message": "POST /graphql"})

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/graphql"


class Logged:
    """WSGI middleware that remembers what was asked of the bucket."""

    def __init__(self, app, log):
        self.app, self.log = app, log

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        entry = {"method": environ["REQUEST_METHOD"], "key": unquote(path).removeprefix(f"/{BUCKET}").lstrip("/")}
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        if query:
            entry["query"] = query
        if environ.get("HTTP_RANGE"):
            entry["range"] = environ["HTTP_RANGE"]

        def start(status, headers, exc_info=None):
            entry["status"] = int(status.split()[0])
            length = {k.lower(): v for k, v in headers}.get("content-length")
            if length is not None and environ["REQUEST_METHOD"] == "GET":
                entry["bytes"] = int(length)
            self.log.append(entry)
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def bucket_server(data, port=0):
    """The folder bucket/ as the anonymous public bucket; returns (server, address, log)."""
    import logging

    import boto3
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    log = []
    server = make_server("127.0.0.1", port, Logged(DomainDispatcherApplication(create_backend_app), log), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    client = boto3.client("s3", endpoint_url=address, aws_access_key_id="any", aws_secret_access_key="any", region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET, ACL="public-read")
    root = os.path.join(data, "bucket")
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                client.put_object(Bucket=BUCKET, Key=os.path.relpath(path, root).replace(os.sep, "/"), Body=file, ACL="public-read")
    log.clear()
    return server, address, log


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphql-port", type=int, default=0)
    parser.add_argument("--s3-port", type=int, default=None)
    parser.add_argument("--schema", required=True, help="schema.graphql of the service, which its Python client has")
    parser.add_argument("--data", required=True, help="folder with rows.json and bucket/")
    options = parser.parse_args()
    portal = Portal(options.schema, options.data)
    _, graphql = graphql_server(portal, options.graphql_port)
    addresses = {"graphql": graphql, "bucket": BUCKET}
    if options.s3_port is not None:
        _, addresses["s3"], portal.bucket_log = bucket_server(options.data, options.s3_port)
    print(json.dumps(addresses), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
