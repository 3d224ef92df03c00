package dev.in.emulator.storage.object;

import java.time.Instant;

/** A bucket; it has no settings of its own. */
public record Bucket(String name, Instant created) {}
