package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.DecodeLimits;
import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.ImageDecoder;
import dev.in.formats.ImageFormat;
import dev.in.formats.header.Orientation;
import dev.in.runner.result.Row;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Makes pictures fit to be part of a web page. What is small, upright and known to browsers stays
 * as it is; all else is decoded, turned upright, scaled down and written as JPEG.
 */
final class Framer {
  private static final long SMALL_BYTES = 400_000;

  /** A GIF may move, which a JPEG could not; and what cannot be decoded here a browser may know. */
  private static final long MOST_BYTES = 5_000_000;

  private static final Set<ImageFormat> KNOWN_TO_BROWSERS =
      Set.of(
          ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.AVIF);

  private final int longestSide;
  private final ImageDecoder decoder;

  /**
   * @param longestSide in pixels, of a picture that has to be scaled
   */
  Framer(int longestSide) {
    this.longestSide = longestSide;
    DecodeLimits usual = DecodeLimits.DEFAULT;
    this.decoder =
        new ImageDecoder(
            new DecodeLimits(
                usual.pixels(), usual.maxScanPixels(), usual.heldPixels(), longestSide));
  }

  /** Empty where there is no picture: then the failure says why. */
  Optional<Frame> frame(Entry entry) {
    try {
      return entry.original().read().flatMap(bytes -> frame(bytes, entry.row()));
    } catch (IOException e) {
      return Optional.of(Frame.missing("The picture could not be had: " + e.getMessage()));
    }
  }

  private Optional<Frame> frame(byte[] bytes, Row row) {
    JsonNode result = row.result().orElseGet(JsonNodeFactory.instance::objectNode);
    Optional<String> type = typeForBrowsers(bytes);
    boolean upright = result.path("metadata").path("orientation").asInt() == 1;
    if (type.isPresent() && upright && isFit(bytes, result)) {
      return Optional.of(asItIs(type.get(), bytes, result));
    }
    try {
      return Optional.of(scaled(decoder.decode(bytes), result));
    } catch (DecodeException | IOException e) {
      if (type.isPresent() && upright && bytes.length <= MOST_BYTES) {
        return Optional.of(asItIs(type.get(), bytes, result));
      }
      return row.completed()
          ? Optional.of(Frame.missing("This picture cannot be shown here: " + e.getMessage() + "."))
          : Optional.empty();
    }
  }

  private boolean isFit(byte[] bytes, JsonNode result) {
    boolean small = bytes.length <= SMALL_BYTES && result.path("width").asInt() <= longestSide;
    boolean gif = ImageFormat.sniff(bytes).equals(Optional.of(ImageFormat.GIF));
    return (small && result.path("height").asInt() <= longestSide)
        || (gif && bytes.length <= MOST_BYTES);
  }

  private static Optional<String> typeForBrowsers(byte[] bytes) {
    return ImageFormat.sniff(bytes)
        .filter(KNOWN_TO_BROWSERS::contains)
        .map(ImageFormat::contentType);
  }

  private static Frame asItIs(String type, byte[] bytes, JsonNode result) {
    return Frame.of(address(type, bytes), Overlay.of(result, Orientation.NORMAL));
  }

  private static Frame scaled(DecodedImage decoded, JsonNode result) throws IOException {
    byte[] jpeg = Jpeg.of(Jpeg.whole(decoded).upright(decoded.orientation()));
    return Frame.of(address("image/jpeg", jpeg), Overlay.of(result, decoded.orientation()));
  }

  private static String address(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
