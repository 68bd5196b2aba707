"""Edits workbooks in LibreOffice as a clerk would: types, inserts a row, moves a row, saves as .xlsx.

Reads jobs from the JSON file that is its argument: file in, file out, cells with what is typed into them, the row before
which one is inserted, and the row that is moved there. Needs the package python3-uno.
"""

import json
import pathlib
import sys

import officehelper
import uno
from com.sun.star.beans import PropertyValue


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
    target = pathlib.Path(job["to"]).as_uri()
    document.storeToURL(target, (option("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def main():
    jobs = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    context = officehelper.bootstrap()
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        for job in jobs:
            edit(desktop, job)
    finally:
        desktop.terminate()


main()
