package dev.in.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.events.Event;
import dev.in.events.Stage;
import dev.in.json.StrictJson;
import org.junit.jupiter.api.Test;

/** What events say of a stage's output, where the output has everything that it can have. */
class AnnouncementTest {

  @Test
  void ofADownload() {
    assertThat(announcementOf(Stage.DOWNLOAD))
        .hasToString(
            """
            {"object":{"bucket":"in-local-images","name":"tasks/full/1/original",\
            "generation":1125899906842624},"contentType":"image/jpeg","sizeBytes":48211,\
            "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}\
            """);
  }

  @Test
  void ofMetadataWithoutPlaceAndSettings() {
    assertThat(announcementOf(Stage.METADATA))
        .hasToString(
            """
            {"width":640,"height":480,"orientation":6,"capturedAt":"2024-05-01T12:00:00+02:00",\
            "cameraMake":"Canon","cameraModel":"EOS R5","lens":"RF 24-70",\
            "keywords":["sea","M\u00f6we"]}\
            """);
  }

  @Test
  void ofAnAnalysisWithoutTheTextAndPlaces() {
    assertThat(announcementOf(Stage.AI))
        .hasToString(
            """
            {"provider":"vision",\
            "features":["text","colors","labels","objects","faces","safeSearch","barcodes"],\
            "labels":[{"name":"Beach","confidence":0.875}],\
            "objects":[{"name":"Boat","confidence":0.8125}],"textLength":17,\
            "colors":["#1e90ff"],"skipped":"Cloud Vision takes no image/heic."}\
            """);
  }

  private static JsonNode announcementOf(Stage stage) {
    Event announcement = FullOutputs.of(stage).announcement();
    return StrictJson.MAPPER.valueToTree(announcement);
  }
}
