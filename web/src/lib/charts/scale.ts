/** Where things stand on a chart. Numbers here may be rounded: they are lengths, not figures. */

/** Round steps that hold all values, from the lowest to the highest; zero is always among them. */
export function niceTicks(values: readonly (number | null)[], wanted = 4): number[] {
  const known = values.filter((it) => it !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  if (low === high) return [0, 1];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((it) => it * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Lines through the known points, broken where nothing is known: paths of SVG. */
export function linePaths(points: readonly ({ x: number; y: number } | null)[]): string[] {
  const paths: string[] = [];
  let open = '';
  for (const point of points) {
    if (point) open += `${open === '' ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    else if (open !== '') {
      paths.push(open);
      open = '';
    }
  }
  if (open !== '') paths.push(open);
  return paths;
}

/** Where a value stands between the lowest and the highest tick, from 0 to 1. */
export function share(value: number, ticks: readonly number[]): number {
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return high === low ? 0 : (value - low) / (high - low);
}

/** Every how many labels one is written, so that they do not overlap. */
export function labelStep(n: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((n * labelWidth) / Math.max(width, 1)));
}

/** Five classes of about equally many values, from the smallest to the largest; fewer if there are fewer values. */
export function classBounds(values: readonly number[], n = 5): number[] {
  const sorted = [...new Set(values)].sort((one, other) => one - other);
  const classes = Math.min(n, sorted.length);
  return Array.from({ length: classes }, (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / classes) - 1] ?? 0);
}

/** The class of a value, from 0. */
export function classOf(value: number, bounds: readonly number[]): number {
  const at = bounds.findIndex((it) => value <= it);
  return at < 0 ? bounds.length - 1 : at;
}
