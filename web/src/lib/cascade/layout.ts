/** Where the boxes and lines of a cascade stand: documents above and below one another, level by level. */
import type { Cascade, CascadeEdge, CascadeNode } from '$lib/api/types';

/** All in pixels of the picture. */
export const BOX = { width: 212, height: 98 };
const GUTTER = 36;
const ROW_GAP = 70;
const LEVEL_GAP = 34;
/** Room at the left for the names of the levels, on a picture of so many columns. */
const LABEL_WIDTH = 104;
const LABEL_COLUMNS = 3;
const MARGIN = 12;
const LANE = 6;

export interface Box {
  node: CascadeNode;
  x: number;
  y: number;
}

export interface Line {
  edge: CascadeEdge;
  /** An SVG path from the upper to the lower box. */
  path: string;
  /** The citing document is the lower one: the arrow points up. */
  pointsUp: boolean;
  label: { x: number; y: number };
}

/** Where the name of a level stands: beside its first row, or above it where the picture is narrow. */
export interface Level {
  level: number;
  isBeside: boolean;
  y: number;
}

export interface Picture {
  width: number;
  height: number;
  boxes: Box[];
  lines: Line[];
  levels: Level[];
}

interface Spot {
  node: CascadeNode;
  row: number;
  column: number;
}

/** How many boxes stand side by side in so many pixels. */
export function columnsIn(width: number): number {
  const fit = (room: number) => Math.floor((room - 2 * MARGIN) / (BOX.width + GUTTER));
  const beside = fit(width - LABEL_WIDTH);
  return Math.max(1, Math.min(6, beside >= LABEL_COLUMNS ? beside : Math.min(fit(width), LABEL_COLUMNS - 1)));
}

function neighbours(edges: readonly CascadeEdge[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const link = (a: string, b: string) => found.set(a, [...(found.get(a) ?? []), b]);
  for (const { from, to } of edges) {
    link(from, to);
    link(to, from);
  }
  return found;
}

/** Documents near those they hang on: ordered by the middle of their neighbours that are already placed. */
function orderLevel(nodes: CascadeNode[], places: ReadonlyMap<string, number>, near: ReadonlyMap<string, string[]>) {
  const middle = (node: CascadeNode) => {
    const at = (near.get(node.key) ?? []).flatMap((key) => places.get(key) ?? []);
    return at.length === 0 ? 0.5 : at.reduce((a, b) => a + b, 0) / at.length;
  };
  const day = (node: CascadeNode) => node.issued_on ?? '9999';
  return nodes.toSorted(
    (a, b) => middle(a) - middle(b) || day(a).localeCompare(day(b)) || a.key.localeCompare(b.key),
  );
}

function placeInRows({ nodes, edges }: Cascade, columns: number): { spots: Spot[]; firstRows: Map<number, number> } {
  const levels = [...new Set(nodes.map((it) => it.level))].sort((a, b) => a - b);
  const near = neighbours(edges);
  const places = new Map<string, number>();
  const ordered = new Map<number, CascadeNode[]>();
  for (const level of levels.toSorted((a, b) => Math.abs(a) - Math.abs(b))) {
    const row = orderLevel(nodes.filter((it) => it.level === level), places, near);
    ordered.set(level, row);
    row.forEach((it, i) => places.set(it.key, (i + 0.5) / row.length));
  }
  const firstRows = new Map<number, number>();
  const spots: Spot[] = [];
  let row = 0;
  for (const level of levels) {
    firstRows.set(level, row);
    const all = ordered.get(level) ?? [];
    for (let i = 0; i < all.length; i += columns, row += 1) {
      const some = all.slice(i, i + columns);
      const left = Math.floor((columns - some.length) / 2);
      some.forEach((node, column) => spots.push({ node, row, column: left + column }));
    }
  }
  return { spots, firstRows };
}

/** Lays the cascade out on so many columns. */
export function layOut(cascade: Cascade, columns: number): Picture {
  const widest = Math.max(1, ...counts(cascade.nodes.map((it) => it.level)));
  const used = Math.min(columns, widest);
  const isBeside = columns >= LABEL_COLUMNS;
  const left = MARGIN + (isBeside ? LABEL_WIDTH : 0);
  const { spots, firstRows } = placeInRows(cascade, used);
  const nRows = Math.max(0, ...spots.map((it) => it.row + 1));
  const rowY: number[] = [];
  let y = MARGIN;
  for (let row = 0; row < nRows; row += 1) {
    if (!isBeside && [...firstRows.values()].includes(row)) y += LEVEL_GAP;
    rowY.push(y);
    y += BOX.height + ROW_GAP;
  }
  const boxes = spots.map(({ node, row, column }) => ({
    node,
    x: left + GUTTER / 2 + column * (BOX.width + GUTTER),
    y: rowY[row] ?? 0,
  }));
  const levelY = (row: number) => (rowY[row] ?? 0) + (isBeside ? BOX.height / 2 : row === 0 ? -16 : -48);
  const levels = [...firstRows].map(([level, row]) => ({ level, isBeside, y: levelY(row) }));
  const width = left + MARGIN + used * (BOX.width + GUTTER);
  return { width, height: y - ROW_GAP + MARGIN, boxes, levels, lines: drawLines(cascade.edges, boxes, rowY) };
}

function counts(values: readonly number[]): number[] {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found.values()];
}

interface Ends {
  edge: CascadeEdge;
  upper: Box;
  lower: Box;
}

/** Lines that leave a box on the same side share its width. */
function anchors(all: readonly Ends[], side: 'upper' | 'lower'): Map<CascadeEdge, { x: number; nth: number; of: number }> {
  const other = side === 'upper' ? 'lower' : 'upper';
  const found = new Map<CascadeEdge, { x: number; nth: number; of: number }>();
  for (const box of new Set(all.map((it) => it[side]))) {
    const here = all.filter((it) => it[side] === box).toSorted((a, b) => a[other].x - b[other].x);
    here.forEach(({ edge }, nth) =>
      found.set(edge, { x: box.x + (BOX.width * (nth + 1)) / (here.length + 1), nth, of: here.length }),
    );
  }
  return found;
}

function drawLines(edges: readonly CascadeEdge[], boxes: readonly Box[], rowY: readonly number[]): Line[] {
  const byKey = new Map(boxes.map((it) => [it.node.key, it]));
  const ends: Ends[] = [];
  for (const edge of edges) {
    const [from, to] = [byKey.get(edge.from), byKey.get(edge.to)];
    if (from && to && from !== to) ends.push({ edge, upper: from.y <= to.y ? from : to, lower: from.y <= to.y ? to : from });
  }
  const [tops, bottoms] = [anchors(ends, 'lower'), anchors(ends, 'upper')];
  const lanes = new Map(boxes.map((it, i) => [it, ((i % 5) - 2) * LANE]));
  return ends.map(({ edge, upper, lower }) => {
    const start = bottoms.get(edge) ?? { x: upper.x, nth: 0, of: 1 };
    const end = tops.get(edge) ?? { x: lower.x, nth: 0, of: 1 };
    const isSameRow = upper.y === lower.y;
    const isFarBelow = Math.abs(lower.node.level) >= Math.abs(upper.node.level);
    const raised = (anchor: { nth: number; of: number }) => (anchor.of > 1 ? (anchor.nth % 2) * 14 : 0);
    return {
      edge,
      path: route({ x: start.x, box: upper }, { x: end.x, box: lower }, rowY, lanes.get(upper) ?? 0),
      pointsUp: edge.from === lower.node.key,
      label: isFarBelow && !isSameRow
        ? { x: end.x, y: lower.y - 10 - raised(end) }
        : { x: start.x, y: upper.y + BOX.height + 18 + raised(start) },
    };
  });
}

interface End {
  x: number;
  box: Box;
}

/** Down, across between the rows, and down again; past rows in between through the gutter beside the lower box. */
function route(start: End, end: End, rowY: readonly number[], lane: number): string {
  const below = (y: number) => y + BOX.height + ROW_GAP / 2 + lane;
  const leave = `M${start.x} ${start.box.y + BOX.height}V${below(start.box.y)}`;
  if (start.box.y === end.box.y) return `${leave}H${end.x}V${end.box.y + BOX.height}`;
  const above = rowY[rowY.indexOf(end.box.y) - 1] ?? start.box.y;
  if (above === start.box.y) return `${leave}H${end.x}V${end.box.y}`;
  const gutter = start.x < end.box.x ? end.box.x - GUTTER / 2 : end.box.x + BOX.width + GUTTER / 2;
  return `${leave}H${gutter + lane / 2}V${below(above)}H${end.x}V${end.box.y}`;
}

/** The words in lines of at most so many letters; what does not fit ends in an ellipsis. */
export function wrap(text: string, letters: number, nLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((it) => it !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= letters || line === '') {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  if (line !== '') lines.push(line);
  const cut = lines.map((it) => (it.length > letters ? `${it.slice(0, letters - 1)}…` : it));
  if (cut.length <= nLines) return cut;
  const kept = cut.slice(0, nLines);
  const last = kept[nLines - 1] ?? '';
  const room = last.slice(0, letters - 2);
  const atWord = last.length <= letters - 2 ? room : room.slice(0, Math.max(room.lastIndexOf(' '), 1));
  return [...kept.slice(0, -1), `${atWord.trimEnd()} …`];
}
