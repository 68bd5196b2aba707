"""Writes lam-giang.geojson: made-up outlines of the made-up province of Lam Giang, the same at every run.

Run in this folder: python3 make.py. The province lies where no land is, at 0° north 0° east, so that nobody takes it for a
real one. Neighbours share their lines point by point; Cồn Nổi is an island.
"""

import json

# Rows from north to south, columns from west to east.
UNITS = [
    [("lg/khe-trang", "Khe Trắng"), ("lg/suoi-da", "Suối Đá"), ("lg/tra-linh", "Trà Lĩnh"), ("lg/dong-khe", "Đông Khê")],
    [("lg/hoa-son", "Hòa Sơn"), ("lg/binh-an", "Bình An"), ("lg/bac-lap", "Bắc Lập"), ("lg/tan-lap", "Tân Lập")],
    [("lg/thach-son", "Thạch Sơn"), ("lg/phu-loc", "Phú Lộc"), ("lg/nam-lap", "Nam Lập"), ("lg/bai-dau", "Bãi Dâu")],
]
ISLAND = ("lg/con-noi", "Cồn Nổi")
STEP = 0.12
WANDER = 0.030

state = 20250701


def draw(width):
    """A number between -width and width (Lehmer's generator: the same in every language)."""
    global state
    state = state * 48271 % 2147483647
    return (state / 2147483647 * 2 - 1) * width


def split(a, b, depth, width):
    """A line from a to b that wanders; without b."""
    if depth == 0:
        return [a]
    middle = ((a[0] + b[0]) / 2 + draw(width), (a[1] + b[1]) / 2 + draw(width))
    return split(a, middle, depth - 1, width / 2) + split(middle, b, depth - 1, width / 2)


def main():
    rows, columns = len(UNITS), len(UNITS[0])
    node = {
        (r, c): (c * STEP + draw(WANDER), -r * STEP + draw(WANDER))
        for r in range(rows + 1)
        for c in range(columns + 1)
    }
    lines = {}

    def line(a, b):
        if (a, b) not in lines:
            there = split(node[a], node[b], 4, WANDER / 2)
            lines[a, b] = there
            lines[b, a] = ([node[b]] + there[:0:-1])
        return lines[a, b]

    def ring(corners):
        points = [p for a, b in zip(corners, corners[1:] + corners[:1]) for p in line(a, b)]
        return [[round(x, 4), round(y, 4)] for x, y in points + points[:1]]

    features = []

    def add(key, name, rings):
        shape = {"type": "Polygon", "coordinates": rings}
        features.append({"type": "Feature", "properties": {"key": key, "name": name}, "geometry": shape})

    for r, row in enumerate(UNITS):
        for c, (key, name) in enumerate(row):
            add(key, name, [ring([(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)])])
    east = columns * STEP + 0.08
    island = [(east + x, -0.2 + y) for x, y in [(0, 0.02), (0.03, 0.03), (0.05, 0), (0.03, -0.03), (0.005, -0.02)]]
    around = [p for a, b in zip(island, island[1:] + island[:1]) for p in split(a, b, 2, 0.006)]
    rounded = [[round(x, 4), round(y, 4)] for x, y in around + around[:1]]
    add(*ISLAND, [rounded])
    edge = [(0, c) for c in range(columns)] + [(r, columns) for r in range(rows)]
    edge += [(rows, c) for c in range(columns, 0, -1)] + [(r, 0) for r in range(rows, 0, -1)]
    outer = {"type": "MultiPolygon", "coordinates": [[ring(edge)], [rounded]]}
    features.append({"type": "Feature", "properties": {"key": "lg", "name": "Lam Giang"}, "geometry": outer})
    with open("lam-giang.geojson", "w", encoding="utf-8", newline="\n") as out:
        out.write('{"type":"FeatureCollection","features":[\n')
        out.write(",\n".join(json.dumps(it, ensure_ascii=False, separators=(",", ":")) for it in features))
        out.write("\n]}\n")


main()
