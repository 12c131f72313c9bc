"""Rows as lines of JSON and back, by the types of their columns: what one database wrote, the other reads."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    bindparam,
    select,
    update,
)
from sqlalchemy import insert as into
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from events_app.backup.errors import BackupRefusedError

CHUNK = 200


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield every row of a table as a line."""
    rows = connection.execution_options(yield_per=CHUNK).execute(select(table).order_by(*table.primary_key))
    for row in rows.mappings():
        values = {name: _written(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert_lines(session: Session, table: Table, lines: Iterable[bytes]) -> int:
    """Insert the rows of lines and return how many they were; raises BackupRefusedError."""
    count, inner = 0, _InnerReferences(table)
    rows = (inner.put_off(_row(table, line)) for line in lines)
    while chunk := list(islice(rows, CHUNK)):
        session.connection().execute(into(table), chunk)
        count += len(chunk)
    inner.set(session)
    return count


class _InnerReferences:
    """References of rows to rows of the same table: set when all are there, as a child may come before its parent."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._columns = [c for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
        self._found: dict[str, list[dict[str, Any]]] = {column.name: [] for column in self._columns}

    def put_off(self, row: dict[str, Any]) -> dict[str, Any]:
        for name, found in self._found.items():
            if row[name] is not None:
                found.append({"row": row["id"], "value": row[name]})
        return {**row, **dict.fromkeys(self._found)}

    def set(self, session: Session) -> None:
        for column in self._columns:
            statement = update(self._table).where(self._table.c.id == bindparam("row"))
            if found := self._found[column.name]:
                session.connection().execute(statement.values({column: bindparam("value")}), found)


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date | time) else value


def _row(table: Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) != set(table.columns.keys()):
        raise BackupRefusedError(f"a row of {table.name} has other columns")
    return {name: _read(table.columns[name], value) for name, value in values.items()}


def _read(column: Column[Any], value: Any) -> Any:
    if value is None and column.nullable:
        return None
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    expected, read = next(how for sort, how in READING.items() if isinstance(kind, sort))
    if type(value) not in expected:
        raise BackupRefusedError(f"a value of {column} is no {kind}")
    return read(value)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant


def _as_it_is(value: Any) -> Any:
    return value


READING: dict[type, tuple[tuple[type, ...], Callable[[Any], Any]]] = {
    Boolean: ((bool,), _as_it_is),
    Integer: ((int,), _as_it_is),
    DateTime: ((str,), _instant),
    Date: ((str,), date.fromisoformat),
    Time: ((str,), time.fromisoformat),
    LargeBinary: ((str,), b64decode),
    JSON: ((dict, list, str, int, float, bool), _as_it_is),
    String: ((str,), _as_it_is),
}
