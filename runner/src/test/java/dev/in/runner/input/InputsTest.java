package dev.in.runner.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "a.jpg,image/jpeg",
    "a.JPEG,image/jpeg",
    "a.png,image/png",
    "a.gif,image/gif",
    "a.webp,image/webp",
    "a.tif,image/tiff",
    "a.tiff,image/tiff",
    "a.bmp,image/bmp",
    "a.heic,image/heic",
    "a.heif,image/heic",
    "a.avif,image/avif",
    // Named by the user, so submitted: download looks at the bytes.
    "notes.txt,image/jpeg",
    "no-extension,image/jpeg",
    ".hidden,image/jpeg"
  })
  void aFilesExtensionGivesItsContentType(String name, String contentType) throws IOException {
    Path file = write(name);

    assertThat(of(file.toString()))
        .containsExactly(new Input.ImageFile(file.toString(), file, contentType, 3));
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.com/a", "https://example.com/a.jpg", "HTTPS://EXAMPLE.COM"})
  void anAddressIsTakenAsItIs(String url) {
    assertThat(of(url)).containsExactly(new Input.ImageUrl(url));
  }

  @Test
  void aMissingFileIsAnInputOfItsOwn() {
    String name = folder.resolve("none.jpg").toString();

    assertThat(of(name))
        .containsExactly(new Input.Unusable(name, "input_missing", "There is no such file."));
  }

  @Test
  void anEmptyFileIsAnInputOfItsOwn() throws IOException {
    String name = Files.createFile(folder.resolve("empty.jpg")).toString();

    assertThat(of(name))
        .containsExactly(new Input.Unusable(name, "input_empty", "This file is empty."));
  }

  @Test
  void anInvalidPathIsMissing() {
    assertThat(of("a\0b"))
        .containsExactly(
            new Input.Unusable(
                "a\0b", "input_missing", "This is neither a file's name nor an http(s) address."));
  }

  @Test
  void aFolderIsWalkedInTheOrderOfNames() throws IOException {
    for (String name : List.of("b.png", "a.jpg", "c/y.gif", "c/x.gif", "d.bmp")) {
      write(name);
    }

    assertThat(of(folder.toString()))
        .extracting(Input::name)
        .containsExactly(
            folder + "/a.jpg",
            folder + "/b.png",
            folder + "/c/x.gif",
            folder + "/c/y.gif",
            folder + "/d.bmp");
    assertThat(notes).isEmpty();
  }

  @Test
  void aFoldersClosingSlashIsNotDoubled() throws IOException {
    write("a.jpg");

    assertThat(of(folder + "/")).extracting(Input::name).containsExactly(folder + "/a.jpg");
  }

  @Test
  void aFoldersHiddenAndOtherFilesAreSkippedWithANote() throws IOException {
    for (String name : List.of(".a.jpg", ".git/b.jpg", "c.txt", "d.jpg")) {
      write(name);
    }

    assertThat(of(folder.toString())).extracting(Input::name).containsExactly(folder + "/d.jpg");
    assertThat(notes)
        .containsExactly(
            folder + "/.a.jpg is hidden: skipped",
            folder + "/.git is hidden: skipped",
            folder + "/c.txt is not an image by its extension: skipped");
  }

  @Test
  void linksInFoldersAreNotFollowed(@TempDir Path elsewhere) throws IOException {
    Path image = Files.writeString(elsewhere.resolve("private.jpg"), "abc");
    Files.createSymbolicLink(folder.resolve("again"), folder);
    Files.createSymbolicLink(folder.resolve("b.jpg"), image);

    assertThat(of(folder.toString())).isEmpty();
    assertThat(notes)
        .containsExactly(
            folder + "/again is a link: skipped", folder + "/b.jpg is a link: skipped");
  }

  /** Whoever names a link means it. */
  @Test
  void aLinkThatIsNamedIsFollowed(@TempDir Path elsewhere) throws IOException {
    Path image = Files.writeString(elsewhere.resolve("c.jpg"), "abc");
    Path link = Files.createSymbolicLink(folder.resolve("c.jpg"), image);

    assertThat(of(link.toString())).extracting(Input::name).containsExactly(link.toString());
  }

  @Test
  void argumentsKeepTheirOrder() throws IOException {
    String b = write("b.jpg").toString();
    String a = write("a.jpg").toString();

    assertThat(of(b, "https://example.com", a, b))
        .extracting(Input::name)
        .containsExactly(b, "https://example.com", a, b);
  }

  private List<Input> of(String... arguments) {
    return Inputs.of(List.of(arguments), notes::add);
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[] {1, 2, 3});
  }
}
