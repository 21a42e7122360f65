"""pandas, polars and DuckDB: a column in, a column of structs out, of the same type whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest
from foreign import PAGES, foreign_warnings

import seedclean

pytestmark = foreign_warnings

TITLES = ["The mill reopens", None, None, None]
STATUSES = ["ok", "ok", "empty", None]
CODES = [None, None, None, "not-text"]
LEGAL = "A mill.\n\n© 2024 The River Gazette. All rights reserved."


def absent(name: str) -> str:
    return f"{name} is not installed: pip install 'seedclean[{name}]'"


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas", reason=absent("pandas"))
    from seedclean.integrations.pandas import clean

    pages = pandas.Series([*PAGES, None], index=list("abcde"))
    records = clean(pages)
    assert list(records.index) == list("abcde")
    assert records.isna().tolist() == [False, False, False, False, True]
    assert records.dtype == clean(pages[3:]).dtype == clean(pages[:0]).dtype
    assert records.struct.field("title").to_list()[:4] == [title or pandas.NA for title in TITLES]
    assert records.struct.field("status").to_list()[:3] == STATUSES[:3]
    assert records["d"]["error"]["code"] == "not-text"
    chosen = clean(
        pandas.Series([LEGAL.encode()]),
        pandas.Series(["https://www.dw.com/de/a-1"]),
        fields=["text", "origin"],
        cleaner=seedclean.Cleaner(keep=["legal"]),
    )
    assert chosen.tolist() == [{"origin": "dw", "text": LEGAL.replace("\n\n", "\n")}]


def test_polars() -> None:
    polars: Any = pytest.importorskip("polars", reason=absent("polars"))
    from seedclean.integrations.polars import clean

    frame = polars.DataFrame({"html": [*PAGES, None], "at": [None, "https://www.dw.com/de/a-1", None, None, None]})
    records = frame.with_columns(clean("html"))["record"]
    assert records.struct.field("title").to_list() == [*TITLES, None]
    assert records.struct.field("status").to_list() == [*STATUSES, None]
    assert [error and error["code"] for error in records.struct.field("error")] == [*CODES, None]
    lazy = frame.lazy().select(clean("html", "at", fields=["text", "origin"]))
    assert lazy.collect_schema()["record"] == lazy.collect()["record"].dtype
    assert lazy.collect(engine="streaming")["record"].struct.field("origin").to_list() == [None, "dw", None, None, None]
    assert (
        frame[3:4].select(clean("html"))["record"].dtype
        == records.dtype
        == frame[:0].select(clean("html"))["record"].dtype
    )
    kept = polars.select(clean(polars.lit(LEGAL), cleaner=seedclean.Cleaner(keep=["legal"]), fields=["text"]))
    assert kept["record"][0] == {"text": LEGAL.replace("\n\n", "\n")}


def test_duckdb() -> None:
    duckdb: Any = pytest.importorskip("duckdb", reason=absent("duckdb"))
    from seedclean.integrations.duckdb import register

    connection = duckdb.connect()
    register(connection)
    register(connection, "policy", fields=["text"], cleaner=seedclean.Cleaner(keep=["legal"]))
    connection.execute("CREATE TABLE pages (number INTEGER, html VARCHAR, address VARCHAR)")
    connection.executemany(
        "INSERT INTO pages VALUES (?, ?, NULL)", [*enumerate(page for page in PAGES if "\0" not in page), (9, None)]
    )
    connection.execute("UPDATE pages SET address = 'https://www.dw.com/de/a-1' WHERE number = 1")
    query = "SELECT r.title, r.status, r.origin, r IS NULL FROM (SELECT number, clean(html, address) AS r FROM pages) ORDER BY number"
    assert connection.execute(query).fetchall() == [
        ("The mill reopens", "ok", None, False),
        (None, "ok", "dw", False),
        (None, "empty", None, False),
        (None, None, None, True),
    ]
    assert connection.execute("SELECT policy(?, NULL)", [LEGAL]).fetchone() == ({"text": LEGAL.replace("\n\n", "\n")},)
    error = connection.execute("SELECT clean(?, NULL).error.code", ["\1" * 9]).fetchone()
    assert error == ("not-text",)
