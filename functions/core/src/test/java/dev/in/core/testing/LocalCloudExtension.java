package dev.in.core.testing;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests without Quarkus the local cloud, and Google's Firestore client for it; all of them
 * share one of each.
 */
public final class LocalCloudExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalCloudExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == LocalCloudProcess.class || type == Firestore.class;
  }

  /** JUnit closes what its root store holds when all tests are done, the latest first. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getRoot().getStore(NAMESPACE);
    LocalCloudProcess cloud =
        store.computeIfAbsent(
            LocalCloudProcess.class, _ -> LocalCloudProcess.start(), LocalCloudProcess.class);
    return parameter.getParameter().getType() == LocalCloudProcess.class
        ? cloud
        : store
            .computeIfAbsent(Client.class, _ -> new Client(connect(cloud)), Client.class)
            .firestore();
  }

  private static Firestore connect(LocalCloudProcess cloud) {
    return FirestoreOptions.newBuilder()
        .setProjectId(LocalCloudProcess.PROJECT)
        .setEmulatorHost(cloud.host())
        .build()
        .getService();
  }

  private record Client(Firestore firestore) implements AutoCloseable {
    /** The client's own close would wait minutes for a call that hangs. */
    @Override
    public void close() {
      firestore.shutdownNow();
    }
  }
}
