import { hex } from "../encoding.js";

const NAMESPACE = "6f2b1f0e-3c64-5d0a-9a53-1d0f6c0e9a77";

/**
 * The id of an event, UUIDv5 (RFC 9562, section 5.5) over `taskId|run|stage|eventType`: the same event
 * published twice has the same id.
 *
 * @param stage the emitter's; here always `edge`
 */
export async function eventId(
  taskId: string,
  run: number,
  stage: string,
  eventType: string,
): Promise<string> {
  const name = new TextEncoder().encode([taskId, run, stage, eventType].join("|"));
  const namespace = Uint8Array.from(NAMESPACE.replaceAll("-", "").match(/../g) ?? [], (byte) =>
    Number.parseInt(byte, 16),
  );
  const hash = await crypto.subtle.digest("SHA-1", new Uint8Array([...namespace, ...name]));
  const uuid = new Uint8Array(hash, 0, 16);
  uuid[6] = ((uuid[6] ?? 0) & 0x0f) | 0x50;
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  return hex(uuid).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
