package dev.in.emulator.storage;

import java.time.Instant;

/** A bucket; it has no settings of its own. */
record Bucket(String name, Instant created) {}
