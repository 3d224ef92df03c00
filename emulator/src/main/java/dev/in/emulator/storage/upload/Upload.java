package dev.in.emulator.storage.upload;

import dev.in.emulator.storage.object.Attributes;
import dev.in.emulator.storage.object.ExpectedHashes;
import dev.in.emulator.storage.object.ObjectId;
import dev.in.emulator.storage.object.Preconditions;
import dev.in.emulator.storage.object.SizeLimits;

/**
 * What an upload is to become, but for its bytes.
 *
 * @param hashes checksums that the bytes must have
 */
public record Upload(
    ObjectId id,
    Attributes attributes,
    Preconditions preconditions,
    ExpectedHashes hashes,
    SizeLimits limits) {}
