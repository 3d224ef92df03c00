package dev.in.emulator.storage;

/**
 * What an upload is to become, but for its bytes.
 *
 * @param hashes checksums that the bytes must have
 */
record Upload(
    ObjectId id,
    Attributes attributes,
    Preconditions preconditions,
    ExpectedHashes hashes,
    SizeLimits limits) {}
