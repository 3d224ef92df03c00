package dev.in.runner.live;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal as far as the painter uses one; anything else is an error. */
final class VirtualScreen {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  PrintStream out() {
    return out;
  }

  /** All that was ever written, scrolled off or not; the cursor's empty last line left out. */
  synchronized List<String> lines() {
    String text = written.toString(StandardCharsets.UTF_8);
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    for (int at = 0; at < text.length(); ) {
      Matcher sequence = SEQUENCE.matcher(text).region(at, text.length());
      if (text.charAt(at) == '\n') {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
        at++;
      } else if (text.charAt(at) == '\r') {
        column = 0;
        at++;
      } else if (sequence.lookingAt()) {
        switch (sequence.group(2)) {
          case "A" -> row -= Integer.parseInt(sequence.group(1));
          case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
          case "J" -> {
            lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            lines.subList(row + 1, lines.size()).clear();
          }
          default -> throw new AssertionError("unknown: " + sequence.group());
        }
        at = sequence.end();
      } else {
        StringBuilder line = lines.get(row);
        if (column < line.length()) {
          line.setCharAt(column, text.charAt(at));
        } else {
          line.append(text.charAt(at));
        }
        column++;
        at++;
      }
    }
    return lines.subList(0, lines.size() - 1).stream().map(StringBuilder::toString).toList();
  }
}
