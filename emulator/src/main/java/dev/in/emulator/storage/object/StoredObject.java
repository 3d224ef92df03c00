package dev.in.emulator.storage.object;

import java.time.Instant;

/**
 * The metadata of one generation of an object, which never changes.
 *
 * @param generation grows with every new content, in microseconds
 * @param size in bytes
 * @param created when the content came to be
 */
public record StoredObject(
    ObjectId id,
    long generation,
    long size,
    Hashes hashes,
    Instant created,
    Attributes attributes) {}
