package dev.in.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** Where the image comes from: {@code {"imageUrl": …}} or {@code {"uploadId": …}}. */
public sealed interface ImageInput {

  /** The one that is there; both or neither is an {@link IllegalArgumentException}. */
  @JsonCreator
  static ImageInput of(
      @JsonProperty("imageUrl") Optional<String> imageUrl,
      @JsonProperty("uploadId") Optional<String> uploadId) {
    if (imageUrl.isPresent() == uploadId.isPresent()) {
      throw new IllegalArgumentException("exactly one of imageUrl and uploadId must be given");
    }
    return imageUrl.<ImageInput>map(Url::new).or(() -> uploadId.map(Upload::new)).orElseThrow();
  }

  /**
   * An image on a foreign host.
   *
   * @param imageUrl any absolute http or https URL, as the user gave it; {@code download} judges it
   */
  record Url(String imageUrl) implements ImageInput {
    public Url {
      requireNonNull(imageUrl, "imageUrl is null");
    }
  }

  /**
   * An image that was uploaded to its owner's folder in the images bucket.
   *
   * @param uploadId the edge's random name for it, {@code [A-Za-z0-9_-]{16,64}}
   */
  record Upload(String uploadId) implements ImageInput {
    public Upload {
      // It becomes part of an object's name: nothing else than an id may get there.
      Identifiers.requireId("uploadId", uploadId);
    }

    /**
     * The name of its object.
     *
     * @param owner whose task it is: nobody reaches another owner's upload by its id
     */
    public String objectName(String owner) {
      return "uploads/" + owner + "/" + uploadId;
    }
  }
}
