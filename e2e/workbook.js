/** A form's workbook, filled in as a clerk fills it in: cells are written, and everything else of the file stays. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const SHEET = 'xl/worksheets/sheet1.xml';
const TEXTS = 'xl/sharedStrings.xml';
/** The column in which the paper form numbers its rows, and the first one that is filled in. */
const NUMBERS = 'B';
const FIRST = 'E';

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The texts of the workbook, which cells name by their place. */
function textsOf(files) {
  const items = strFromU8(files[TEXTS]).matchAll(/<si>(.*?)<\/si>/gs);
  return [...items].map(([, inside]) => [...inside.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((it) => it[1]).join(''));
}

/** The sheet's own number of each row of the form. */
function rowsOf(sheet, texts) {
  const found = new Map();
  const cells = sheet.matchAll(new RegExp(`<c r="${NUMBERS}(\\d+)"[^>]*t="s"[^>]*><v>(\\d+)</v></c>`, 'g'));
  for (const [, row, text] of cells) found.set(texts[Number(text)], row);
  return found;
}

/**
 * The workbook with what was typed in the first column of figures: the form's row number to a number, or a text as it was typed.
 * Throws where the form has no such row or the row takes no figure.
 */
export function filledIn(bytes, typed) {
  const files = unzipSync(new Uint8Array(bytes));
  let sheet = strFromU8(files[SHEET]);
  const rows = rowsOf(sheet, textsOf(files));
  for (const [number, value] of Object.entries(typed)) {
    const place = `${FIRST}${rows.get(number)}`;
    const cell = new RegExp(`<c r="${place}"((?: s="\\d+")?)[^>]*?(?:/>|>.*?</c>)`);
    if (!cell.test(sheet)) throw new Error(`no cell ${place} for row ${number}`);
    const inside = typeof value === 'number' ? `><v>${value}</v></c>` : ` t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
    sheet = sheet.replace(cell, `<c r="${place}"$1${inside}`);
  }
  files[SHEET] = strToU8(sheet);
  return Buffer.from(zipSync(files));
}

/** The texts and numbers of the first sheet, row by row, as they stand in the file. */
export function readSheet(bytes) {
  const files = unzipSync(new Uint8Array(bytes));
  const texts = files[TEXTS] ? textsOf(files) : [];
  const rows = [...strFromU8(files[SHEET]).matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)];
  const of = ([, kind, value]) => (kind?.includes('t="s"') ? texts[Number(value)] : value);
  return rows.map(([, inside]) => [...(inside ?? '').matchAll(/<c ([^>]*?)>(?:<f>.*?<\/f>)?<v>(.*?)<\/v><\/c>/gs)].map(of));
}
