package dev.in.download;

import static java.util.Objects.requireNonNull;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.wiring.CoreConfig;
import dev.in.events.FailureCode;
import dev.in.events.ImageInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.Channels;

/** Images that users have uploaded to the images bucket by a signed URL. */
@ApplicationScoped
class UploadSource {
  private static final int CHUNK_BYTES = 2 << 20;

  private final Storage storage;
  private final CoreConfig core;
  private final DownloadConfig config;

  UploadSource(Storage storage, CoreConfig core, DownloadConfig config) {
    this.storage = requireNonNull(storage, "storage is null");
    this.core = requireNonNull(core, "core is null");
    this.config = requireNonNull(config, "config is null");
  }

  DownloadOutput open(ImageInput.Upload upload, String owner, ImageSink sink) throws IOException {
    Blob blob = storage.get(core.imagesBucket(), upload.objectName(owner));
    if (blob == null) {
      throw new PermanentFailure(
          FailureCode.SOURCE_NOT_FOUND, "There is no upload of that id, or not any more.");
    }
    if (blob.getSize() > config.maxSize().asLongValue()) {
      throw SizeLimit.tooLarge(config.maxSize().asLongValue());
    }
    try (ReadChannel channel = blob.reader()) {
      channel.setChunkSize(CHUNK_BYTES);
      return sink.take(Channels.newInputStream(channel));
    }
  }
}
