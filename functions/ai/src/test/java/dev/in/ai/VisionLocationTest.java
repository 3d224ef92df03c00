package dev.in.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.vision.v1.AnnotateImageRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisionLocationTest {
  private static final AnnotateImageRequest IMAGE = AnnotateImageRequest.getDefaultInstance();

  @Test
  void visionIsAskedWhereTheEnvironmentWantsIt() {
    assertThat(VisionCalls.batch(IMAGE, Optional.of("projects/in/locations/eu")))
        .satisfies(
            batch -> {
              assertThat(batch.getParent()).isEqualTo("projects/in/locations/eu");
              assertThat(batch.getRequestsList()).containsExactly(IMAGE);
            });
  }

  @Test
  void otherwiseItChoosesItself() {
    assertThat(VisionCalls.batch(IMAGE, Optional.empty()).getParent()).isEmpty();
  }
}
