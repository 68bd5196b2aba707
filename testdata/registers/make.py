#!/usr/bin/env python3
"""Writes lam-giang.json: entries of the registers of the made-up province of Lam Giang. Nothing here is real.

All of it is from before the middle of June 2026: the reports of later months are made by the sample of reporting.
"""

import json
import pathlib

ENTRIES = []


def note(register, unit, **fields):
    ENTRIES.append({"pack": "KVPT", "register": register, "unit": f"lg/{unit}" if unit else "lg", "fields": fields})


for unit, subject, start, end, attended, women, good in [
    ("binh-an", "doi_tuong_4", "2026-04-14", "2026-04-16", 58, 21, 44),
    ("binh-an", "hoc_sinh_sinh_vien", "2026-04-08", "2026-04-12", 240, 118, 201),
    ("khe-trang", "doi_tuong_4", "2026-05-19", "2026-05-21", 47, 19, 33),
    ("khe-trang", "nguoi_uy_tin", "2026-06-09", "2026-06-10", 26, 4, 20),
    ("hoa-son", "doi_tuong_4", "2026-01-16", "2026-01-18", 52, 17, 41),
    ("suoi-da", "can_bo_xa", "2026-02-21", "2026-02-23", 24, 9, 19),
    ("tan-lap", "doanh_nghiep", "2026-03-11", "2026-03-12", 38, 12, 30),
]:
    note("course", unit, subject=subject, host="Trung tâm chính trị xã", start=start, end=end, planned=attended + 4,
         attended=attended, women=women, graded=attended, good=good, certificates=good, integrated=False)

note("drill", "binh-an", kind="phong_thu_dan_su", level="xa", situation="bao_lu", started_on="2026-01-23", ended_on="2026-01-24",
     directed_by="Ban Chỉ huy phòng thủ dân sự xã", grade="gioi", safe=True)
note("drill", "khe-trang", kind="phong_thu_dan_su", level="xa", situation="chay_rung", started_on="2026-03-17",
     ended_on="2026-03-17", directed_by="Ban Chỉ huy phòng thủ dân sự xã", grade="kha", safe=True)
note("drill", "hoa-son", kind="khu_vuc_phong_thu", level="xa", started_on="2026-03-18", ended_on="2026-03-20",
     directed_by="Đảng ủy xã", graded_by="Ban chỉ đạo diễn tập tỉnh", grade="gioi", safe=True)

for unit, kind, day, title, points in [
    ("", "trien_khai", "2026-01-15", "Triển khai nhiệm vụ năm 2026", 14),
    ("", "giao_ban", "2026-04-08", "Giao ban quý I", 14),
    ("", "giao_ban", "2026-02-09", "Giao ban chuyên đề phòng thủ dân sự", 14),
    ("binh-an", "quan_triet", "2026-02-10", "Quán triệt nghị quyết về khu vực phòng thủ", None),
    ("dong-khe", "trien_khai", "2026-02-12", "Triển khai kế hoạch năm của xã", None),
]:
    more = {"points": points} if points else {}
    note("meeting", unit, kind=kind, held_on=day, title=title, attendance=64, **more)

for unit, day, families, parcels, value in [
    ("binh-an", "2026-01-28", 120, 120, "60.0"),
    ("dong-khe", "2026-01-29", 85, 85, "42.5"),
    ("khe-trang", "2026-02-25", 64, 70, "35.0"),
    ("suoi-da", "2026-02-26", 41, 41, "20.5"),
]:
    note("gift", unit, given_on=day, merit_families=families, parcels=parcels, value=value, lead="Ủy ban nhân dân xã",
         source="Quỹ Đền ơn đáp nghĩa")

for unit, day, people in [("khe-trang", "2026-03-21", 310), ("suoi-da", "2026-05-16", 275), ("hoa-son", "2026-04-19", 342)]:
    note("medical", unit, held_on=day, people=people, lead="Trạm y tế xã", area="bien_gioi")

for unit, kind, day, days, km in [
    ("dong-khe", "duong", "2026-04-18", 640, "1.20"),
    ("khe-trang", "kenh_muong", "2026-05-23", 380, "0.85"),
    ("suoi-da", "duong", "2026-03-29", 455, "0.60"),
]:
    note("works", unit, kind=kind, ended_on=day, work_days=days, length_km=km)

note("house", "dong-khe", scheme="Nhà tình nghĩa", built=2, repaired=1, value="190.0", started_on="2025-11-03",
     handed_over_on="2026-01-27", accepted=True, progress="dung")
note("house", "suoi-da", scheme="Nhà cho hộ nghèo", built=4, repaired=0, value="320.0", started_on="2025-12-08",
     handed_over_on="2026-03-30", accepted=True, progress="vuot")

for unit, kind, day, received, to_settle, settled in [
    ("binh-an", "thuong_xuyen", "2026-03-31", 14, 18, 15),
    ("dong-khe", "thuong_xuyen", "2026-03-31", 9, 9, 9),
]:
    note("policy", unit, kind=kind, counted_on=day, received=received, to_settle=to_settle, settled=settled, amount="12.5")

note("appraisal", "", title="Quy hoạch chung thị trấn du lịch Thạch Sơn", kind="quy_hoach", owner="Sở Xây dựng",
     received_on="2026-05-04", due_on="2026-05-25", answered_on="2026-05-20", opinion="dong_y")
note("appraisal", "", title="Dự án khu du lịch sinh thái hồ Trà Lĩnh", kind="du_an", owner="Ban quản lý dự án tỉnh",
     received_on="2026-04-14", due_on="2026-05-05", answered_on="2026-05-02", opinion="dieu_chinh")

note("twinning", "khe-trang", side_a="lg/khe-trang", side_b="Cụm bản kết nghĩa bên kia biên giới", signed_on="2024-11-12", activities=3)
note("inspection", "", lead="lg", started_on="2026-06-01", ended_on="2026-06-05", n_units=4,
     heading="Kiểm tra thực hiện nghị quyết về khu vực phòng thủ", recommendations=7, carried_out=5)
note("finding", "binh-an", text="Văn bản triển khai của xã ban hành chậm so với kế hoạch của tỉnh", cause="chu_quan",
     found_on="2026-06-05", remedy="Phân công đầu mối theo dõi hạn ban hành")
note("model", "dong-khe", title="Tổ tự quản an toàn mùa mưa lũ", launched_on="2026-05-06", replicated_to=3)
note("emulation", "", title="Chung sức xây dựng khu vực phòng thủ vững chắc", launched_on="2026-02-03")
note("award", "dong-khe", form="bang_khen", authority="tinh", decision_no="118/QĐ-UBND", decided_on="2026-02-15",
     occasion="Tổng kết năm 2025", collectives=2, individuals=3)
note("award", "", form="giay_khen", authority="tinh", decision_no="204/QĐ-UBND", decided_on="2026-04-02", collectives=5,
     individuals=11)

for unit, article, quantity in [("dong-khe", "ao_phao", 120), ("khe-trang", "ao_phao", 80), ("suoi-da", "nha_bat", 6)]:
    note("resource", unit, article=article, quantity=quantity, usable=True, checked_on="2026-01-30")

FLOOD = "Mưa lũ trung tuần tháng 5"
note("incident", "", type="bao_lu", title=FLOOD, civil_level="cap_2", started_on="2026-05-12", started_at=14,
     ended_on="2026-05-14", places=["lg/dong-khe", "lg/khe-trang", "lg/suoi-da"], vulnerable=46)
note("incident", "hoa-son", type="chay_rung", title="Cháy rừng thôn Đồi Thông", civil_level="cap_1", started_on="2026-04-20",
     started_at=11, ended_on="2026-04-20")
note("damage", "dong-khe", incident=FLOOD, day="2026-05-13", hour=9, status="nhanh", injured=1, houses_70=2, houses_30=9,
     crops_ha="14.50", roads_km="0.80", value="1850.0")
note("damage", "dong-khe", incident=FLOOD, day="2026-05-14", hour=8, status="bo_sung", injured=2, houses_70=3, houses_30=14,
     crops_ha="22.00", roads_km="1.25", value="2640.5")
note("damage", "khe-trang", incident=FLOOD, day="2026-05-13", hour=11, status="nhanh", houses_30=4, crops_ha="6.20", value="410.0")
note("damage", "khe-trang", incident=FLOOD, day="2026-05-14", hour=10, status="bo_sung", houses_30=5, crops_ha="7.00", value="455.0")
note("damage", "khe-trang", incident=FLOOD, day="2026-05-16", hour=15, status="tong_hop", houses_30=5, crops_ha="7.40",
     value="468.0")
note("damage", "hoa-son", incident="Cháy rừng thôn Đồi Thông", day="2026-04-20", hour=19, status="nhanh", value="95.0")
note("damage", "hoa-son", incident="Cháy rừng thôn Đồi Thông", day="2026-04-22", hour=9, status="tong_hop", value="120.0")
note("relief", "dong-khe", incident=FLOOD, day="2026-05-13", measure="di_doi", people_turns=85, houses=12, households=12,
     persons=46)
note("relief", "khe-trang", incident=FLOOD, day="2026-05-13", measure="di_doi", people_turns=40, houses=5, households=5, persons=21)

out = pathlib.Path(__file__).with_name("lam-giang.json")
lines = ",\n".join("  " + json.dumps(it, ensure_ascii=False) for it in ENTRIES)
out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
