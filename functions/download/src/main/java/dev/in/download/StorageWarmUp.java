package dev.in.download;

import static java.util.Objects.requireNonNull;

import com.google.cloud.storage.Storage;
import dev.in.core.startup.WarmUp.Warm;
import dev.in.core.wiring.CoreConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** Cloud Storage's first answer, before a task waits for it: that there is no such object. */
@ApplicationScoped
public class StorageWarmUp implements Warm {
  private final Storage storage;
  private final CoreConfig core;

  public StorageWarmUp(Storage storage, CoreConfig core) {
    this.storage = requireNonNull(storage, "storage is null");
    this.core = requireNonNull(core, "core is null");
  }

  @Override
  public String name() {
    return "Cloud Storage";
  }

  @Override
  public void warm() {
    storage.get(core.imagesBucket(), "uploads/warm-up");
  }
}
