package dev.in.download;

import dev.in.core.stage.DownloadOutput;
import java.io.IOException;
import java.io.InputStream;

/** Takes an image's bytes as they come. */
interface ImageSink {

  /**
   * @throws IOException the stream's own, or that of the place they go to
   */
  DownloadOutput take(InputStream bytes) throws IOException;
}
