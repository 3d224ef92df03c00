package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ServiceAccountKeyTest {
  private final ServiceAccountKey key = ServiceAccountKey.generate("a@b");

  @Test
  void theJsonHasWhatTheEdgeReads() throws Exception {
    JsonNode json = new ObjectMapper().readTree(key.json());

    assertThat(json.path("client_email").asText()).isEqualTo("a@b");
    assertThat(json.path("private_key_id").asText()).matches("[0-9a-f]{40}");
  }

  @Test
  void whatThePrivateKeySignsThePublicOneVerifies() throws Exception {
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    String privatePem = new ObjectMapper().readTree(key.json()).path("private_key").asText();
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(rsa.generatePrivate(new PKCS8EncodedKeySpec(der(privatePem))));
    signer.update(new byte[] {1, 2, 3});

    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(rsa.generatePublic(new X509EncodedKeySpec(der(key.publicKeyPem()))));
    verifier.update(new byte[] {1, 2, 3});
    assertThat(verifier.verify(signer.sign())).isTrue();
  }

  @Test
  void aKeyIsNeverPrinted() {
    assertThat(key.toString()).isEqualTo("key of a@b");
  }

  private static byte[] der(String pem) {
    return Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
  }
}
