package dev.in.formats.header;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What decoders want to know of a JPEG beforehand.
 *
 * @param components 1 grey, 3 colour, 4 CMYK or YCCK
 * @param progressive whether its coefficients come in several scans
 * @param scans how many scans there are
 * @param missingHeightAt where the frame header has a zero instead of the height, which a DNL
 *     segment states; most decoders refuse that
 */
public record JpegFrame(
    int components, boolean progressive, int scans, OptionalLong missingHeightAt) {
  public JpegFrame {
    requireNonNull(missingHeightAt, "missingHeightAt is null");
  }
}
