package dev.in.core.testing;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;

/** A configuration mapping as an environment gives it, and nothing else. */
public final class Settings {
  private Settings() {}

  /**
   * @throws io.smallrye.config.ConfigValidationException if it does not make a whole one
   */
  public static <T> T of(Class<T> mapping, Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new EnvConfigSource(environment, 300))
        .withMapping(mapping)
        .build()
        .getConfigMapping(mapping);
  }

  /** All keys that a mapping reads. */
  public static Set<String> keys(Class<?> mapping) {
    return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(mapping)).keySet();
  }
}
