/** Ratings from above, as the register of assessments keeps them. */
import type { PackDetail } from '$lib/api/explorer';
import type { RegisterEntry } from '$lib/api/overview';

/** A rating. */
export interface Rated {
  id: number;
  day: string;
  assessor: string;
  subject: string;
  period: string;
  rating: string;
}

interface PackShape {
  registers?: { code: string; fields: { code: string; options?: string }[] }[];
  breakdowns?: { code: string; options: { code: string; name: { vi: string; en: string } }[] }[];
}

/** What the ratings of a register are called, by their codes; `null` if the pack has no such register. */
export function ratingNames(detail: PackDetail, register: string): Map<string, { vi: string; en: string }> | null {
  const pack = detail.pack as unknown as PackShape;
  const field = pack.registers?.find((it) => it.code === register)?.fields.find((it) => it.code === 'rating');
  if (!field) return null;
  const options = pack.breakdowns?.find((it) => it.code === field.options)?.options ?? [];
  return new Map(options.map((it) => [it.code, it.name]));
}

/** A field is kept with its kind, `{ "text": "…" }`; a newer answer may send it bare. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) {
    const [inner] = Object.values(value as Record<string, unknown>);
    const known = (value as Record<string, unknown>)['value'] ?? inner;
    return typeof known === 'string' ? known : '';
  }
  return '';
}

/** The rating that an entry is. */
export function ratingOf(entry: RegisterEntry): Rated {
  const fields = entry.fields as Record<string, unknown>;
  return {
    id: entry.id,
    day: said(fields['assessed_on']) || entry.occurred_on,
    assessor: said(fields['assessor']),
    subject: said(fields['subject']),
    period: said(fields['period']),
    rating: said(fields['rating']),
  };
}
