/** A phrase as it stands alone: with a capital letter and a full stop. */
export function sentence(phrase: string): string {
  const text = phrase.trim();
  if (text === '') return '';
  const first = [...text][0] ?? '';
  const whole = first.toLocaleUpperCase('vi') + text.slice(first.length);
  return /[.!?…:]$/u.test(whole) ? whole : `${whole}.`;
}
