package dev.in.emulator.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.emulator.Http;
import dev.in.emulator.Http.Answer;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One document by REST, as an operator's curl reads and writes it. */
class FirestoreRestTest {
  private static final String OFF = "{\"fields\":{\"analysis\":{\"booleanValue\":false}}}";

  private static LocalCloud cloud;
  private static FirestoreBackend backend;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    backend = FirestoreBackend.at("localhost:" + cloud.port(), new FirestoreBackend.Features(true));
  }

  @AfterAll
  static void stop() throws Exception {
    backend.firestore().close();
    cloud.close();
  }

  @BeforeEach
  void nothingIsThere() throws Exception {
    backend.firestore().document("switches/current").delete().get();
    cloud.counters().reset();
  }

  @Test
  void whatIsPatchedIsWhatTheClientReads() throws Exception {
    Answer answer = Http.send("PATCH", uri("current?updateMask.fieldPaths=analysis"), OFF);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/fields/analysis/booleanValue").asBoolean(true)).isFalse();
    assertThat(backend.firestore().document("switches/current").get().get().getData())
        .isEqualTo(Map.of("analysis", false));
  }

  @Test
  void aMaskLeavesTheOtherFieldsAlone() throws Exception {
    backend.firestore().document("switches/current").set(Map.of("callbacks", false)).get();

    Http.send("PATCH", uri("current?updateMask.fieldPaths=analysis"), OFF);

    assertThat(backend.firestore().document("switches/current").get().get().getData())
        .isEqualTo(Map.of("analysis", false, "callbacks", false));
  }

  @Test
  void whatTheClientWritesIsWhatGetAnswers() throws Exception {
    backend.firestore().document("switches/current").set(Map.of("callbacks", true)).get();

    Answer answer = Http.get(uri("current"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("name").asText())
        .isEqualTo("projects/in-local/databases/(default)/documents/switches/current");
    assertThat(answer.json().path("fields").toString())
        .isEqualTo("{\"callbacks\":{\"booleanValue\":true}}");
  }

  @Test
  void whatIsDeletedIsNotFound() {
    Http.send("PATCH", uri("current"), OFF);

    assertThat(Http.send("DELETE", uri("current"), "").status()).isEqualTo(200);

    Answer answer = Http.get(uri("current"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().at("/error/status").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aPreconditionHolds() {
    Answer answer = Http.send("PATCH", uri("current?currentDocument.exists=true"), OFF);

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void aBodyThatIsNoDocumentIsRefused() {
    assertThat(Http.send("PATCH", uri("current"), "{\"fields\":17}").status()).isEqualTo(400);
  }

  @Test
  void whatIsNotCoveredSaysSo() {
    assertThat(Http.get(uri("current?readTime=2026-01-01T00:00:00Z")).status()).isEqualTo(501);
    assertThat(Http.send("POST", uri("current"), OFF).status()).isEqualTo(501);
  }

  @Test
  void itIsCountedLikeAnyOtherCall() {
    Http.get(uri("current"));

    assertThat(cloud.counters().get("firestore.projects.databases.documents.get")).isEqualTo(1);
    assertThat(cloud.counters().get("firestore.documents.read/switches")).isEqualTo(1);
  }

  private static URI uri(String document) {
    return URI.create(
        cloud.endpoint()
            + "/v1/projects/in-local/databases/(default)/documents/switches/"
            + document);
  }
}
