import { type ScoreConfig, type Signal, type SignalSetting, weightOf } from "./scoring.logic";

/** Whole percents that sum to 100 by largest remainders; all 0 where nothing has a size. The server reckons alike. */
export function percents(sizes: Readonly<Record<string, number>>): Record<string, number> {
  const names = Object.keys(sizes);
  const total = names.reduce((sum, name) => sum + (sizes[name] ?? 0), 0);
  if (total <= 0) return Object.fromEntries(names.map((name) => [name, 0]));
  const exact = (name: string) => (100 * (sizes[name] ?? 0)) / total;
  const out = Object.fromEntries(names.map((name) => [name, Math.floor(exact(name))]));
  const left = 100 - Object.values(out).reduce((sum, share) => sum + share, 0);
  const byRest = [...names].sort((a, b) => exact(b) - Math.floor(exact(b)) - (exact(a) - Math.floor(exact(a))));
  for (const name of byRest.slice(0, left)) out[name] = (out[name] ?? 0) + 1;
  return out;
}

export interface Shares {
  /** Of each family among all. */
  families: Record<string, number>;
  /** Of each signal within its family. */
  signals: Record<string, number>;
}

const sizeOf = (setting: SignalSetting | undefined) => (setting?.enabled ? Math.abs(setting.points) : 0);

/** How much each dimension and each signal counts, by the size of its points; lowering signals count with their size. */
export function sharesOf(config: ScoreConfig, signals: readonly Signal[]): Shares {
  const families = [...new Set(signals.map(({ family }) => family))];
  const members = (family: string) => signals.filter((signal) => signal.family === family);
  const sizes = (family: string) =>
    Object.fromEntries(members(family).map(({ key }) => [key, sizeOf(config.signals[key])]));
  const total = (family: string) =>
    Object.values(sizes(family)).reduce((sum, size) => sum + size, 0) * weightOf(config, family);
  return {
    families: percents(Object.fromEntries(families.map((family) => [family, total(family)]))),
    signals: Object.assign({}, ...families.map((family) => percents(sizes(family)))),
  };
}
