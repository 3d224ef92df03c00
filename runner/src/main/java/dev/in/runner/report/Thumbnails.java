package dev.in.runner.report;

import java.io.IOException;
import java.util.Optional;

/** The thumbnails of a report's images, in their order. */
@FunctionalInterface
interface Thumbnails {

  /** The next image's; empty where none could be made. */
  Optional<Thumbnail> next() throws IOException, InterruptedException;
}
