import { type Batch, type Counts, hasEnded } from "./batch.js";
import { type BatchView, linksOf } from "./schemas.js";

/** How a batch stands, beside what is fixed. */
export interface Progress {
  readonly counts: Counts;
  readonly failures: Readonly<Record<string, number>>;
  /** Items that end in a second; undefined: none has lately. */
  readonly rate: number | undefined;
}

export function batchView(
  batch: Batch,
  { counts, failures, rate }: Progress,
  now: number,
): BatchView {
  const { batchId, name, priority, features } = batch;
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const open = counts.waiting + counts.processing;
  const eta = rate === undefined || open === 0 ? undefined : now + (open / rate) * 1_000;
  return {
    batchId,
    ...(name === undefined ? {} : { name }),
    status: statusOf(batch, counts),
    priority,
    features: [...features],
    counts: { total, ...counts },
    failures: { ...failures },
    ...(rate === undefined ? {} : { rate: Math.round(rate * 100) / 100 }),
    ...timeOf("eta", eta),
    createdAt: new Date(batch.createdAt).toISOString(),
    updatedAt: new Date(batch.updatedAt).toISOString(),
    ...timeOf("sealedAt", batch.sealedAt),
    ...timeOf("cancelledAt", batch.cancelledAt),
    ...timeOf("endedAt", batch.endedAt),
    links: linksOf(batchId),
  };
}

export function statusOf(batch: Batch, counts: Counts): BatchView["status"] {
  if (batch.sealedAt === undefined) {
    return "open";
  }
  if (!hasEnded(counts)) {
    return "processing";
  }
  if (batch.cancelledAt !== undefined) {
    return "cancelled";
  }
  return counts.failed > 0 && counts.completed === 0 ? "failed" : "completed";
}

function timeOf<K extends string>(field: K, time: number | undefined): Partial<Record<K, string>> {
  return (time === undefined ? {} : { [field]: new Date(time).toISOString() }) as Partial<
    Record<K, string>
  >;
}
