package dev.in.emulator.vision;

import com.google.cloud.vision.v1.Image;
import com.google.cloud.vision.v1.ImageSource;
import com.google.rpc.Code;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a request's image. */
final class ImageSources {
  private static final Pattern GS_URI = Pattern.compile("gs://([^/]+)/(.+)");

  /** Google's limit for a file. */
  private static final int MAX_BYTES = 20 << 20;

  private final ImageStore images;

  ImageSources(ImageStore images) {
    this.images = images;
  }

  byte[] read(Image image) throws ImageFailure {
    byte[] bytes =
        image.getContent().isEmpty()
            ? readFrom(image.getSource())
            : image.getContent().toByteArray();
    if (bytes.length > MAX_BYTES) {
      throw new ImageFailure(
          Code.INVALID_ARGUMENT, "Image size exceeding allowed max (20.00M bytes).");
    }
    return bytes;
  }

  private byte[] readFrom(ImageSource source) throws ImageFailure {
    String uri = source.getImageUri().isEmpty() ? source.getGcsImageUri() : source.getImageUri();
    if (uri.isEmpty()) {
      throw new ImageFailure(Code.INVALID_ARGUMENT, "Request must specify image.");
    }
    Matcher parts = GS_URI.matcher(uri);
    if (!parts.matches()) {
      throw new ImageFailure(
          Code.UNIMPLEMENTED, "The local cloud reads images from gs:// URIs only.");
    }
    // Google says the same of what is missing and of what may not be read
    // (github.com/googlecodelabs/feedback/issues/691).
    return images
        .read(parts.group(1), parts.group(2))
        .orElseThrow(
            () -> new ImageFailure(Code.PERMISSION_DENIED, "Error opening file: " + uri + "."));
  }
}
