package dev.in.analysis;

import static java.util.Objects.requireNonNull;

import dev.in.analysis.color.ColorEngine;
import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.ImageDecoder;
import dev.in.analysis.text.TextEngine;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Analyses images on this machine, from their pixels alone. One instance serves a whole process: it
 * is thread-safe, loads its networks when they are first needed, and limits how many images it
 * works on at once.
 */
public final class AnalysisEngines implements AutoCloseable {
  private final ImageDecoder decoder;
  private final TextEngine text;
  private final ColorEngine colors = new ColorEngine();
  private final Semaphore permits;

  public AnalysisEngines() {
    this(AnalysisOptions.defaults());
  }

  public AnalysisEngines(AnalysisOptions options) {
    requireNonNull(options, "options is null");
    this.decoder = new ImageDecoder(options.limits());
    this.text = new TextEngine(options.threads());
    this.permits = new Semaphore(options.parallelism(), true);
  }

  /** Returns the features that there is an engine for. */
  public static Set<Feature> available() {
    return Set.of(Feature.TEXT, Feature.COLORS);
  }

  /** Loads all networks and runs each once; the first image need not wait for it then. */
  public void warmUp() {
    text.warmUp();
  }

  /**
   * Analyses an image in memory.
   *
   * @throws DecodeException if it is not an image that can be decoded; trying again never helps
   * @throws InterruptedException if interrupted while waiting for other images
   */
  public Analysis analyze(byte[] image, Set<Feature> features)
      throws DecodeException, InterruptedException {
    requireNonNull(image, "image is null");
    return analyze(() -> decoder.decode(image), features);
  }

  /**
   * Analyses an image in a file, which must not change meanwhile.
   *
   * @throws DecodeException if it is not an image that can be decoded; trying again never helps
   * @throws InterruptedException if interrupted while waiting for other images
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public Analysis analyze(Path image, Set<Feature> features)
      throws DecodeException, InterruptedException {
    requireNonNull(image, "image is null");
    return analyze(() -> decoder.decode(image), features);
  }

  private Analysis analyze(Decoding decoding, Set<Feature> features)
      throws DecodeException, InterruptedException {
    requireNonNull(features, "features is null");
    permits.acquire();
    try {
      return analyze(decoding.decode(), features);
    } finally {
      permits.release();
    }
  }

  private interface Decoding {
    DecodedImage decode() throws DecodeException;
  }

  private Analysis analyze(DecodedImage image, Set<Feature> features) {
    Set<Feature> unavailable = EnumSet.noneOf(Feature.class);
    unavailable.addAll(features);
    unavailable.removeAll(available());
    return new Analysis(
        image.width(),
        image.height(),
        image.truncated(),
        features.contains(Feature.TEXT) ? Optional.of(text.read(image)) : Optional.empty(),
        features.contains(Feature.COLORS)
            ? Optional.of(colors.colors(image.pixels()))
            : Optional.empty(),
        unavailable);
  }

  /** Waits for the images in progress and frees the networks. */
  @Override
  public void close() {
    text.close();
  }
}
