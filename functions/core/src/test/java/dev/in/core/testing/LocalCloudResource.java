package dev.in.core.testing;

import dev.in.topology.Topology;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * The local cloud with iN's topics under a {@code @QuarkusTest}. A test gets at it with a field of
 * type {@link LocalCloudProcess} that has {@link LocalCloud}.
 */
public final class LocalCloudResource implements QuarkusTestResourceLifecycleManager {
  private LocalCloudProcess cloud;

  @Override
  public Map<String, String> start() {
    cloud = LocalCloudProcess.start();
    Topology.load().topics().keySet().forEach(cloud::createTopic);
    return cloud.environment();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        cloud, new TestInjector.AnnotatedAndMatchesType(LocalCloud.class, LocalCloudProcess.class));
  }

  @Override
  public void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }
}
