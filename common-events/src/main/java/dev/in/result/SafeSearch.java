package dev.in.result;

import static java.util.Objects.requireNonNull;

/**
 * Likelihoods in Vision's words, {@code VERY_UNLIKELY} to {@code VERY_LIKELY}, or {@code UNKNOWN}.
 */
public record SafeSearch(String adult, String spoof, String medical, String violence, String racy) {
  public SafeSearch {
    requireNonNull(adult, "adult is null");
    requireNonNull(spoof, "spoof is null");
    requireNonNull(medical, "medical is null");
    requireNonNull(violence, "violence is null");
    requireNonNull(racy, "racy is null");
  }
}
