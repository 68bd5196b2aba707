import { expect, test } from 'vitest';

import type { Cascade, CascadeNode } from '$lib/api/types';
import { BOX, columnsIn, layOut, wrap, type Box } from './layout';

function node(key: string, level: number): CascadeNode {
  return { key, document_id: null, kind: 'KH', number: key, title: null, issued_on: null, issuer: null, level };
}

function cascade(levels: Record<string, number>, edges: [string, string][]): Cascade {
  return {
    root: 1,
    nodes: Object.entries(levels).map(([key, level]) => node(key, level)),
    edges: edges.map(([from, to]) => ({ from, to, relation: 'carries_out', n_mentions: 1 })),
  };
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < BOX.width && Math.abs(a.y - b.y) < BOX.height;
}

/** One root, `n` documents that follow from it. */
function fan(n: number): Cascade {
  const below = Array.from({ length: n }, (_, i) => `n${i}`);
  return cascade(Object.fromEntries([['root', 0], ...below.map((it) => [it, 1])]), below.map((it) => [it, 'root']));
}

test('a document alone is a picture of one box', () => {
  const picture = layOut(cascade({ root: 0 }, []), 5);
  expect(picture.boxes).toHaveLength(1);
  expect(picture.lines).toEqual([]);
  expect(picture.width).toBeGreaterThan(BOX.width);
});

test('what a document follows from stands above it, what follows from it below', () => {
  const { boxes } = layOut(cascade({ down: 1, root: 0, up: -1 }, [['root', 'up'], ['down', 'root']]), 5);
  const y = Object.fromEntries(boxes.map((it) => [it.node.key, it.y]));
  expect(y['up']).toBeLessThan(y['root'] ?? 0);
  expect(y['root']).toBeLessThan(y['down'] ?? 0);
});

test('sixty documents fit any width and no two boxes overlap', () => {
  for (const columns of [1, 2, 5, 6]) {
    const { boxes, width, height } = layOut(fan(59), columns);
    expect(boxes).toHaveLength(60);
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
    for (const box of boxes) {
      expect(box.x + BOX.width).toBeLessThanOrEqual(width);
      expect(box.y + BOX.height).toBeLessThanOrEqual(height);
    }
  }
});

test('no line runs through a box', () => {
  const { boxes, lines } = layOut(fan(20), 4);
  for (const { path } of lines) {
    const steps = [...path.matchAll(/([MHV])([\d.]+)(?: ([\d.]+))?/g)];
    let [x, y] = [0, 0];
    for (const [, command, first, second] of steps) {
      const [fromX, fromY] = [x, y];
      if (command === 'M') [x, y] = [Number(first), Number(second)];
      else if (command === 'H') x = Number(first);
      else y = Number(first);
      if (command === 'M') continue;
      for (const box of boxes) {
        const isBeside = Math.max(fromX, x) <= box.x || Math.min(fromX, x) >= box.x + BOX.width;
        const isPast = Math.max(fromY, y) <= box.y || Math.min(fromY, y) >= box.y + BOX.height;
        expect(isBeside || isPast, path).toBe(true);
      }
    }
  }
});

test('the arrow points from the citing to the cited document', () => {
  const { lines } = layOut(cascade({ root: 0, up: -1, down: 1 }, [['root', 'up'], ['down', 'root'], ['up', 'down']]), 5);
  expect(lines.map((it) => it.pointsUp)).toEqual([true, true, false]);
});

test('an edge to a document that is not there is left out', () => {
  expect(layOut(cascade({ root: 0 }, [['root', 'gone']]), 5).lines).toEqual([]);
});

test('a phone has room for one column, a desk for four', () => {
  expect(columnsIn(390)).toBe(1);
  expect(columnsIn(1206)).toBe(4);
  expect(columnsIn(9000)).toBe(6);
});

test('a title is wrapped between words, and cut with an ellipsis', () => {
  expect(wrap('Kế hoạch phòng, chống thiên tai', 16, 3)).toEqual(['Kế hoạch phòng,', 'chống thiên tai']);
  expect(wrap('một hai ba bốn năm sáu', 7, 2)).toEqual(['một hai', 'ba …']);
  expect(wrap('một hai ba, rồi bốn', 12, 1)).toEqual(['một hai …']);
  expect(wrap('Llanfairpwllgwyngyll', 8, 2)).toEqual(['Llanfai…']);
  expect(wrap('', 8, 2)).toEqual([]);
});
