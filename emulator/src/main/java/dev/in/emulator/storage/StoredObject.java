package dev.in.emulator.storage;

import java.time.Instant;

/**
 * The metadata of one generation of an object.
 *
 * @param generation grows with every new content, in microseconds
 * @param metageneration counts the changes of this generation's metadata, from 1
 * @param size in bytes
 * @param created when the content came to be
 * @param updated when the metadata last changed
 */
record StoredObject(
    ObjectId id,
    long generation,
    long metageneration,
    long size,
    Hashes hashes,
    Instant created,
    Instant updated,
    Attributes attributes) {

  StoredObject withAttributes(Attributes newAttributes, Instant now) {
    return new StoredObject(
        id, generation, metageneration + 1, size, hashes, created, now, newAttributes);
  }
}
