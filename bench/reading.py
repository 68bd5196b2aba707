#!/usr/bin/env python3
"""Measures reading beside its peers, in one run on one machine, and writes bench/results.md.

    python3 bench/reading.py [--peers PYTHON]

Needs Rust; the peers need a Python with `eyecite` and `underthesea` (PyPI), named with --peers. Texts are the seed
documents if they lie beside the checkout (../shared/seeds), else the sample province, repeated with their paragraphs
shuffled (fixed seed). Peers read text of the same kind and size; they do other work than Dondoc, and are here as the
usual tools for a part of it: eyecite finds citations (of American law), underthesea splits sentences and words.
"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
SIZES = (2, 20, 200)
"""In megabytes: the second is the bar, the others show that the cost is linear."""
PEER_SIZE = 1
RUNS = 5

PEER = """
import json, sys, time
text = open(sys.argv[2], encoding="utf-8").read()
if sys.argv[1] == "eyecite":
    from eyecite import get_citations
    work = lambda: get_citations(text)
elif sys.argv[1] == "sentences":
    from underthesea import sent_tokenize
    work = lambda: sent_tokenize(text)
else:
    from underthesea import word_tokenize
    work = lambda: [word_tokenize(line) for line in text.split("\\n") if line.strip()]
start = time.process_time()
found = work()
print(json.dumps({"bytes": len(text.encode()), "seconds": time.process_time() - start, "findings": len(found)}))
"""


def paragraphs():
    seeds = sorted((ROOT / "../shared/seeds").glob("*.txt"))
    texts = seeds or sorted((ROOT / "testdata/province").glob("*.md"))
    lines = [line for path in texts for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return lines, "the seed documents" if seeds else "the sample province"


def corpus(lines, megabytes, path):
    order, size = random.Random(20251121), 0
    with open(path, "w", encoding="utf-8") as out:
        while size < megabytes * MEGABYTE:
            order.shuffle(lines)
            for line in lines:
                size += out.write(line + "\n") and len(line.encode()) + 1
                if size >= megabytes * MEGABYTE:
                    break
    return path


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None, done.stderr.strip().splitlines()[-1:] or ["failed"]
    return json.loads(done.stdout.splitlines()[-1]), None


def reader():
    build = ["cargo", "build", "--release", "--quiet", "-p", "dondoc-intake", "--example", "read_speed", "--message-format=json"]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    artefacts = [json.loads(line) for line in built.splitlines() if line.startswith("{")]
    return next(it["executable"] for it in artefacts if it.get("executable") and it["target"]["name"] == "read_speed")


def peer(python, name, path):
    times = []
    for _ in range(3):
        result, error = run([python, "-c", PEER, name, str(path)])
        if error:
            return None, error
        times.append(result["bytes"] / result["seconds"] / MEGABYTE)
    return statistics.median(times), None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--peers", default=sys.executable, help="a Python that has eyecite and underthesea")
    python = arguments.parse_args().peers
    lines, kind = paragraphs()
    program = reader()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = corpus(lines, size, pathlib.Path(folder) / f"{size}.txt")
            result, error = run([program, str(path), str(RUNS if size < 100 else 3)])
            if error:
                sys.exit(f"read_speed: {error}")
            rows.append((size, result))
            print(size, result, file=sys.stderr)
        small = corpus(lines, PEER_SIZE, pathlib.Path(folder) / "peer.txt")
        ours, _ = run([program, str(small), "9"])
        ours = ours["bytes"] / ours["seconds"] / MEGABYTE
        peers = [(label, *peer(python, name, small)) for name, label in (
            ("eyecite", "eyecite `get_citations`"),
            ("sentences", "underthesea `sent_tokenize`"),
            ("words", "underthesea `word_tokenize`"),
        )]
    out = [
        f"Text: {kind}, paragraphs shuffled. CPU time on one core, medians; release build; no input or output in the time.",
        "",
        "| Dondoc, all layers | MB/s | ns a byte | peak memory | findings |",
        "|---|--:|--:|--:|--:|",
    ]
    for size, result in rows:
        speed = result["bytes"] / result["seconds"]
        out.append(
            f"| {size} MB | {speed / MEGABYTE:.1f} | {1e9 / speed:.1f} | {result['peak_bytes'] / MEGABYTE:.0f} MB | {result['findings']} |"
        )
    out += ["", f"| on {PEER_SIZE} MB, same run | MB/s | Dondoc is faster by |", "|---|--:|--:|", f"| Dondoc, all layers | {ours:.1f} | |"]
    for label, speed, error in peers:
        out.append(f"| {label} | {speed:.3f} | {ours / speed:.0f}× |" if speed else f"| {label} | not run: {error[0]} | |")
    table = "\n".join(out) + "\n"
    (ROOT / "bench/results.md").write_text(table, encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
