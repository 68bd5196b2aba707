/** When two spellings are the same word: as `crates/dondoc-core/src/fold.rs` has it, as far as numbers need it. */

const GAP = /[\s\u0085\u200b]/;
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
const MARK = /[\u0300-\u0303\u0306\u0309\u031b\u0323]/;
const LETTER = /\p{Alphabetic}/u;

/** Spaces of every width that spreadsheets and word processors put between digits. */
export function isGap(c: string): boolean {
  return GAP.test(c);
}

/** The text without gaps at its ends, or at one of them. */
export function trimGaps(text: string, at: 'both' | 'start' | 'end' = 'both'): string {
  let [from, to] = [0, text.length];
  if (at !== 'end') while (from < to && isGap(text.charAt(from))) from += 1;
  if (at !== 'start') while (to > from && isGap(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** Base letters without tones, in lower case; the wrong D of old files is a đ. */
function decomposed(text: string): string {
  return text.replaceAll('Ð', 'đ').toLowerCase().normalize('NFD');
}

/** A syllable without case and without the place of its tone mark: `hoà` = `hòa`. */
export function syllable(text: string): string {
  let tone = '';
  let letters = '';
  for (const c of decomposed(text)) {
    if (TONE.test(c)) tone = c;
    else if (LETTER.test(c) || MARK.test(c)) letters += c;
  }
  return letters.normalize('NFC') + tone;
}

/** A text without case, accents or đ: `Đôn đốc` becomes `don doc`; runs of anything else become one space. */
export function bare(text: string): string {
  let plain = '';
  for (const c of decomposed(text)) {
    if (MARK.test(c)) continue;
    if (LETTER.test(c)) plain += c === 'đ' ? 'd' : c;
    else if (/\p{N}/u.test(c)) plain += c;
    else if (plain !== '' && !plain.endsWith(' ')) plain += ' ';
  }
  return plain.trimEnd();
}
