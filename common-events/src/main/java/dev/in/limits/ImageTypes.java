package dev.in.limits;

import java.util.List;

/**
 * The media types of the image formats that iN takes. What a file is, its bytes say ({@code
 * image-formats}, whose list a test holds to this one); this is what may be declared.
 */
public final class ImageTypes {
  public static final List<String> SUPPORTED =
      List.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "image/tiff",
          "image/bmp",
          "image/heic",
          "image/avif");

  private ImageTypes() {}
}
