import { expect, test } from 'vitest';

import { story, type Sent, type Step } from './story';

const step = (name: string, at: string) => ({ step: name, at }) as Step;
const letter = (on: string): Sent => ({ kind: 'repeat', on, by: 'chuyen-vien-tinh', letter: 7 });

test('what was sent stands between the steps in order of time, the latest first', () => {
  const log = [step('open', '2026-11-02T05:00:00Z'), step('progress', '2026-11-10T05:00:00Z'), step('report', '2026-11-20T05:00:00Z')];
  const told = story({ log, sent: [letter('2026-11-10'), letter('2026-11-21')] });
  expect(told.map((it) => it.step?.step ?? it.sent?.on)).toEqual(['2026-11-21', 'report', '2026-11-10', 'progress', 'open']);
});

test('steps of one day keep their order', () => {
  const log = [step('open', '2026-11-02T05:00:00Z'), step('progress', '2026-11-02T06:00:00Z')];
  expect(story({ log, sent: [] }).map((it) => it.step?.step)).toEqual(['progress', 'open']);
});

test('a step belongs to the day of the reader, not to that of Greenwich', () => {
  // Ten in the evening here, of whatever zone "here" is.
  const late = new Date(2026, 10, 10, 22, 0).toISOString();
  const early = new Date(2026, 10, 10, 1, 0).toISOString();
  const told = story({ log: [step('progress', early), step('report', late)], sent: [letter('2026-11-09'), letter('2026-11-11')] });
  expect(told.map((it) => it.step?.step ?? it.sent?.on)).toEqual(['2026-11-11', 'report', 'progress', '2026-11-09']);
});
