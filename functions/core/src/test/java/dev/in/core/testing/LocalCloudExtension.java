package dev.in.core.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests without Quarkus the local cloud; all of them share one. */
public final class LocalCloudExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalCloudExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalCloudProcess.class;
  }

  /** JUnit closes what its root store holds when all tests are done. */
  @Override
  public LocalCloudProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            LocalCloudProcess.class, _ -> LocalCloudProcess.start(), LocalCloudProcess.class);
  }
}
