"""One peer on one data set: builds it, checks its answers against Dondoc's, measures Q1 to Q6, and prints JSON.

    python3 peers.py ENGINE FOLDER [SOCKET]

FOLDER has the columns, `units.bin` and `parameters.json` that the Rust harness wrote. Needs duckdb, datafusion, pyarrow, numpy and
psycopg. Every engine answers the same SQL; those with ready-made aggregates have one table for the country, one for
the provinces and one of who has reported, and read from them what they can.
"""
import json
import os
import pathlib
import statistics
import sys
import time

import numpy as np

NOTHING = np.iinfo(np.int64).min
BUDGET_S = 4
"""How long one question may be repeated."""

PLAIN = {
    "q1": "SELECT f.indicator, f.period, o.province, CAST(sum(f.value) AS BIGINT) AS v FROM fact f JOIN org o ON f.org = o.unit "
    "WHERE f.indicator IN ({indicators}) AND f.period BETWEEN {year} AND {year_end} GROUP BY f.indicator, f.period, o.province",
    "q2": "SELECT f.period, f.org, f.value FROM fact f JOIN org o ON f.org = o.unit "
    "WHERE f.indicator = {indicator} AND o.province = {province}",
    "q3": "SELECT indicator, period, CAST(sum(value) AS BIGINT) AS v FROM fact "
    "WHERE period IN ({month}, {year_before}) GROUP BY indicator, period",
    "q4": "SELECT o.province, count(DISTINCT f.org) AS n FROM fact f JOIN org o ON f.org = o.unit "
    "WHERE f.period = {month_before} GROUP BY o.province",
    "q5a": "SELECT o.province, CAST(sum(f.value) AS BIGINT) AS v FROM fact f JOIN org o ON f.org = o.unit "
    "WHERE f.indicator = {drilled} AND f.period BETWEEN {year} AND {year_end} GROUP BY o.province",
    "q5b": "SELECT f.org, CAST(sum(f.value) AS BIGINT) AS v FROM fact f JOIN org o ON f.org = o.unit "
    "WHERE f.indicator = {drilled} AND f.period BETWEEN {year} AND {year_end} AND o.province = {province} GROUP BY f.org",
    "q5c": "SELECT period, value FROM fact WHERE indicator = {drilled} AND period BETWEEN {year} AND {year_end} AND org = {commune}",
}
READY = {
    "q1": "SELECT indicator, period, province, v FROM by_province WHERE indicator IN ({indicators}) AND period BETWEEN {year} AND {year_end}",
    "q3": "SELECT indicator, period, v FROM by_country WHERE period IN ({month}, {year_before})",
    "q4": "SELECT province, n FROM reported WHERE period = {month_before}",
    "q5a": "SELECT province, CAST(sum(v) AS BIGINT) AS v FROM by_province "
    "WHERE indicator = {drilled} AND period BETWEEN {year} AND {year_end} GROUP BY province",
}
BY_PROVINCE = (
    "SELECT f.indicator AS indicator, f.period AS period, o.province AS province, CAST(sum(f.value) AS BIGINT) AS v, "
    "count(*) AS n FROM fact f JOIN org o ON f.org = o.unit GROUP BY 1, 2, 3"
)
BY_COUNTRY = "SELECT period, indicator, CAST(sum(v) AS BIGINT) AS v, CAST(sum(n) AS BIGINT) AS n FROM by_province GROUP BY 1, 2"
REPORTED = (
    "SELECT f.period AS period, o.province AS province, count(DISTINCT f.org) AS n "
    "FROM fact f JOIN org o ON f.org = o.unit GROUP BY 1, 2"
)


class Data:
    def __init__(self, folder):
        self.folder = folder
        self.asked = json.loads((folder / "parameters.json").read_text())
        units = np.fromfile(folder / "units.bin", "<u4").reshape(-1, 3).astype(np.int64)
        self.units = units
        country = self.asked["country"]
        self.provinces = [int(unit) for unit, province, _ in units if unit == province and unit != country]
        province = self.asked["province"]
        self.communes = [int(unit) for unit, of, _ in units if of == province and unit != province]

    def column(self, name, kind):
        return np.memmap(self.folder / f"{name}.bin", kind, "r")

    def table(self):
        import pyarrow as pa

        columns = {"indicator": "<u2", "period": "<u2", "org": "<u4", "value": "<i8"}
        kinds = {"<u2": pa.int16(), "<u4": pa.int32(), "<i8": pa.int64()}
        return pa.table({name: pa.array(self.column(name, kind).view(kind.replace("u", "i")), kinds[kind]) for name, kind in columns.items()})

    def org(self):
        import pyarrow as pa

        leaves = self.units[self.units[:, 0] != self.units[:, 1]]
        return pa.table({name: pa.array(leaves[:, at], pa.int32()) for at, name in enumerate(("unit", "province", "place"))})

    def sql(self, has_ready):
        asked = dict(self.asked, indicators=", ".join(map(str, self.asked["indicators"])), year_end=self.asked["year"] + 11)
        asked.update(year_before=asked["month"] - 12, month_before=asked["month"] - 1)
        return {name: text.format(**asked) for name, text in {**PLAIN, **(READY if has_ready else {})}.items()}

    def expected(self, name):
        return np.fromfile(self.folder / f"answer-{name}.bin", "<i8")

    def keys(self, name):
        """What the numbers of an answer belong to, in its order."""
        asked = self.asked
        year = range(asked["year"], asked["year"] + 12)
        if name == "q1":
            return [(i, p, o) for i in asked["indicators"] for p in year for o in self.provinces]
        if name == "q2":
            return [(p, o) for p in range(120) for o in self.communes]
        if name in ("q3", "q6"):
            return [(i, p) for i in range(300) for p in (asked["month"], asked["month"] - 12)]
        return [(it,) for it in {"q4": self.provinces, "q5a": self.provinces, "q5b": self.communes, "q5c": year}[name]]


class Engine:
    has_ready = False

    def __init__(self, data):
        self.data = data
        self.sql = data.sql(self.has_ready)
        self.step = 0

    def ask(self, name):
        if name == "q5":
            return [self.run(self.sql[part]) for part in ("q5a", "q5b", "q5c")]
        if name == "q6":
            self.step = 1 - self.step
            return self.change(self.step)
        return self.run(self.sql[name])

    def change(self, step):
        """One figure changed by `step` from what it was, then Q3."""
        changed = self.data.asked["changed"]
        where = f"indicator = {changed['indicator']} AND period = {changed['month']} AND org = {changed['unit']}"
        before = self.rows(self.run(f"SELECT value FROM fact WHERE {where}"))[0][0]
        if not hasattr(self, "original"):
            self.original = int(before)
        more = self.original + step - int(before)
        self.begin()
        self.run(f"UPDATE fact SET value = value + {more} WHERE {where}")
        if self.has_ready:
            of = f"indicator = {changed['indicator']} AND period = {changed['month']}"
            province = f"(SELECT province FROM org WHERE unit = {changed['unit']})"
            self.run(f"UPDATE by_province SET v = v + {more} WHERE {of} AND province = {province}")
            self.run(f"UPDATE by_country SET v = v + {more} WHERE {of}")
        self.commit()
        return self.run(self.sql["q3"])

    def begin(self):
        self.run("BEGIN")

    def commit(self):
        self.run("COMMIT")

    def check(self):
        for name in ("q1", "q2", "q3", "q4", "q5a", "q5b", "q5c", "q6"):
            if name == "q6" and not self.can_change:
                continue
            rows = self.rows(self.ask(name) if name == "q6" else self.run(self.sql[name]))
            found = {tuple(int(it) for it in row[:-1]): int(row[-1]) for row in rows}
            numbers = np.array([found.pop(key, NOTHING) for key in self.data.keys(name)])
            expected = self.data.expected(name)
            if name == "q4":
                numbers[numbers == NOTHING] = 0
            if found or not np.array_equal(numbers, expected):
                at = np.flatnonzero(numbers != expected)[:5]
                raise SystemExit(f"{type(self).__name__} {name}: {len(found)} too many, differs at {at}: {numbers[at]} {expected[at]}")
        if self.can_change:
            self.ask("q6")

    can_change = True


class Duck(Engine):
    def build(self):
        import duckdb

        self.file = self.data.folder / f"{type(self).__name__}.duckdb"
        self.file.unlink(missing_ok=True)
        self.connection = duckdb.connect(str(self.file), config={"threads": os.cpu_count()})
        for name, table in (("fact", self.data.table()), ("org", self.data.org())):
            self.connection.register("columns", table)
            self.run(f"CREATE TABLE {name} AS SELECT * FROM columns")
            self.connection.unregister("columns")
        return self.ready()

    def ready(self):
        start = time.perf_counter()
        if self.has_ready:
            self.run(f"CREATE TABLE by_province AS {BY_PROVINCE} ORDER BY 1, 2, 3")
            self.run(f"CREATE TABLE by_country AS {BY_COUNTRY} ORDER BY 1, 2")
            self.run(f"CREATE TABLE reported AS {REPORTED} ORDER BY 1, 2")
        ready_s = time.perf_counter() - start
        self.run("CHECKPOINT")
        return ready_s

    def run(self, sql):
        result = self.connection.execute(sql)
        return result.fetchnumpy() if sql.startswith("SELECT") else None

    def rows(self, result):
        return list(zip(*result.values()))


class DuckReady(Duck):
    has_ready = True


class DataFusion(Engine):
    can_change = False

    def build(self):
        import datafusion
        import pyarrow as pa
        import pyarrow.parquet as pq

        config = datafusion.SessionConfig().with_target_partitions(os.cpu_count())
        self.context = datafusion.SessionContext(config)
        path = self.data.folder / "fact.parquet"
        fact = self.data.table()
        per_indicator = max(1, fact.num_rows // 300)
        pq.write_table(fact, path, compression="zstd", row_group_size=per_indicator)
        pq.write_table(self.data.org(), self.data.folder / "org.parquet")
        self.context.register_parquet("fact", str(path))
        self.context.register_parquet("org", str(self.data.folder / "org.parquet"))
        start = time.perf_counter()
        if self.has_ready:
            for name, sql in (("by_province", BY_PROVINCE), ("by_country", BY_COUNTRY), ("reported", REPORTED)):
                batches = self.context.sql(sql + " ORDER BY 1, 2").collect()
                target = self.data.folder / f"{name}.parquet"
                pq.write_table(pa.Table.from_batches(batches), target, compression="zstd", row_group_size=1 << 16)
                self.context.register_parquet(name, str(target))
        return time.perf_counter() - start

    def run(self, sql):
        return self.context.sql(sql).collect()

    def rows(self, result):
        import pyarrow as pa

        return list(zip(*(it.to_pylist() for it in pa.Table.from_batches(result).columns))) if result else []


class DataFusionReady(DataFusion):
    has_ready = True


class Sqlite(Engine):
    def build(self):
        import sqlite3

        file = self.data.folder / f"{type(self).__name__}.sqlite"
        file.unlink(missing_ok=True)
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -1000000", "mmap_size = 2000000000"):
            self.run(f"PRAGMA {pragma}")
        self.run("CREATE TABLE fact(indicator INT, period INT, org INT, value INT, PRIMARY KEY(indicator, period, org)) WITHOUT ROWID")
        self.run("CREATE TABLE org(unit INTEGER PRIMARY KEY, province INT, place INT)")
        self.run("BEGIN")
        self.connection.executemany("INSERT INTO org VALUES (?, ?, ?)", self.rows_of(self.data.org()))
        self.connection.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)", self.rows_of(self.data.table()))
        self.run("COMMIT")
        self.run("CREATE INDEX org_province ON org(province, unit)")
        self.run("CREATE INDEX fact_period ON fact(period, org)")
        start = time.perf_counter()
        if self.has_ready:
            self.run("CREATE TABLE by_province(indicator INT, period INT, province INT, v INT, n INT, PRIMARY KEY(indicator, period, province)) WITHOUT ROWID")
            self.run("CREATE TABLE by_country(period INT, indicator INT, v INT, n INT, PRIMARY KEY(period, indicator)) WITHOUT ROWID")
            self.run("CREATE TABLE reported(period INT, province INT, n INT, PRIMARY KEY(period, province)) WITHOUT ROWID")
            for name, sql in (("by_province", BY_PROVINCE), ("by_country", BY_COUNTRY), ("reported", REPORTED)):
                self.run(f"INSERT INTO {name} {sql}")
        ready_s = time.perf_counter() - start
        self.run("ANALYZE")
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return ready_s

    def rows_of(self, table):
        for batch in table.to_batches(1 << 16):
            yield from zip(*(it.to_pylist() for it in batch.columns))

    def run(self, sql):
        return self.connection.execute(sql).fetchall()

    def rows(self, result):
        return result


class SqliteReady(Sqlite):
    has_ready = True


class Postgres(Engine):
    def build(self):
        import psycopg

        socket = sys.argv[3]
        name = f"bench_{type(self).__name__.lower()}"
        with psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
        self.connection = psycopg.connect(f"host={socket} user=postgres dbname={name}", autocommit=True)
        self.run("CREATE TABLE fact(indicator SMALLINT, period SMALLINT, org INT, value BIGINT)")
        self.run("CREATE TABLE org(unit INT PRIMARY KEY, province INT, place INT)")
        for target, table in (("org", self.data.org()), ("fact", self.data.table())):
            with self.connection.cursor().copy(f"COPY {target} FROM STDIN") as copy:
                for batch in table.to_batches(1 << 16):
                    copy.write("".join("\t".join(map(str, row)) + "\n" for row in zip(*(it.to_pylist() for it in batch.columns))))
        self.run("ALTER TABLE fact ADD PRIMARY KEY (indicator, period, org)")
        self.run("CREATE INDEX ON fact(period, org)")
        self.run("CREATE INDEX ON org(province)")
        start = time.perf_counter()
        if self.has_ready:
            for made, key, sql in (
                ("by_province", "indicator, period, province", BY_PROVINCE),
                ("by_country", "period, indicator", BY_COUNTRY),
                ("reported", "period, province", REPORTED),
            ):
                self.run(f"CREATE TABLE {made} AS {sql} ORDER BY {key}")
                self.run(f"ALTER TABLE {made} ADD PRIMARY KEY ({key})")
        ready_s = time.perf_counter() - start
        self.run("VACUUM ANALYZE")
        return ready_s

    def run(self, sql):
        return self.connection.execute(sql, prepare=sql.startswith("SELECT"), binary=True)

    def rows(self, result):
        return result.fetchall()


class PostgresReady(Postgres):
    has_ready = True


def measured(engine, name):
    for _ in range(2):
        engine.ask(name)
    samples, start = [], time.perf_counter()
    while len(samples) < 5 or len(samples) < 101 and time.perf_counter() - start < BUDGET_S:
        before = time.perf_counter()
        engine.ask(name)
        samples.append((time.perf_counter() - before) * 1e6)
    return {"us": statistics.median(samples), "us_least": min(samples), "n": len(samples)}


def main():
    engine = globals()[sys.argv[1]](Data(pathlib.Path(sys.argv[2])))
    start = time.perf_counter()
    ready_s = engine.build()
    result = {"engine": sys.argv[1], "build_s": time.perf_counter() - start, "ready_s": ready_s}
    engine.check()
    for name in ("q1", "q2", "q3", "q4", "q5", "q6"):
        if name != "q6" or engine.can_change:
            result[name] = measured(engine, name)
    print(json.dumps(result))


main()
