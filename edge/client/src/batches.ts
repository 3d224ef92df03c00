import type {
  AppendedItems,
  Batch,
  BatchLine,
  CreatedBatch,
  NewBatch,
  Operations,
} from "./generated/api.js";
import type { CallOptions, Transport } from "./transport.js";

type ItemsOf = Operations["GET /v1/batches/{batchId}/items"];

/** Many images as one. */
export class Batches {
  constructor(private readonly transport: Transport) {}

  /** @param idempotencyKey created again with the same key it is the same batch */
  create(
    body: NewBatch = {},
    idempotencyKey: string = crypto.randomUUID(),
    options?: CallOptions,
  ): Promise<CreatedBatch> {
    const headers = { "Idempotency-Key": idempotencyKey };
    return this.transport.call("POST /v1/batches", { headers, body }, options);
  }

  /** @param idempotencyKey appended again with the same key nothing is added */
  append(
    batchId: string,
    items: readonly BatchLine[],
    idempotencyKey: string = crypto.randomUUID(),
    options?: CallOptions,
  ): Promise<AppendedItems> {
    const headers = { "Idempotency-Key": idempotencyKey };
    const input = { path: { batchId }, headers, body: items };
    return this.transport.call("POST /v1/batches/{batchId}/items", input, options);
  }

  /** All items are there. */
  seal(batchId: string, options?: CallOptions): Promise<Batch> {
    return this.transport.call("POST /v1/batches/{batchId}/seal", { path: { batchId } }, options);
  }

  get(batchId: string, options?: CallOptions): Promise<Batch> {
    return this.transport.call("GET /v1/batches/{batchId}", { path: { batchId } }, options);
  }

  /** In the order of appending. */
  items(
    batchId: string,
    query: NonNullable<ItemsOf["input"]["query"]> = {},
    options?: CallOptions,
  ): Promise<ItemsOf["output"]> {
    const input = { path: { batchId }, query };
    return this.transport.call("GET /v1/batches/{batchId}/items", input, options);
  }

  /** What has not begun ends as cancelled. */
  cancel(batchId: string, options?: CallOptions): Promise<Batch> {
    return this.transport.call("POST /v1/batches/{batchId}/cancel", { path: { batchId } }, options);
  }

  /** What has failed is carried out again. */
  retry(batchId: string, options?: CallOptions): Promise<Batch> {
    return this.transport.call("POST /v1/batches/{batchId}/retry", { path: { batchId } }, options);
  }
}
