package dev.in.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.Encoded;
import dev.in.analysis.text.RenderedText;
import java.awt.Color;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisEnginesTest {
  private static final AnalysisEngines ENGINES = new AnalysisEngines();

  @AfterAll
  static void close() {
    ENGINES.close();
  }

  @Test
  void textAndColoursComeFromThePixels() throws Exception {
    Analysis analysis = ENGINES.analyze(poster(), EnumSet.of(Feature.TEXT, Feature.COLORS));

    assertThat(analysis.width()).isEqualTo(500);
    assertThat(analysis.height()).isEqualTo(120);
    assertThat(analysis.truncated()).isFalse();
    assertThat(analysis.text().orElseThrow().full()).isEqualTo("Night train");
    assertThat(analysis.colors().orElseThrow())
        .first()
        .extracting(color -> color.rgb().hex())
        .isEqualTo("#1c3faa");
    assertThat(analysis.unavailable()).isEmpty();
  }

  @Test
  void onlyWhatIsAskedForIsComputed() throws Exception {
    Analysis analysis = ENGINES.analyze(poster(), Set.of(Feature.COLORS));

    assertThat(analysis.text()).isEqualTo(Optional.empty());
    assertThat(analysis.colors()).isPresent();
    assertThat(ENGINES.analyze(poster(), Set.of()).colors()).isEmpty();
  }

  @Test
  void whatHasNoEngineIsListedAndNeverMadeUp() throws Exception {
    Analysis analysis = ENGINES.analyze(poster(), EnumSet.allOf(Feature.class));

    assertThat(analysis.unavailable())
        .containsExactlyInAnyOrder(
            Feature.LABELS, Feature.OBJECTS, Feature.FACES, Feature.SAFE_SEARCH);
    assertThat(AnalysisEngines.available()).doesNotContainAnyElementsOf(analysis.unavailable());
  }

  @Test
  void featuresAreNamedAsTheContractNamesThem() {
    assertThat(Arrays.stream(Feature.values()).map(Feature::wireName))
        .containsExactly("text", "colors", "labels", "objects", "faces", "safeSearch");
    assertThat(Feature.ofWireName("safeSearch")).contains(Feature.SAFE_SEARCH);
    assertThat(Feature.ofWireName("SAFE_SEARCH")).isEmpty();
  }

  @Test
  void aFileIsAnalysedLikeItsBytes(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("poster"), poster());

    assertThat(ENGINES.analyze(file, EnumSet.allOf(Feature.class)))
        .isEqualTo(ENGINES.analyze(poster(), EnumSet.allOf(Feature.class)));
  }

  @Test
  void aCutImageIsAnalysedAsFarAsItGoes() throws Exception {
    byte[] file = poster();

    Analysis analysis =
        ENGINES.analyze(Arrays.copyOf(file, file.length - 30), Set.of(Feature.COLORS));

    assertThat(analysis.truncated()).isTrue();
    assertThat(analysis.height()).isEqualTo(120);
  }

  @Test
  void whatIsNotAnImageIsRefusedAndAMissingFileIsNotTheImagesFault(@TempDir Path folder) {
    assertThatThrownBy(() -> ENGINES.analyze(new byte[] {1, 2, 3}, Set.of(Feature.TEXT)))
        .isInstanceOfSatisfying(
            DecodeException.class,
            refused -> assertThat(refused.reason()).isEqualTo(DecodeException.Reason.UNSUPPORTED));
    assertThatThrownBy(() -> ENGINES.analyze(folder.resolve("absent"), Set.of()))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aCallerThatWaitsForAPlaceCanBeInterrupted() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (var engines = new AnalysisEngines(AnalysisOptions.defaults().withParallelism(1))) {
      Thread caller =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  engines.analyze(poster(), Set.of(Feature.COLORS));
                } catch (InterruptedException e) {
                  refused.countDown();
                } catch (DecodeException e) {
                  throw new IllegalStateException(e);
                }
              });
      caller.start();
      caller.join();
    }

    assertThat(refused.getCount()).isZero();
  }

  @Test
  void afterAFailureThePlaceIsFree() throws Exception {
    try (var engines = new AnalysisEngines(AnalysisOptions.defaults().withParallelism(1))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> engines.analyze(new byte[0], Set.of()))
            .isInstanceOf(DecodeException.class);
      }

      assertThat(engines.analyze(poster(), Set.of(Feature.COLORS)).colors()).isPresent();
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    AnalysisOptions options = AnalysisOptions.defaults();

    assertThatThrownBy(() -> options.withThreads(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withParallelism(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withLimits(null)).isInstanceOf(NullPointerException.class);
  }

  private static byte[] poster() {
    RenderedText poster = new RenderedText(500, 120, new Color(0x1C3FAA));
    poster.line("Night train", 56, 60, 80, Color.WHITE);
    return Encoded.png(poster.image());
  }
}
