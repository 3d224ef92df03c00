package dev.in.runner.report;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Stands in for analysis/: answers with the image itself, refuses an empty one, dies of a 1. */
final class TestingThumbnailer {
  private TestingThumbnailer() {}

  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    try {
      while (true) {
        byte[] image = new byte[in.readInt()];
        in.readFully(image);
        if (image.length == 1) {
          Runtime.getRuntime().halt(134);
        }
        out.writeBoolean(image.length > 0);
        if (image.length == 0) {
          out.writeUTF("an empty image");
        } else {
          out.writeUTF("image/png");
          out.writeInt(3);
          out.writeInt(image.length);
          out.write(image);
        }
        out.flush();
      }
    } catch (EOFException end) {
      // That was all of them.
    }
  }
}
