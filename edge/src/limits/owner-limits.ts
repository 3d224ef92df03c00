/** What each owner of a channel may use. A limit that is left out does not apply. */
export interface OwnerLimits {
  readonly submissionsPerMinute?: number;
  readonly submissionsPerDay?: number;
  /** Of what the provider of analyses charges: by the features that are asked for. */
  readonly unitsPerDay?: number;
  readonly uploadsPerDay?: number;
  /** Bytes of uploads, as declared, for as long as the bucket keeps them. */
  readonly storedBytes?: number;
}

export type LimitName = keyof OwnerLimits;

export const LIMIT_NAMES = [
  "submissionsPerMinute",
  "submissionsPerDay",
  "unitsPerDay",
  "uploadsPerDay",
  "storedBytes",
] as const satisfies readonly LimitName[];

/** What is to be counted. A limit that is left out is not concerned. */
export type Demand = Readonly<Partial<Record<LimitName, number>>>;

/** The limits of a channel's owners alone; left out where none applies. */
export function ownLimits(limits: OwnerLimits): { readonly limits?: OwnerLimits } {
  const configured = LIMIT_NAMES.filter((name) => limits[name] !== undefined);
  return configured.length === 0
    ? {}
    : { limits: Object.fromEntries(configured.map((name) => [name, limits[name]])) };
}
