"""Any table, view or query as one complete CSV file: BOM, number of rows in a header, never cut without saying so."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import parse_qsl

from datasette.filters import Filters
from datasette.utils import InvalidSql, sqlite_timelimit, validate_sql_select
from datasette.utils.asgi import AsgiStream, Response

from harvester.site.pages.table_columns import ALL_EDITIONS, NAMES, OF_EDITIONS, described, quoted
from harvester.site.parts.csv_file import BOM, csv_headers, csv_lines
from harvester.site.parts.visit import language_of, published

BATCH = 5_000
SQL_MOST_ROWS = 100_000
SQL_MILLISECONDS = 3_000
COUNT_MILLISECONDS = 10_000


async def table_csv(request: Any, datasette: Any, send: Any) -> Response | None:
    """`/archive/<table>.csv?year=2023&province=…`: all rows that the filters of the stock table page select."""
    database = published(datasette)
    asked = request.url_vars["table"]
    table = asked.removesuffix(ALL_EDITIONS)
    clause, values = _where(request.query_string, table)
    columns = {key.partition("__")[0] for key, value in _filters(request.query_string)}

    def begin(db: sqlite3.Connection) -> tuple[str, list[str], int] | None:
        kind = db.execute(
            "select type from sqlite_master where name = ? and type in ('table', 'view')", (table,)
        ).fetchone()
        if kind is None:
            return None
        names = [row[1] for row in db.execute(f"pragma table_info({quoted(table)})")]
        if wrong := columns - set(names):  # SQLite would take an unknown name in quotes for a text
            raise sqlite3.OperationalError(f"no such column: {', '.join(sorted(wrong))}")
        select, columns_ = described(table, names, clause, request.query_string)
        with sqlite_timelimit(db, COUNT_MILLISECONDS):
            count = db.execute(f"select count(*) from {quoted(table)}{clause}", values).fetchone()[0]
        return select, columns_, count

    try:
        known = await database.read(begin)
    except sqlite3.Error as error:
        return Response.text(f"not a filter of this table, or too slow a one: {error}", status=400)
    if known is None:
        return Response.text("no such table", status=404)
    sql, names, count = known
    if asked == table and table in OF_EDITIONS:
        address = f"/archive/{table}{ALL_EDITIONS}.csv?{request.query_string}".rstrip("?")
        return Response.redirect(address)

    async def stream(writer: Any) -> None:
        await writer.write(BOM + csv_lines([names]))
        cursor = await database.read(lambda db: db.execute(sql, values))
        while rows := await database.read(lambda _: cursor.fetchmany(BATCH)):
            await writer.write(csv_lines(rows))

    name = f"{NAMES.get(table, asked)}{'-filtered' if clause else ''}.csv"
    await AsgiStream(stream, headers=csv_headers(name, count), content_type="text/csv; charset=utf-8").asgi_send(send)
    return None


def _where(query: str, table: str) -> tuple[str, dict[str, object]]:
    """The same filters that Datasette's table page understands."""
    clauses, values = Filters(sorted(_filters(query))).build_where_clauses(table)
    return (f" where {' and '.join(clauses)}" if clauses else ""), values


def _filters(query: str) -> list[tuple[str, str]]:
    return [(key, value) for key, value in parse_qsl(query) if value and not key.startswith("_")]


async def query_csv(request: Any, datasette: Any) -> Response:
    """`/archive.csv?sql=…`: the whole answer or an error; three seconds and 100,000 rows at most."""
    say, database = language_of(request), published(datasette)
    sql = request.args.get("sql") or ""
    given = {key: request.args.get(key) for key in request.args if key != "sql" and not key.startswith("_")}
    try:
        validate_sql_select(sql)
        names, rows = await database.execute_fn(lambda db: _run(db, sql, given))
    except InvalidSql as error:
        return Response.text(str(error), status=400)
    except sqlite3.Error as error:
        message = say(
            "查询出错或超过三秒，没有给出任何行：", "the query failed or took over three seconds; no row is given: "
        )
        return Response.text(f"{message}{error}", status=400)
    if len(rows) > SQL_MOST_ROWS:
        message = say(
            "超过十万行：请缩小范围或用下载文件。", "More than 100,000 rows: narrow it, or use the download files."
        )
        return Response.text(message, status=400)
    text = BOM + csv_lines([names, *rows])
    return Response(text, headers=csv_headers("query.csv", len(rows)), content_type="text/csv; charset=utf-8")


def _run(db: sqlite3.Connection, sql: str, given: dict[str, Any]) -> tuple[list[str], list[Any]]:
    with sqlite_timelimit(db, SQL_MILLISECONDS):
        cursor = db.execute(sql, given)
        return [column[0] for column in cursor.description], cursor.fetchmany(SQL_MOST_ROWS + 1)
