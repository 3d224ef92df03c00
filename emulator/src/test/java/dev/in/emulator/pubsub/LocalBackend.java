package dev.in.emulator.pubsub;

import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;

/** iN's own local cloud, in this process. */
record LocalBackend(LocalCloud cloud) implements PubSubBackend {

  static LocalBackend start() {
    return new LocalBackend(LocalCloud.start(LocalCloudOptions.defaults()));
  }

  @Override
  public Features features() {
    return new Features(true, true, true, true, true);
  }

  @Override
  public String host() {
    return cloud.host();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
