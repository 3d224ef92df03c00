package dev.in.emulator;

import dev.in.emulator.firestore.FirestoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of {@link Main}. */
record MainOptions(LocalCloudOptions cloud, boolean untilStdinCloses) {
  static final String USAGE =
      """
      Options:
        --port N                  the port on 127.0.0.1 (default: a free one)
        --data DIR                keep state there across restarts
        --project ID              default in-local
        --bucket NAME             default in-local-images
        --time-scale X            divide Pub/Sub's configured durations, for tests
        --key EMAIL=FILE          a service account and its public key (PEM), repeatable
        --publisher EMAIL=TOPIC   a topic that a --key account may publish to, repeatable
        --identity EMAIL          a metadata server for that account, repeatable
        --ttl COLLECTION=FIELD    documents that end at that time are deleted, repeatable
        --until-stdin-closes      end when standard input does\
      """;

  private static final String FLAG = "--until-stdin-closes";

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  static MainOptions parse(String... args) {
    LocalCloudOptions.Builder cloud = LocalCloudOptions.builder();
    Map<String, RSAPublicKey> keys = new HashMap<>();
    Map<String, Set<String>> publishers = new HashMap<>();
    List<String> identities = new ArrayList<>();
    Map<String, String> ttlFields = new HashMap<>();
    boolean untilStdinCloses = false;
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals(FLAG)) {
        untilStdinCloses = true;
        continue;
      }
      if (++i == args.length) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      String value = args[i];
      switch (option) {
        case "--port" -> cloud.port(Integer.parseInt(value));
        case "--data" -> cloud.dataDirectory(Path.of(value));
        case "--project" -> cloud.project(value);
        case "--bucket" -> cloud.bucket(value);
        case "--time-scale" -> cloud.timeScale(Double.parseDouble(value));
        case "--key" -> keys.put(left(option, value), publicKey(Path.of(right(value))));
        case "--publisher" ->
            publishers
                .computeIfAbsent(left(option, value), unused -> new HashSet<>())
                .add(right(value));
        case "--identity" -> identities.add(value);
        case "--ttl" -> ttlFields.put(left(option, value), right(value));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new MainOptions(
        cloud
            .accounts(keys)
            .publishers(publishers)
            .identities(identities)
            .firestore(FirestoreSettings.withTtlFields(ttlFields))
            .build(),
        untilStdinCloses);
  }

  private static String left(String option, String pair) {
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(option + " takes NAME=..., not " + pair);
    }
    return pair.substring(0, equals);
  }

  private static String right(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }

  /** A key as {@code openssl rsa -pubout} writes it. */
  private static RSAPublicKey publicKey(Path pem) {
    try {
      String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + pem, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(pem + " holds no RSA public key", e);
    }
  }
}
