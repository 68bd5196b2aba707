/** A keyboard program for Vietnamese (Telex), as far as the tests need one: what stands on the screen after each key. */

const SHAPES = { aa: 'â', ee: 'ê', oo: 'ô', aw: 'ă', ow: 'ơ', uw: 'ư', dd: 'đ' };
const TONES = { f: '\u0300', s: '\u0301', r: '\u0309', x: '\u0303', j: '\u0323' };
const VOWEL = /[aăâeêioôơuưy]/;

function place(letters, tone) {
  const vowels = [...letters].flatMap((it, at) => (VOWEL.test(it) ? [at] : []));
  const shaped = vowels.filter((at) => /[ăâêôơư]/.test(letters[at]));
  const isClosed = vowels.at(-1) !== letters.length - 1;
  const at = shaped.at(-1) ?? (isClosed || vowels.length === 1 ? vowels.at(-1) : vowels[vowels.length - 2]);
  return at === undefined ? letters : (letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize('NFC');
}

/** What the keys of one word look like so far. */
export function shown(keys) {
  let [letters, tone] = ['', ''];
  for (const key of keys) {
    const shape = SHAPES[letters.slice(-1) + key] ?? (key === 'w' && letters.endsWith('uo') ? null : undefined);
    if (TONES[key] && VOWEL.test(letters)) tone = TONES[key];
    else if (shape) letters = letters.slice(0, -1) + shape;
    else if (key === 'w' && /uo/.test(letters)) letters = letters.replace('uo', 'ươ');
    else letters += key;
  }
  return tone === '' ? letters : place(letters, tone);
}

const ONSETS = ['', 'b', 'ch', 'dd', 'd', 'gi', 'h', 'kh', 'l', 'm', 'ng', 'nh', 'ph', 'qu', 'r', 's', 't', 'th', 'tr', 'v', 'x'];
const RIMES = ['a', 'an', 'ang', 'aan', 'awng', 'eem', 'een', 'ieen', 'inh', 'oa', 'oan', 'oong', 'oon', 'own', 'uong', 'uow', 'uwng', 'uwowng', 'uwowc', 'uyeen'];

/** Words as keys, each with another tone, the same on every run. */
export function words(n) {
  const tones = ['', 'f', 's', 'r', 'x', 'j'];
  return Array.from({ length: n }, (_, at) => ONSETS[(at * 7) % ONSETS.length] + RIMES[(at * 11 + Math.floor(at / 20)) % RIMES.length] + tones[(at * 5 + Math.floor(at / 6)) % tones.length]);
}
