/** Which unit an account notes things down for where there is no choice. */

/** The unit of somebody who is a clerk of one unit and nothing else; who may note down for others, too, has to choose: `null`. */
export function onlyUnit(roles: readonly { role: string; unit?: number | null }[]): number | null {
  if (roles.some((it) => it.role !== 'clerk')) return null;
  const units = new Set(roles.map((it) => it.unit ?? null));
  const [unit] = units;
  return units.size === 1 ? (unit ?? null) : null;
}
