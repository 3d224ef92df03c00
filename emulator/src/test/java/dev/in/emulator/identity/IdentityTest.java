package dev.in.emulator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.auth.oauth2.TokenVerifier;
import dev.in.emulator.Http;
import dev.in.emulator.Http.Answer;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final String SYNC = "sync@in-local.iam.gserviceaccount.com";
  private static final String AI = "ai@in-local.iam.gserviceaccount.com";
  private static final String EDGE = "https://edge.example";
  private static final String FLAVOR = "Metadata-Flavor";

  private static TestAccount publisher;
  private static LocalCloud cloud;

  @BeforeAll
  static void start() {
    publisher = TestAccount.create("publisher");
    cloud =
        LocalCloud.start(
            LocalCloudOptions.builder()
                .identities(List.of(SYNC, AI))
                .accounts(Map.of(publisher.email(), publisher.publicKey()))
                .build());
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void googlesLibraryFindsOutWhoItIsFromTheMetadataServerOfItsAccount() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WhoAmI.class.getName(),
            EDGE);
    builder.environment().remove("GOOGLE_APPLICATION_CREDENTIALS");
    builder.environment().put("CLOUDSDK_CONFIG", "/nonexistent");
    builder.environment().put("GCE_METADATA_HOST", cloud.metadataHost(SYNC));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();

    assertThat(lines.get(0)).isEqualTo("ComputeEngineCredentials");
    assertThat(lines.get(1)).isEqualTo(SYNC);
    assertThat(
            cloud
                .identity()
                .authenticator()
                .account("Bearer " + lines.get(2), "https://pubsub.googleapis.com/"))
        .isEqualTo(SYNC);
    assertThat(verify(lines.get(3)).getPayload().get("email")).isEqualTo(SYNC);
  }

  @Test
  void anIdTokenHasGooglesClaims() throws Exception {
    String token = cloud.identity().idToken(SYNC, EDGE);
    JsonNode claims =
        new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    assertThat(claims.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "aud", "azp", "email", "email_verified", "exp", "iat", "iss", "sub");
    assertThat(claims.path("iss").asText()).isEqualTo(cloud.endpoint().toString());
    assertThat(claims.path("aud").asText()).isEqualTo(EDGE);
    assertThat(claims.path("email").asText()).isEqualTo(SYNC);
    assertThat(claims.path("email_verified").isBoolean()).isTrue();
    assertThat(claims.path("email_verified").asBoolean()).isTrue();
    assertThat(claims.path("sub").asText()).matches("1\\d{20}");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3_600);
    assertThat(Instant.ofEpochSecond(claims.path("exp").asLong())).isAfter(Instant.now());
    verify(token);
  }

  @Test
  void aTokenThatWasTamperedWithDoesNotVerify() {
    String[] parts = cloud.identity().idToken(SYNC, EDGE).split("\\.");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace(SYNC, AI)
                        .getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];
    assertThatThrownBy(() -> verify(forged))
        .isInstanceOf(TokenVerifier.VerificationException.class);
  }

  @Test
  void eachIdentityHasAMetadataServerOfItsOwn() {
    assertThat(email(cloud.metadataHost(SYNC))).isEqualTo(SYNC);
    assertThat(email(cloud.metadataHost(AI))).isEqualTo(AI);
    assertThat(email(cloud.host())).isEqualTo("default@in-local.iam.gserviceaccount.com");
    assertThatThrownBy(() -> cloud.metadataHost("nobody@example.com"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMetadataServerAnswersOnlyWhoShowsThatItMeansIt() {
    URI email = metadata(cloud.host(), "instance/service-accounts/default/email");
    assertThat(Http.get(email).status()).isEqualTo(403);
    Answer answer = Http.get(email, FLAVOR, "Google");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(FLAVOR)).isEqualTo("Google");
    assertThat(Http.get(cloud.endpoint().resolve("/")).header(FLAVOR)).isEqualTo("Google");
  }

  @Test
  void theMetadataServerKnowsTheProjectAndNothingThatIsNotThere() {
    assertThat(ask("project/project-id").text()).isEqualTo("in-local");
    assertThat(ask("project/numeric-project-id").text()).matches("\\d{12}");
    assertThat(ask("universe/universe-domain").text()).isEqualTo("googleapis.com");
    assertThat(ask("instance/attributes/ssh-keys").status()).isEqualTo(404);
    assertThat(ask("instance/service-accounts/" + SYNC + "/email").status()).isEqualTo(404);
    assertThat(ask("instance/service-accounts/default/identity").status()).isEqualTo(400);
    JsonNode account = ask("instance/service-accounts/default/?recursive=true").json();
    assertThat(account.path("email").asText())
        .isEqualTo("default@in-local.iam.gserviceaccount.com");
  }

  @Test
  void anAccountsKeyIsTheOneRegisteredForIt() {
    assertThat(cloud.identity().publicKey(publisher.email())).contains(publisher.publicKey());
    assertThat(cloud.identity().publicKey("nobody@example.com")).isEmpty();
  }

  private static JsonWebSignature verify(String token) throws TokenVerifier.VerificationException {
    JsonNode discovery =
        Http.get(cloud.endpoint().resolve("/.well-known/openid-configuration")).json();
    return TokenVerifier.newBuilder()
        .setIssuer(discovery.path("issuer").asText())
        .setCertificatesLocation(discovery.path("jwks_uri").asText())
        .setAudience(EDGE)
        .build()
        .verify(token);
  }

  private static String email(String host) {
    return Http.get(metadata(host, "instance/service-accounts/default/email"), FLAVOR, "Google")
        .text();
  }

  private static Answer ask(String path) {
    return Http.get(metadata(cloud.host(), path), FLAVOR, "Google");
  }

  private static URI metadata(String host, String path) {
    return URI.create("http://" + host + "/computeMetadata/v1/" + path);
  }
}
