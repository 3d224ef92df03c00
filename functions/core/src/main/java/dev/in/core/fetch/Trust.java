package dev.in.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates a fetch believes: the Java runtime's roots, and a few more for tests. */
final class Trust {
  private Trust() {}

  static SSLContext context(List<X509Certificate> alsoTrusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(alsoTrusted), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the trusted certificates cannot be set up", e);
    }
  }

  /**
   * @throws IllegalArgumentException if there is no such file or no certificate in it
   */
  static List<X509Certificate> readPem(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) each);
      }
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no certificate in " + file);
      }
      return certificates;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a file of PEM certificates: " + file, e);
    }
  }

  private static TrustManager[] trustManagers(List<X509Certificate> alsoTrusted)
      throws GeneralSecurityException, IOException {
    KeyStore roots = null;
    if (!alsoTrusted.isEmpty()) {
      roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      List<X509Certificate> all = new ArrayList<>(defaultRoots());
      all.addAll(alsoTrusted);
      for (int i = 0; i < all.size(); i++) {
        roots.setCertificateEntry("root-" + i, all.get(i));
      }
    }
    return factory(roots).getTrustManagers();
  }

  private static List<X509Certificate> defaultRoots() throws GeneralSecurityException {
    List<X509Certificate> roots = new ArrayList<>();
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        roots.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return roots;
  }

  /**
   * @param roots null for the runtime's own
   */
  private static TrustManagerFactory factory(KeyStore roots) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory;
  }
}
