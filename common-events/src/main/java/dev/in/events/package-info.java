/**
 * iN's contract: the {@link dev.in.events.INEvent} envelope, its payloads, ids and Pub/Sub
 * attributes. Plain Java and Jackson; everything else in iN may know it, and it knows nothing of
 * them.
 */
package dev.in.events;
