package dev.in.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.runner.report.Thumbnail.Available;
import dev.in.runner.report.Thumbnail.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThumbnailProcessTest {
  private static final Original NONE = Optional::empty;
  private static final Unavailable ENDED =
      new Unavailable("No thumbnail was made: the decoder's process has ended.");

  @Test
  void thumbnailsComeInTheOrderOfTheImages() throws Exception {
    Original unreadable =
        () -> {
          throw new IOException("the answer was 503");
        };

    List<Optional<Thumbnail>> thumbnails =
        make(List.of(image(2), NONE, image(0), unreadable, image(300_000)));

    assertThat(thumbnails.get(0).orElseThrow())
        .isInstanceOfSatisfying(
            Available.class,
            available -> {
              assertThat(available.contentType()).isEqualTo("image/png");
              assertThat(available.orientation()).isEqualTo(3);
              assertThat(available.bytes()).hasSize(2);
            });
    assertThat(thumbnails.get(1)).isEmpty();
    assertThat(thumbnails.get(2))
        .contains(new Unavailable("This image cannot be displayed here: an empty image."));
    assertThat(thumbnails.get(3))
        .contains(new Unavailable("The image could not be loaded: the answer was 503"));
    assertThat(thumbnails.get(4).orElseThrow())
        .isInstanceOfSatisfying(
            Available.class, available -> assertThat(available.bytes()).hasSize(300_000));
  }

  @Test
  void anImageThatKillsTheProcessCostsThoseBehindItTheirThumbnailsOnly() throws Exception {
    List<Original> originals = new ArrayList<>(List.of(image(2), image(1)));
    originals.addAll(Collections.nCopies(20, image(300_000)));
    originals.add(NONE);

    List<Optional<Thumbnail>> thumbnails = make(originals);

    assertThat(thumbnails.get(0).orElseThrow()).isInstanceOf(Available.class);
    assertThat(thumbnails.subList(1, 22)).allMatch(Optional.of(ENDED)::equals);
    assertThat(thumbnails.get(22)).isEmpty();
  }

  private static Original image(int bytes) {
    return () -> Optional.of(new byte[bytes]);
  }

  private static List<Optional<Thumbnail>> make(List<Original> originals) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of(
                    TestingThumbnailer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString(),
            TestingThumbnailer.class.getName());
    List<Optional<Thumbnail>> thumbnails = new ArrayList<>();
    try (ThumbnailProcess process = ThumbnailProcess.start(command, originals)) {
      for (int i = 0; i < originals.size(); i++) {
        thumbnails.add(process.next());
      }
    }
    return thumbnails;
  }
}
