/** A made-up programme for the tests of entering figures: a short form of one column, and a long one of five. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { BINARY } from './stage.js';

const COLUMNS = ['mot', 'hai', 'ba', 'bon', 'nam'];
const N_SHORT = 30;
export const N_LONG = 1000;

const two = (n) => String(n).padStart(4, '0');

function indicator(n, breakdowns) {
  return `[[indicators]]
code = "NHAP.01.${two(n)}"
name = { vi = "Chỉ tiêu thử số ${n}", en = "Indicator ${n}" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "commune"
${breakdowns}
clearing = "open"
`;
}

function form(code, name, columns, rows) {
  return `[[forms]]
code = "${code}"
name = { vi = "${name}", en = "${code}" }
version = 1
every = ["month"]
closing = "calendar"
level = "commune"
route = { vi = "Xã → tỉnh", en = "Commune → province" }
deadlines = [{ level = "commune", working_days = 3 }]
columns = [
${columns.join('\n')}
]
rows = [
${rows.join('\n')}
]
`;
}

/** Writes the pack into a folder. */
function write(folder) {
  mkdirSync(folder, { recursive: true });
  const options = COLUMNS.map((it, n) => `  { code = "${it}", name = { vi = "Cột ${n + 1}", en = "Column ${n + 1}" } },`);
  const pack = `[pack]
code = "NHAP"
name = { vi = "Chương trình thử nhập liệu", en = "Test of data entry" }
version = 1
valid_from = "2025-07-01"

[[breakdowns]]
code = "cot"
name = { vi = "Cột", en = "Column" }
separate = true
options = [
${options.join('\n')}
]
`;
  const short = Array.from({ length: N_SHORT }, (_, n) => indicator(n + 1, ''));
  const long = Array.from({ length: N_LONG }, (_, n) => indicator(n + 1001, 'breakdowns = ["cot"]'));
  const shortColumns = [
    '  { number = "1", title = { vi = "Trong tháng", en = "Of the month" }, shows = "value" },',
    '  { number = "2", title = { vi = "Tháng trước", en = "Month before" }, shows = "period_before" },',
    '  { number = "3", title = { vi = "Ghi chú", en = "Note" }, shows = "note" },',
  ];
  const longColumns = COLUMNS.map((it, n) => `  { number = "${n + 1}", title = { vi = "Số lớp: cột ${n + 1}", en = "Classes: ${n + 1}" }, shows = "value", option = "${it}" },`);
  const row = (from) => (_, n) => `  { number = "${n + 1}", indicator = "NHAP.01.${two(from + n)}" },`;
  const forms = [
    form('NHAP-NGAN', 'Biểu thử ngắn', shortColumns, Array.from({ length: N_SHORT }, row(1))),
    form('NHAP-DAI', 'Biểu thử dài', longColumns, Array.from({ length: N_LONG }, row(1001))),
  ];
  writeFileSync(join(folder, 'pack.toml'), pack);
  writeFileSync(join(folder, 'indicators.toml'), [...short, ...long].join('\n'));
  writeFileSync(join(folder, 'forms.toml'), forms.join('\n'));
}

/** Puts the pack into use in the library of a stage. */
export function adopt(stage) {
  const folder = join(stage.folder, 'nhap');
  write(folder);
  execFileSync(BINARY, ['packs', 'use', folder, '--data', join(stage.folder, 'data')], { stdio: 'pipe' });
}
