#!/usr/bin/env python3
"""Measures totals beside their peers, in one run on one machine and the same figures, and writes bench/totals.md.

    python3 bench/totals.py [--peers PYTHON] [--folder FOLDER] [--only tenth]

Needs Rust; the peers need a Python with duckdb, datafusion, pyarrow, numpy and psycopg (PyPI), named with --peers, and the PostgreSQL
server programs in the path or under /usr/lib/postgresql. Made-up figures of 34 provinces, 3,321 communes, 300 indicators and
120 months (about 72 million), and of a tenth of the communes, with a fixed seed; they are removed after.
"""
import argparse
import glob
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = {
    "full": ["Duck", "DuckReady", "DataFusion", "DataFusionReady"],
    "tenth": ["Duck", "DuckReady", "DataFusion", "DataFusionReady", "Sqlite", "SqliteReady", "Postgres", "PostgresReady"],
}
NAMES = {
    "Duck": "DuckDB",
    "DuckReady": "DuckDB, ready aggregates",
    "DataFusion": "DataFusion, Parquet",
    "DataFusionReady": "DataFusion, ready aggregates",
    "Sqlite": "SQLite",
    "SqliteReady": "SQLite, ready aggregates",
    "Postgres": "PostgreSQL",
    "PostgresReady": "PostgreSQL, ready aggregates",
}
QUESTIONS = {
    "q1": "34 provinces × 12 months × 60 indicators",
    "q2": "one province's communes × 1 indicator × 120 months",
    "q3": "the country, 300 indicators, a month and that month last year",
    "q4": "completeness by province",
    "q5": "drill-down: provinces, communes of one, months of one commune",
    "q6": "one figure changed, then Q3",
}
BAR = {"q1": 100, "q2": 25, "q3": 100, "q4": 100, "q5": 100}


def lines(command):
    """What a command says, line by line of JSON."""
    print(" ".join(map(str, command)), file=sys.stderr)
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{command[0]} failed:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def harness():
    command = ["cargo", "build", "--release", "-p", "dondoc-rollup", "--example", "national", "--message-format=json"]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    made = [json.loads(line) for line in out.splitlines() if '"compiler-artifact"' in line]
    return next(it["executable"] for it in reversed(made) if it["target"]["name"] == "national")


class Server:
    """A PostgreSQL of its own, gone afterwards."""

    def __init__(self, folder):
        self.folder = folder / "postgres"
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [os.path.dirname(shutil.which("initdb") or "")]
        self.programs = found[-1]
        self.folder.mkdir()
        self.user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.user = ["runuser", "-u", "postgres", "--"]
            folder.chmod(0o711)

    def run(self, program, *words):
        subprocess.run([*self.user, f"{self.programs}/{program}", *words], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def __enter__(self):
        self.run("initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust")
        settings = "-c shared_buffers=2GB -c work_mem=256MB -c maintenance_work_mem=512MB -c max_wal_size=4GB -c listen_addresses=''"
        self.run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", f"{settings} -k {self.folder}", "start")
        return str(self.folder)

    def __exit__(self, *_):
        self.run("pg_ctl", "-w", "-m", "immediate", "-D", f"{self.folder}/data", "stop")


def own(program, mode, folder, scale):
    """What Dondoc takes, by what was measured."""
    return {line.pop("name"): line for line in lines([program, mode, folder, scale])}


def middle(runs):
    """Of several runs the median of each number."""
    return {name: {key: statistics.median(it[name][key] for it in runs) for key in runs[0][name]} for name in runs[0]}


def measure(program, python, folder, scale):
    result = {"peers": []}
    result |= own(program, "generate", folder, scale)
    runs = [own(program, "measure", folder, scale)]
    result |= own(program, "start", folder, scale)
    peers = pathlib.Path(__file__).parent / "totals/peers.py"
    for engine in PEERS[scale] if python else []:
        words = [python, str(peers), engine, str(folder / scale)]
        if engine.startswith("Postgres"):
            with Server(folder) as socket:
                result["peers"] += lines([*words, socket])
            shutil.rmtree(folder / "postgres")
        else:
            result["peers"] += lines(words)
        # Again after each peer: a shared machine is twice as fast in one minute as in the next.
        runs.append(own(program, "measure", folder, scale))
    shutil.rmtree(folder / scale)
    return result | middle(runs)


def time(us):
    """Three digits and a unit."""
    if us is None:
        return "–"
    for unit, factor in (("s", 1e6), ("ms", 1e3), ("µs", 1)):
        if us >= factor:
            return f"{us / factor:.3g} {unit}"
    return f"{us * 1000:.3g} ns"


def questions(result):
    rows = ["| | Dondoc | by chance | " + " | ".join(NAMES[it["engine"]] for it in result["peers"]) + " | fastest peer | its best |"]
    rows.append("|---|" + "--:|" * (len(result["peers"]) + 4))
    for name, what in QUESTIONS.items():
        own = result["q6 in memory" if name == "q6" else name]
        peers = [it.get(name, {}) for it in result["peers"]]
        asked = [it["us"] for it in peers if it]
        ratio = f"**{min(asked) / own['us']:,.0f}×**" if asked else "–"
        best = f"{min(it['us_least'] for it in peers if it) / own['us']:,.0f}×" if asked else "–"
        cells = [time(own["us"]), time(own.get("us_by_chance")), *(time(it.get("us")) for it in peers), ratio, best]
        rows.append(f"| {name.upper()} {what} | " + " | ".join(cells) + " |")
    rows.append("| to build | | | " + " | ".join(time(it["build_s"] * 1e6) for it in result["peers"]) + " | | |")
    rows.append("| of that, aggregates | | | " + " | ".join(time(it["ready_s"] * 1e6) if it["engine"].endswith("Ready") else "" for it in result["peers"]) + " | | |")
    return rows


def page(results, load):
    n = {scale: it["load"]["n_figures"] / 1e6 for scale, it in results.items()}
    text = [
        "# Totals beside their peers",
        "",
        "Written by `python3 bench/totals.py`; docs/totals.md says what is measured. In process and warm, medians; the same figures, and the same answers to",
        "the last digit (checked before anything is timed). *By chance*: other indicators, months and places at every call. *Fastest peer*: how many times its median",
        "is Dondoc's; *its best*: the same with the shortest time that any peer ever took. Dondoc is measured before the first peer and after each, and its median",
        "taken of these runs.",
        f"{os.cpu_count()} cores; load of the machine (1 minute) before and after the run: {load[0]:.1f} and {load[1]:.1f}.",
    ]
    for scale, result in results.items():
        text += ["", f"## {n[scale]:.1f} million figures", "", *questions(result)]
    text += ["", "## Cost", "", "| | " + " | ".join(f"{it:.1f} million" for it in n.values()) + " |", "|---|" + "--:|" * len(n)]
    costs = {
        "putting all figures in, one by one": lambda it: f"{time(it['load']['s'] * 1e6)}, {it['load']['n_figures'] / it['load']['s'] / 1e6:.1f} million/s",
        "the same, time on the processor": lambda it: time(it["load"]["cpu_s"] * 1e6),
        "resident memory, loaded": lambda it: f"{it['load']['rss_kb'] / 1024:,.0f} MiB",
        "snapshot, written and synced": lambda it: f"{time(it['snapshot written']['s'] * 1e6)}, {it['snapshot written']['bytes'] / 2**20:,.0f} MiB",
        "start from the snapshot to the first answer": lambda it: time(it["start"]["s"] * 1e6),
        "the same, time on the processor ": lambda it: time(it["start"]["cpu_s"] * 1e6),
        "resident memory after it, and at most": lambda it: f"{it['start']['rss_kb'] / 1024:,.0f} and {it['start']['peak_kb'] / 1024:,.0f} MiB",
        "one figure changed": lambda it: time(it["one change"]["us"]),
        "a form of 300 figures changed": lambda it: time(it["a form of 300"]["us"]),
        "a copy that stays as it is": lambda it: time(it["a copy"]["us"]),
        "Q6 with a log record synced, and the bare record": lambda it: f"{time(it['q6 durable']['us'])} and {time(it['q6 durable']['bare_us'])}",
    }
    for what, cell in costs.items():
        text.append(f"| {what} | " + " | ".join(cell(it) for it in results.values()) + " |")
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="a Python with the peers")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()))
    parser.add_argument("--only", choices=PEERS, help="one size of data, to standard output")
    args = parser.parse_args()
    program = harness()
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="dondoc-totals-", dir=args.folder) as folder:
        folder = pathlib.Path(folder)
        results = {scale: measure(program, args.peers, folder, scale) for scale in PEERS if args.only in (None, scale)}
    load.append(os.getloadavg()[0])
    text = page(results, load)
    print(text)
    if not args.only:
        (ROOT / "bench/totals.md").write_text(text, encoding="utf-8")
    missed = [f"{scale} {name}" for scale, it in results.items() for name, bar in BAR.items() if misses(it, name, bar)]
    if missed:
        print(f"below the bar: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def misses(result, name, bar):
    peers = [it[name]["us"] for it in result["peers"] if name in it]
    return bool(peers) and min(peers) < bar * result[name]["us"]


sys.exit(main())
