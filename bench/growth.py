"""What a run costs beside its requests, from a thousand documents to a hundred thousand: docs/scale.md.

python -m bench growth [--sizes 1000,10000,100000]

Each size is a process of its own, so that its memory can be told. The archive has the rows of a national one (sixty
bodies a portal, five years, lists, walks) and few cells: reading and building cost what they cost, in their own parts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from archive.store import Store
from harvester.publish.stage import publish
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import remove_empty_reports, update_touched_reports

SIZES = (1_000, 10_000, 100_000)
BODIES, YEARS = 60, range(2019, 2024)
"""Bodies of a portal, and years of each: 300 reports a portal."""

TODAY = date(2024, 5, 20)
HOST = "http://127.0.0.1:1"
STEPS = (
    "all new",
    "published",
    "nothing new",
    "publication looked at",
    "one report new",
    "walked again",
    "visits noted",
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench growth", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--one", type=int, help="measure this size here and print JSON")
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(measured(given.one)))
        return
    print(table([in_a_process(int(size)) for size in given.sizes.split(",")]))


def in_a_process(documents: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.growth", "--one", str(documents)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def table(found: list[dict[str, float]]) -> str:
    """CPU seconds of each step, a size a column; and how each grows from the first size to the last."""
    heads = [f"{one['documents']:,.0f} documents" for one in found]
    lines = [f"| CPU seconds | {' | '.join(heads)} |", "|---|" + "---:|" * len(found)]
    lines += [f"| {step} | {' | '.join(f'{one[step]:.2f}' for one in found)} |" for step in STEPS]
    lines.append(f"| memory at most, MB | {' | '.join(format(one['megabytes'], '.0f') for one in found)} |")
    return "\n".join(lines)


def measured(documents: int) -> dict[str, float]:
    """The steps on a new archive of so many documents."""
    spent: dict[str, float] = {"documents": documents}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        spent[step] = round(time.process_time() - begun, 3)

    with tempfile.TemporaryDirectory(prefix="bench-growth-") as folder, Store.open(Path(folder)) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        portals = fill(store, documents)
        with timed("all new"):
            relate(store)
        with timed("published"):
            publish(store)
        peek(store, "unchanged")
        with timed("nothing new"):
            relate(store)
        with timed("publication looked at"):
            publish(store)
        peek(store, "new")
        with timed("one report new"):
            relate(store)
        walk(store, "walked", ("p0",))
        with timed("walked again"):
            relate(store)
        with timed("visits noted"):
            for portal in range(portals):
                store.save_visit("again", f"p{portal}", {"requests": 10, "path": ["年报"] * 20})
    spent["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return spent


def relate(store: Store) -> None:
    update_touched_reports(store.connection)
    remove_empty_reports(store.connection)
    check_across(store.connection)
    keep_ledger(store.connection, TODAY)


def fill(store: Store, documents: int) -> int:
    """Portals with their reports; returns how many portals."""
    portals = max(1, documents // (BODIES * len(YEARS)))
    connection = store.connection
    connection.execute("BEGIN")
    connection.execute("INSERT INTO runs (id, status) VALUES ('first', 'done')")
    connection.executemany(
        "INSERT INTO portals (id, name, division_code, level, status, simulated)"
        " VALUES (?, ?, ?, 'county', 'active', 1)",
        [(f"p{n}", f"模拟{n}县人民政府", f"99{n:04}") for n in range(portals)],
    )
    for number in range(documents):
        portal, rest = divmod(number, BODIES * len(YEARS))
        add_report(store, number + 1, f"p{portal % portals}", portal * BODIES + rest // len(YEARS) + 1, rest)
    connection.execute("COMMIT")
    walk(store, "first", [f"p{n}" for n in range(portals)])
    return portals


def add_report(store: Store, id_: int, portal: str, agency: int, rest: int) -> None:
    """One report with its body, edition, capture and a few cells."""
    connection, year, code = store.connection, YEARS[rest % len(YEARS)], f"99{int(portal[1:]):04}"
    name, sha = f"模拟{portal[1:]}县第{agency}局", f"{id_:064x}"
    connection.execute(
        "INSERT OR IGNORE INTO agencies (id, name, kind, division_code, portal_id, simulated)"
        " VALUES (?, ?, 'department', ?, ?, 1)",
        (agency, name, code, portal),
    )
    connection.execute(
        "INSERT INTO captures (run_id, portal_id, url, fetched_at, outcome, sha256, role, column_path, list_title)"
        " VALUES ('first', ?, ?, '2024-05-01T00:00:00Z', 'new', ?, 'page', '年报', ?)",
        (portal, f"{HOST}/{id_}.html", sha, f"{name}{year}年政府信息公开工作年度报告"),
    )
    connection.execute(
        "INSERT INTO documents (sha256, kind, read_at, simulated) VALUES (?, 'report', '2024', 1)", (sha,)
    )
    connection.execute(
        "INSERT INTO reports (id, agency_id, agency_name, division_code, year, scope, form, published_on,"
        " first_seen_at, current_edition_id, simulated)"
        " VALUES (?, ?, ?, ?, ?, 'department', 'gen2021', ?, '2024-05-01T00:00:00Z', ?, 1)",
        (id_, agency, name, code, year, f"{year + 1}-01-20", id_),
    )
    connection.execute(
        "INSERT INTO editions (id, report_id, sha256, url, format, form, is_current, first_seen_at, published_on)"
        " VALUES (?, ?, ?, ?, 'html', 'gen2021', 1, '2024-05-01T00:00:00Z', ?)",
        (id_, id_, sha, f"{HOST}/{id_}.html", f"{year + 1}-01-20"),
    )
    connection.executemany(
        "INSERT INTO cells (edition_id, table_id, row_id, column_id, position, raw, state, value, path)"
        " VALUES (?, 'requests', ?, 'total', ?, '1', 'number', ?, '/p')",
        [(id_, row, n, n + id_ % 7) for n, row in enumerate(("requests_received", "requests_carried_in", "granted"))],
    )
    # One county in three has a template that all its bodies publish.
    text = "本机关认真贯彻落实条例要求" if agency % 3 else f"第{agency}局{year}年工作情况"
    connection.execute(
        "INSERT INTO sections (edition_id, number, position, text) VALUES (?, 1, 0, ?)",
        (id_, "".join(chr(0x4E00 + (ord(text[n % len(text)]) * (n + 1)) % 9000) for n in range(400))),
    )


def walk(store: Store, run_id: str, portals: list[str] | tuple[str, ...]) -> None:
    """A list of each of these portals, walked to its end."""
    connection = store.connection
    for portal in portals:
        connection.execute(
            "INSERT INTO captures (run_id, portal_id, url, fetched_at, outcome, sha256, role, column_path)"
            " VALUES (?, ?, ?, '2024-05-01T00:00:00Z', 'unchanged', 'l', 'list', '年报')",
            (run_id, portal, f"{HOST}/{portal}/list.html"),
        )
        row = {"url": f"{HOST}/{portal}/list.html", "column_path": "年报", "ended": "complete", "items": 300}
        store.save_list_walks(run_id, portal, [row | {"is_whole": 1, "visit_ended": "finished"}])


def peek(store: Store, outcome: str) -> None:
    """One page of one report seen again: as it was, or with other bytes."""
    store.connection.execute(
        "INSERT INTO captures (run_id, portal_id, url, fetched_at, outcome, sha256, role, column_path) VALUES"
        " ('again', 'p0', ?, '2024-05-02T00:00:00Z', ?, ?, 'page', '年报')",
        (f"{HOST}/1.html", outcome, f"{1:064x}"),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
