import { expect, test } from 'vitest';

import { Names, type AskNames, type Named } from './names';

const PEOPLE: Record<string, Named> = {
  'hoa.cx': { display: 'Nguyễn Thị Hoa', office: 'Văn phòng UBND xã Bình An' },
  nam: { display: 'Trần Văn Nam', office: '' },
};

function asked(answer?: AskNames) {
  const questions: string[][] = [];
  const known = new Map<string, Named>();
  const names = new Names(async (of) => {
    questions.push([...of]);
    if (answer) return answer(of);
    return of.flatMap((name) => (PEOPLE[name] ? [{ name, ...PEOPLE[name] }] : []));
  }, known);
  return { names, questions, known };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what is drawn together is asked for together, and each once', async () => {
  const { names, questions } = asked();
  for (const it of ['hoa.cx', 'nam', 'hoa.cx', 'mẫu', '']) expect(names.of(it)).toBeUndefined();
  await settled();
  expect(questions).toEqual([['hoa.cx', 'nam', 'mẫu']]);
  expect(names.of('hoa.cx')?.display).toBe('Nguyễn Thị Hoa');
  expect(names.of('nam')).toEqual({ display: 'Trần Văn Nam', office: '' });
  // Whom no account stands for is not asked for again and again.
  expect(names.of('mẫu')).toBeUndefined();
  await settled();
  expect(questions).toHaveLength(1);
});

test('a long list is asked for in parts that the server answers', async () => {
  const { names, questions } = asked();
  for (let n = 0; n < 120; n += 1) names.of(`can-bo-${n}`);
  await settled();
  expect(questions.map((it) => it.length)).toEqual([50, 50, 20]);
});

test('a name with a comma, which would be two, is asked of nobody', async () => {
  const { names, questions } = asked();
  names.of('hoa.cx,nam');
  await settled();
  expect(questions).toEqual([]);
});

test('what could not be asked is asked for when it is drawn again', async () => {
  let isOnline = false;
  const { names, known } = asked(async () => {
    if (!isOnline) throw new Error('no network');
    return [{ name: 'nam', display: 'Trần Văn Nam', office: '' }];
  });
  names.of('nam');
  await settled();
  expect(known.size).toBe(0);
  isOnline = true;
  names.of('nam');
  await settled();
  expect(names.of('nam')?.display).toBe('Trần Văn Nam');
});
