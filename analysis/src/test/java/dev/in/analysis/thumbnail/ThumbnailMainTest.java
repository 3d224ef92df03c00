package dev.in.analysis.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThumbnailMainTest {
  @Test
  void answersInTheOrderOfTheImages() throws Exception {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    DataOutputStream in = new DataOutputStream(images);
    for (int i = 0; i < 20; i++) {
      byte[] image = i % 2 == 0 ? png(101 + i) : new byte[i];
      in.writeInt(image.length);
      in.write(image);
    }
    ByteArrayOutputStream answers = new ByteArrayOutputStream();

    new ThumbnailMain(new Thumbnailer(100, 50_000))
        .run(new ByteArrayInputStream(images.toByteArray()), answers);

    DataInputStream out = new DataInputStream(new ByteArrayInputStream(answers.toByteArray()));
    for (int i = 0; i < 20; i++) {
      if (i % 2 == 0) {
        assertThat(out.readBoolean()).isTrue();
        assertThat(out.readUTF()).isEqualTo("image/jpeg");
        assertThat(out.readInt()).isEqualTo(1);
        byte[] thumbnail = new byte[out.readInt()];
        out.readFully(thumbnail);
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(thumbnail));
        assertThat(shown.getHeight()).isEqualTo(Math.round(100.0 * 50 / (101 + i)));
      } else {
        assertThat(out.readBoolean()).isFalse();
        assertThat(out.readUTF()).isNotBlank();
      }
    }
    assertThat(out.read()).isEqualTo(-1);
  }

  @Test
  void anImageThatIsCutShortEndsItWithoutAnAnswer() throws Exception {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();

    new ThumbnailMain(new Thumbnailer(100, 50_000))
        .run(new ByteArrayInputStream(new byte[] {0, 0, 0, 9, 1, 2}), answers);

    assertThat(answers.size()).isZero();
  }

  private static byte[] png(int width) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(
            ImageIO.write(new BufferedImage(width, 50, BufferedImage.TYPE_INT_RGB), "png", bytes))
        .isTrue();
    return bytes.toByteArray();
  }
}
