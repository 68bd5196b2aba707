"""Edits workbooks in LibreOffice as a clerk would: types, inserts a row, moves a row, saves as .xlsx.

Reads jobs from the JSON file that is its argument: file in, files out, cells with what is typed into them, the row before
which one is inserted, and the row that is moved there. Needs the package python3-uno.
"""

import json
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97"}


def option(name, value):
    it = PropertyValue()
    it.Name = name
    it.Value = value
    return it


def edit(desktop, job):
    source = pathlib.Path(job["from"]).as_uri()
    document = desktop.loadComponentFromURL(source, "_blank", 0, (option("Hidden", True),))
    sheet = document.Sheets.getByIndex(0)
    sheet.unprotect("")
    for typed in job["typed"]:
        cell = sheet.getCellRangeByName(typed["cell"])
        if "number" in typed:
            cell.setValue(typed["number"])
        else:
            cell.setString(typed["text"])
    if job.get("insert_before"):
        before = job["insert_before"] - 1
        sheet.Rows.insertByIndex(before, 1)
        if job.get("move"):
            moved = job["move"] - 1
            moved += 1 if moved >= before else 0
            row = sheet.Rows.getByIndex(moved).RangeAddress
            target = sheet.getCellByPosition(0, before).CellAddress
            sheet.moveRange(target, row)
            sheet.Rows.removeByIndex(moved, 1)
    for name in job["to"]:
        target = pathlib.Path(name)
        document.storeToURL(target.as_uri(), (option("FilterName", FILTERS[target.suffix]),))
    document.close(True)


def connect(folder):
    """Starts an office of its own, with a profile of its own, and waits until it answers."""
    pipe = "pipe,name=dondoc" + folder.name.replace(".", "")
    subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nodefault",
            f"--accept={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:{pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    sys.exit("LibreOffice does not answer")


def main():
    plan = pathlib.Path(sys.argv[1])
    jobs = json.loads(plan.read_text(encoding="utf-8"))
    context = connect(plan.parent)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        for job in jobs:
            edit(desktop, job)
    finally:
        desktop.terminate()


main()
