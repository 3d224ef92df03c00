package dev.in.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.bench.MetadataReader.Reading;
import dev.in.result.Description;
import dev.in.result.Exposure;
import dev.in.result.Gps;
import dev.in.result.Metadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Reading READING =
      new Reading(
          640,
          480,
          new Metadata(
              1,
              Optional.empty(),
              Optional.of("2024-02-29T13:14:15.250Z"),
              Optional.of("Acme Co"),
              Optional.empty(),
              Optional.empty(),
              Optional.of(
                  new Exposure(
                      Optional.of(0.004), Optional.empty(), Optional.of(400), Optional.empty())),
              Optional.of(
                  new Gps(
                      48.8583333,
                      2.2945,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of("WGS-84"))),
              List.of("sea", "boat"),
              Optional.of(
                  new Description(
                      Optional.of("Low tide"),
                      Optional.empty(),
                      List.of("Ada", "Jon"),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty())),
              Optional.empty(),
              false));

  private final Agreement agreement = new Agreement();

  @Test
  void valuesInExiftoolsFormsAreTheSame() throws Exception {
    add(
        """
        {"ImageWidth": 640, "ImageHeight": 480, "Make": "Acme  Co ",
         "DateTimeOriginal": "2024:02:29 13:14:15", "SubSecTimeOriginal": 250,
         "OffsetTimeOriginal": "+00:00", "ExposureTime": 0.00400000019, "ISO": 400,
         "GPSLatitude": 48.85833333333, "GPSLongitude": 2.2945, "Keywords": "sea",
         "Subject": ["boat", "sea"], "Title": "Low tide", "Artist": "Ada; Jon"}
        """);

    assertThat(counts())
        .allSatisfy((field, counts) -> assertThat(counts.subList(1, 4)).as(field).containsOnly(0));
    assertThat(counts().entrySet().stream().filter(field -> field.getValue().getFirst() == 1))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "width",
            "height",
            "orientation",
            "cameraMake",
            "capturedAt",
            "exposure.timeSeconds",
            "exposure.iso",
            "gps.latitude",
            "gps.longitude",
            "keywords",
            "description.title",
            "description.creators");
  }

  @Test
  void whatDiffersIsCountedByItsKindAndShown() throws Exception {
    add(
        """
        {"ImageWidth": 641, "ImageHeight": 480, "Orientation": 6, "Model": "Acme 1",
         "ObjectName": "High tide", "Title": "Low tide"}
        """);

    assertThat(counts().get("width")).containsExactly(0, 1, 0, 0);
    assertThat(counts().get("orientation")).containsExactly(0, 1, 0, 0);
    assertThat(counts().get("cameraMake")).containsExactly(0, 0, 1, 0);
    assertThat(counts().get("cameraModel")).containsExactly(0, 0, 0, 1);
    assertThat(counts().get("description.title")).containsExactly(1, 0, 0, 0);
    assertThat(agreement.results().getFirst().get("examples"))
        .isEqualTo(List.of("a.jpg: 640.000, exiftool 641.000"));
  }

  private void add(String exiftool) throws Exception {
    agreement.add("a.jpg", READING, new ObjectMapper().readTree(exiftool));
  }

  /** Same, different, only ours, only exiftool's. */
  private Map<String, List<Integer>> counts() {
    Map<String, List<Integer>> counts = new HashMap<>();
    for (Map<String, Object> result : agreement.results()) {
      counts.put(
          (String) result.get("field"),
          List.of(
              (Integer) result.get("same"),
              (Integer) result.get("different"),
              (Integer) result.get("onlyOurs"),
              (Integer) result.get("onlyExiftool")));
    }
    return counts;
  }
}
