/** The indicators of the programmes in use, as the explorer offers them. */
import type { PackDetail } from '$lib/api/explorer';

/** A text in both languages. */
export interface Named {
  vi: string;
  en?: string;
}

interface PackIndicator {
  code: string;
  name: Named;
  measure: string;
  breakdowns?: string[];
  target?: Named | null;
  basis?: string[];
  ratio?: { numerator: Named; denominator: Named } | null;
}

interface PackBreakdown {
  code: string;
  name: Named;
  separate?: boolean;
  options: { code: string; name: Named }[];
}

/** An option of a breakdown, or of two at once. */
export interface OptionEntry {
  code: string;
  name: Named;
}

export interface IndicatorEntry {
  code: string;
  name: Named;
  measure: string;
  /** Empty if it is not divided. */
  options: OptionEntry[];
  /** Whether its options are added up, so that there is an undivided figure. */
  hasWhole: boolean;
  target: Named | null;
  ratio: { numerator: Named; denominator: Named } | null;
  basis: Named[];
}

/** The name in a language; Vietnamese where there is none. */
export function named(text: Named | null | undefined, code: string): string {
  if (!text) return '';
  return code === 'en' && text.en ? text.en : text.vi;
}

/** The indicators of a pack that take figures, in its order. */
export function indicatorsOf(detail: PackDetail): IndicatorEntry[] {
  const pack = detail.pack as unknown as { indicators?: PackIndicator[]; breakdowns?: PackBreakdown[]; basis?: { code: string; name: Named }[] };
  const breakdowns = new Map((pack.breakdowns ?? []).map((it) => [it.code, it]));
  const sources = new Map((pack.basis ?? []).map((it) => [it.code, it.name]));
  const off = new Set(detail.off);
  return (pack.indicators ?? [])
    .filter((it) => !off.has(it.code))
    .map((it) => {
      const divided = (it.breakdowns ?? []).map((code) => breakdowns.get(code)).filter((found) => found !== undefined);
      return {
        code: it.code,
        name: it.name,
        measure: it.measure,
        options: divided.reduce<OptionEntry[]>(combined, []),
        hasWhole: !divided.some((found) => found.separate === true),
        target: it.target ?? null,
        ratio: it.ratio ?? null,
        basis: (it.basis ?? []).map((code) => sources.get(code)).filter((found) => found !== undefined),
      };
    });
}

function combined(before: OptionEntry[], breakdown: PackBreakdown): OptionEntry[] {
  if (before.length === 0) return breakdown.options.map((it) => ({ code: it.code, name: it.name }));
  return before.flatMap((one) =>
    breakdown.options.map((it) => ({
      code: `${one.code}+${it.code}`,
      name: { vi: `${one.name.vi}, ${it.name.vi}`, en: `${named(one.name, 'en')}, ${named(it.name, 'en')}` },
    })),
  );
}

/** A text without accents, đ as d, for comparing with what is typed. */
export function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/đ/g, 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Indicators whose name or code has all the words that were typed. */
export function matching(indicators: readonly IndicatorEntry[], typed: string): IndicatorEntry[] {
  const words = bare(typed).split(' ').filter((it) => it !== '');
  return indicators.filter((it) => {
    const said = bare(`${it.name.vi} ${it.name.en ?? ''} ${it.code}`);
    return words.every((word) => said.includes(word));
  });
}
