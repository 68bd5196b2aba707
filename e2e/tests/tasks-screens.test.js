/** The screens of tasks and of the home page, looked at on both screens and in both languages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { looksRight, speaksBoth } from '../looks.js';
import { DESK, PHONE, Stage } from '../stage.js';

let stage;
let screens;

async function post(path, body) {
  const answer = await stage.context.request.post(stage.base + path, { data: body, headers: { origin: stage.base } });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

before(async () => {
  stage = await Stage.open();
  const { items } = await stage.ask('/api/units?q=dong%20khe');
  const lead = items[0].id;
  const given = { origin: 'meeting', source: 'Giao ban tháng 9', lead };
  const late = await post('/api/tasks', { ...given, text: 'Rà soát danh sách hộ phải di dời', due: '2026-10-15', product: 'Danh sách' });
  await post('/api/tasks', { ...given, text: 'Chuẩn bị diễn tập ứng phó lũ quét', due: '2028-12-15' });
  const plan = await stage.byNumber('146/KH-UBND');
  screens = {
    home: '/',
    tasks: '/tasks',
    'tasks-late': '/tasks?late=true',
    task: `/tasks/${late.id}`,
    'task-new': '/tasks/new',
    'late-units': '/tasks/late',
    book: '/tasks/book',
    coverage: `/tasks/coverage/${plan.id}`,
    'coverage-list': '/tasks/coverage',
    'missing-documents': '/tasks/missing',
    notices: '/tasks/notices',
  };
});

after(() => stage?.close());

test('every screen of tasks fits an office computer, can be used by everybody, and complains of nothing', () =>
  looksRight(stage, screens, DESK, 'desk'));

test('every screen of tasks fits a telephone, can be used by everybody, and complains of nothing', () =>
  looksRight(stage, screens, PHONE, 'phone'));

test('every screen of tasks is wholly in the language chosen', () => speaksBoth(stage, screens, DESK, 'desk'));
