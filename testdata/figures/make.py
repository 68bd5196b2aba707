"""Writes lam-giang.csv: the figures of the made-up province of Lam Giang, the same at every run.

Run in this folder: python3 make.py. What stands out, so that there is something to see: Trà Lĩnh is late in April 2026; Cồn
Nổi has no figure for roads; Khe Trắng had no cases (KPS); April 2026 of three communes is an estimate; days of work are
"about" in Suối Đá. Courses of Đông Khê are not here: they are counted from its register (lam-giang-entries.json). Roads of
Bình An in March 2026 are not here: they are taken from its report, document 25/BC-UBND.
"""

import csv

OLD = """tan-lap cho-moi ben-thuyen bac-lap xuan-lap nam-lap an-lap tt-dong-khe dong-khe-thuong binh-an binh-minh an-khe khe-trang
khe-den suoi-da suoi-mo tra-linh tra-van tt-thach-son thach-binh hoa-son hoa-binh bai-dau bai-cat phu-loc phu-son con-noi""".split()
NEW = """tan-lap bac-lap nam-lap binh-an dong-khe thach-son hoa-son khe-trang suoi-da bai-dau phu-loc tra-linh con-noi""".split()
OLD_MONTHS = ["2025-M05", "2025-M06"]
NEW_MONTHS = ["2025-M07", "2026-M01", "2026-M02", "2026-M03", "2026-M04"]

state = 20250701


def draw(n):
    """A number below n (Lehmer's generator: the same in every language)."""
    global state
    state = state * 48271 % 2147483647
    return state % n


def key(unit, is_old):
    return f"lg/cu/{unit}" if is_old and unit != "con-noi" else f"lg/{unit}"


def rows():
    for is_old, units, months in [(True, OLD, OLD_MONTHS), (False, NEW, NEW_MONTHS)]:
        for month in months:
            for unit in units:
                if unit == "tra-linh" and month == "2026-M04":
                    continue
                status = "estimate" if month == "2026-M04" and unit in ("bac-lap", "phu-loc", "bai-dau") else "final"
                yield from report(key(unit, is_old), unit, month, status)


def report(unit_key, unit, month, status):
    def row(indicator, value, option="", numerator="", denominator="", qualifier=""):
        return [unit_key, indicator, option, month, value, numerator, denominator, qualifier, status, ""]

    if unit != "dong-khe":
        for option in ("doi_tuong_4", "can_bo_xa"):
            n_courses = draw(3)
            attended = sum(28 + draw(45) for _ in range(n_courses))
            yield row("KVPT.02.01", n_courses or "KPS", option)
            yield row("KVPT.02.02", attended or "KPS", option)
    received = draw(14)
    carried = draw(4)
    cases = received + carried
    yield row("KVPT.06.01", "KPS" if unit == "khe-trang" else received)
    done = cases - draw(3) if cases > 2 else cases
    yield row("KVPT.06.02", "", numerator=done, denominator=max(cases, received))
    yield row("KVPT.06.04", 4 + draw(40))
    visits = draw(180)
    yield row("KVPT.07.01", visits or "KPS")
    yield row("KVPT.07.02", f"{visits // (6 + draw(9))},{draw(10)}" if visits else "KPS", "thuoc")
    yield row("KVPT.07.02", f"{draw(60)},{draw(10)}", "qua")
    yield row("KVPT.07.03", 60 + draw(700), qualifier="about" if unit == "suoi-da" else "")
    if unit == "con-noi":
        yield row("KVPT.07.04", "KCSL")
    elif not (unit == "binh-an" and month == "2026-M03"):
        yield row("KVPT.07.04", f"{draw(3)},{draw(100):02d}")
    disputes = draw(9)
    yield row("KVPT.11.02", "", numerator=disputes - draw(disputes + 1) // 3, denominator=disputes)


with open("lam-giang.csv", "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["unit", "indicator", "option", "period", "value", "numerator", "denominator", "qualifier", "status", "note"])
    writer.writerows(rows())
