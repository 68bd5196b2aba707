"""Holds the server to the description of its API, as each role, with Schemathesis.

    python contract.py BINARY [ROLE ...]

Starts the program with a fresh sample province for each role, on a port of its own on this machine; asks for what the
description allows and for what it does not; and ends the program. The systematic cases of an operation (every value that is just
right or just wrong) are asked once, by one of the roles that may; drawn cases by each role that may; and where a role may not, it
asks to be refused. Any answer that the description does not tell of, any 5xx, and
any route that answers without its sign-in fails the run.

`CONTRACT_EXAMPLES` is how many cases are drawn for an operation beside the systematic ones (3 if nothing is said), and
`CONTRACT_SEED` where the drawing starts (1).
"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
POLICY = ROOT / "crates" / "dondoc-core" / "policy" / "access.toml"
RESULTS = HERE.parent / "results" / "contract"

EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "3")
SEED = os.environ.get("CONTRACT_SEED", "1")
# Roles that are tried at the same time, each with a program of its own.
AT_A_TIME = 2

ROLES = ["clerk", "approver", "officer", "leader", "administrator", "auditor"]

# Who of the sample's people holds which role.
PEOPLE = {
    "clerk": "can-bo-xa",
    "officer": "chuyen-vien-tinh",
    "leader": "lanh-dao-tinh",
    "administrator": "quan-tri",
}

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
]

# What would end the run before it is over; each is tried by the tests that are named.
LEFT_OUT = {
    "GET /api/live": "its answer has no end; tests/http/exploring.rs listens to it",
    "DELETE /api/session": "signs out; tests/http/accounting.rs",
    "POST /api/session/lock": "ends the session; tests/http/accounting.rs",
}

# What takes its own rights from the one who asks, so it comes last.
LAST = [
    "POST /api/accounts/{id}/suspend",
    "POST /api/accounts/{id}/grants/end",
    "PUT /api/accounts/{id}",
    "POST /api/account/keys/{id}/end",
    "POST /api/account/sessions/end",
]


# A part of a form is bytes, whatever is in it: what is drawn to be of the wrong type is as good as any other file.
FORMS = ["POST /api/files", "POST /api/tasks/{id}/evidence"]

RUNNING = []


class Failed(Exception):
    """Nothing can be said of the server."""


class Demo:
    """The program with a sample province in a folder that goes when it ends."""

    def __init__(self, binary, role):
        self.folder = tempfile.mkdtemp(prefix="dondoc-contract-")
        self.binary = binary
        self.log = open(RESULTS / f"{role}.log", "w")
        command = [binary, "demo", "--no-open", "--port", "0", "--data", self.folder]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        RUNNING.append(self.process)
        ready, _, _ = select.select([self.process.stdout], [], [], 180)
        line = self.process.stdout.readline().strip() if ready else ""
        if not line:
            self.end()
            raise Failed(f"the program did not start; see results/contract/{role}.log")
        self.address = line.rstrip("/")

    def command(self, *arguments):
        """What a command of the program prints, on the same store."""
        done = subprocess.run([self.binary, *arguments, "--data", self.folder], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"{' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def ask(self, method, path, body=None, **headers):
        """A request; gives the status, the JSON that came, and the session's cookie."""
        client = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=60)
        if body is not None:
            headers["Content-Type"] = "application/json"
        client.request(method, path, body and json.dumps(body), headers)
        answer = client.getresponse()
        text = answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(text) if is_json else None, cookie

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def person_of(demo, role):
    """Signs in as one who holds the role; gives a key for programs, the session's cookie, and the unit."""
    name = PEOPLE.get(role)
    if name:
        _, _, cookie = demo.ask("POST", "/api/session", {"name": name})
    else:
        # Nobody of the sample is one; so one is added, who chooses a password with the code that is printed.
        _, _, cookie = demo.ask("POST", "/api/session", {"name": PEOPLE["officer"]})
        province = unit_of(demo, cookie)
        name = f"contract-{role}"
        new = ["accounts", "add", name, "--display", role, "--role", role, "--unit", str(province)]
        code = demo.command(*new).split()[-1]
        joining = {"code": code, "password": "sông Lam chảy về biển"}
        _, _, cookie = demo.ask("POST", "/api/session/password", joining)
    key = demo.command("accounts", "key", name, "--label", "contract").split()[-1]
    return key, cookie, unit_of(demo, cookie)


def unit_of(demo, cookie):
    _, session, _ = demo.ask("GET", "/api/session", Cookie=cookie)
    return session["account"]["roles"][0]["unit"]


def things(demo, key, unit):
    """Numbers and codes that are there, so that not every question is about nothing."""
    bearer = {"Authorization": f"Bearer {key}"}

    def first(path, *names):
        status, answer, _ = demo.ask("GET", path, **bearer)
        items = answer.get("items") or answer.get("units") or [] if status == 200 else []
        return [items[0][it] for it in names] if items else [None] * len(names)

    form, owed_unit, period = first("/api/owed?state=all", "form", "unit", "period")
    return {
        "unit": owed_unit or unit,
        "under": unit,
        "period": period,
        "form": form,
        "code": "course",
        "pack": "KVPT",
        "indicator": "KVPT.02.01",
        "reports": first("/api/reports", "id")[0],
        "tasks": first("/api/tasks?parts=true", "id")[0],
        "documents": first("/api/documents", "id")[0],
        "entries": first("/api/registers/course/entries", "id")[0],
        "units": unit,
    }


def with_examples(description, known):
    """The description with examples of what is there; nothing of what it promises is changed."""
    for path, item in description["paths"].items():
        noun = path.split("/")[2]
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                name = noun if parameter["name"] == "id" else parameter["name"]
                if known.get(name) is not None:
                    parameter["example"] = str(known[name]) if is_text(parameter["schema"]) else known[name]
    for schema in description["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            if known.get(name) is not None and "$ref" not in field and not {"array", "object"} & kinds(field):
                field["examples"] = [str(known[name]) if is_text(field) else known[name]]
    return description


def kinds(schema):
    kind = schema.get("type", [])
    return set(kind if isinstance(kind, list) else [kind])


def is_text(schema):
    return "string" in kinds(schema)


def operations(description):
    return [f"{method.upper()} {path}" for path, item in description["paths"].items() for method in item]


def run(name, description, demo, way_in, chosen, phases="examples,coverage,fuzzing", examples=EXAMPLES, checks=CHECKS):
    """Runs Schemathesis over the chosen operations; gives its report, or exits if it could not run."""
    folder = RESULTS / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "openapi.json").write_text(json.dumps(description))
    (folder / "schemathesis.toml").write_text(way_in)
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", "openapi.json", "--url", demo.address,
        "--checks", ",".join(checks), "--phases", phases,
        "--max-examples", str(examples), "--seed", SEED, "--no-shrink", "--continue-on-failure",
        "--generation-database", "none", "--suppress-health-check", "all", "--request-timeout", "30",
        "--no-color", "--report", "json", "--report-json-path", "report.json",
    ]
    for it in chosen:
        command += ["--include-name", it]
    with open(folder / "said.txt", "w") as said:
        subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, timeout=1800, cwd=folder)
    if demo.process.poll() is not None:
        raise Failed(f"{name}: the program ended by itself; see its log in results/contract")
    if not (folder / "report.json").exists():
        raise Failed(f"{name}: Schemathesis did not run; see results/contract/{name}/said.txt")
    return json.loads((folder / "report.json").read_text())


def failures(report):
    """Each finding once: its kind, and the operations that it was found at."""
    found = [(it["title"], it["operations"]) for it in report["failures"]]
    found += [(it.get("title") or "could not be tried", [str(it)]) for it in report["errors"]]
    return found


def control(demo, description, way_in):
    """The checks must be able to fail: held to a description that is wrong in four ways, the server must not pass."""
    wrong = {key: value for key, value in description.items() if key != "paths"}
    health = json.loads(json.dumps(description["paths"]["/api/health"]))
    units = json.loads(json.dumps(description["paths"]["/api/units"]))
    # Open to all, and said to take a key; a field that never comes; a status that is not told of; another kind of content.
    health["get"]["security"] = [{"key": []}]
    nothing = {"type": "object", "required": ["nobody_sends_this"]}
    health["get"]["responses"]["200"]["content"] = {"application/json": {"schema": nothing}}
    del units["get"]["responses"]["400"]
    units["get"]["responses"]["200"]["content"] = {"text/plain": {}}
    wrong["paths"] = {"/api/health": health, "/api/units": units}
    titles = {title for title, _ in failures(run("control", wrong, demo, way_in, []))}
    if len(titles) < 4:
        raise Failed(f"the checks do not find what is wrong: only {sorted(titles)}")
    return len(titles)


def of_role(binary, role, description, systematic):
    """All operations as one role, the systematic cases of those that are named; gives what came of it, in figures and findings."""
    demo = Demo(binary, role)
    try:
        key, cookie, unit = person_of(demo, role)
        told = with_examples(json.loads(json.dumps(description)), things(demo, key, unit))
        by_key, by_session = way_in("key", "bearer", key), way_in("session", "api_key", cookie.split("=", 1)[1])
        n_wrong = control(demo, description, by_key) if role == ROLES[0] else None
        may = allowed(role)
        rest = [it for it in operations(description) if it not in LEFT_OUT]
        reports = []

        def part(name, way_in, chosen, phases, examples=EXAMPLES):
            of_forms = [it for it in chosen if it in FORMS]
            others = [it for it in chosen if it not in FORMS]
            if of_forms:
                checks = [it for it in CHECKS if it != "negative_data_rejection"]
                reports.append(run(f"{role}{name}-forms", told, demo, way_in, of_forms, phases, examples, checks))
            if others:
                reports.append(run(role + name, told, demo, way_in, others, phases, examples))

        for last in (False, True):
            now = [it for it in rest if (it in LAST) == last]
            # One's own account is not changed with a key; so what is of it is asked for in a session.
            own = [it for it in now if is_own(it)]
            by_role = [it for it in now if it in may and it not in own]
            name = "-last" if last else ""
            whole, drawn = "examples,coverage,fuzzing", "examples,fuzzing"
            part(name, by_key, [it for it in by_role if it in systematic], whole)
            part(f"{name}-drawn", by_key, [it for it in by_role if it not in systematic], drawn)
            part(f"{name}-gate", by_key, [it for it in now if it not in by_role and it not in own], "fuzzing", 1)
            part(f"{name}-own", by_session, own, whole if role == ROLES[0] else drawn)
    finally:
        demo.end()
    rates = [kinds for it in reports for kinds in it["valid_rates"].values()]
    return {
        "operations": sum(it["operations"]["tested"] for it in reports),
        "calls": sum(it["test_cases"]["generated"] for it in reports),
        "taken": sum(any(kind["accepted"] for kind in kinds.values()) for kinds in rates),
        "wrong": n_wrong,
        "found": [it for report in reports for it in failures(report)],
    }


def way_in(scheme, kind, secret):
    return f'[auth.openapi.{scheme}]\n{kind} = "{secret}"\n'


def is_own(operation):
    return operation.split()[1].startswith(("/api/account/", "/api/session"))


def policy():
    return tomllib.loads(POLICY.read_text())["operation"]


def allowed(role):
    """The operations that the policy opens to a role somewhere."""
    open_to = {role, "everyone"}
    rows = [it for it in policy() if it.get("public") or open_to & {*it.get("own", []), *it.get("below", []), *it.get("anywhere", [])}]
    return {route for it in rows for route in it["routes"]}


def shared_out(roles, description):
    """Whose systematic cases of an operation are: of the roles that may, each gets about as many."""
    shares = {role: set() for role in roles}
    may = {role: allowed(role) for role in roles}
    for operation in operations(description):
        willing = [role for role in roles if operation in may[role]]
        if willing:
            shares[min(willing, key=lambda role: len(shares[role]))].add(operation)
    return shares


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    roles = sys.argv[2:] or ROLES
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    description = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text())
    for it, why in LEFT_OUT.items():
        print(f"left out: {it}: {why}")
    began = time.monotonic()
    shares = shared_out(roles, description)
    n_calls, n_cells, n_failures = 0, 0, 0
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        done = pool.map(lambda role: of_role(binary, role, description, shares[role]), roles)
        for role, it in zip(roles, done):
            if it["wrong"]:
                print(f"control: {it['wrong']} kinds of fault found in a description with four")
            print(f"{role}: {it['operations']} operations, {it['taken']} of them done at least once, {it['calls']} calls")
            for title, where in it["found"]:
                print(f"  {title}: {', '.join(where)}")
            n_cells, n_calls = n_cells + it["operations"], n_calls + it["calls"]
            n_failures += sum(len(where) for _, where in it["found"])
            sys.stdout.flush()
    took = round(time.monotonic() - began)
    print(f"contract: {n_cells} operations × roles, {n_calls} calls, seed {SEED}, {took} s, {n_failures} faults")
    sys.exit(1 if n_failures else 0)


def stop(*_):
    for process in RUNNING:
        process.kill()
    os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        main()
    except Failed as failed:
        sys.exit(str(failed))
