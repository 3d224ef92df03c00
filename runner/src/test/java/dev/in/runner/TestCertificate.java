package dev.in.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key and self-signed certificate for 127.0.0.1, made anew by the JDK's keytool. */
record TestCertificate(KeyStore keys) {
  private static final String ALIAS = "host";
  private static final String PASSWORD = "changeit";

  /**
   * @param folder where the keys may lie; they go when it does
   */
  static TestCertificate make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("foreign-host.p12");
    keytool(store);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return new TestCertificate(keys);
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool wrote no key store", e);
    }
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> key =
        List.of("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=iN test");
    List<String> use = List.of("-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true", "-validity", "2");
    List<String> into =
        List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD);
    List<String> command = new java.util.ArrayList<>(List.of(tool));
    List.of(key, use, into).forEach(command::addAll);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  /** The certificate for a trust store. */
  Path writePem(Path file) throws IOException {
    try {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(keys.getCertificate(ALIAS).getEncoded());
      return Files.writeString(
          file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SSLContext serverContext() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
