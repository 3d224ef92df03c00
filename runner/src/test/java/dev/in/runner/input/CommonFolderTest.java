package dev.in.runner.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonFolderTest {
  @ParameterizedTest
  @CsvSource({
    "samples/a.jpg, samples/b.jpg, samples/",
    "a/b/c.jpg, a/bc/d.jpg, a/",
    "a.jpg, b.jpg, ''",
    "/a.jpg, /b.jpg, /",
    "samples/a.jpg, a.jpg, ''",
    "same/a.jpg, same/a.jpg, same/",
    "https://host/x/a.jpg, https://host/x/b.jpg, https://host/x/",
    "https://host/a.jpg, https://other/a.jpg, https://"
  })
  void theCommonFolderEndsWithASlash(String first, String second, String expected) {
    CommonFolder folder = CommonFolder.of(List.of(first, second));

    assertThat(folder.path()).isEqualTo(expected);
    assertThat(folder.path() + folder.relative(second)).isEqualTo(second);
  }

  @Test
  void oneInputKeepsItsName() {
    assertThat(CommonFolder.of(List.of("samples/a.jpg")).path()).isEmpty();
    assertThat(CommonFolder.of(List.of()).path()).isEmpty();
  }
}
