package dev.in.runner.terminal;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The terminal that this process may have. Java offers no size, and of a terminal only whether all
 * of its streams are one; so {@code stty} and {@code test} are run.
 */
public final class Terminal {
  private static final File CONTROLLING = new File("/dev/tty");
  private static final int ANSWER_SECONDS = 2;

  private final Map<String, String> environment;

  /**
   * @param environment this process's
   */
  public Terminal(Map<String, String> environment) {
    this.environment = Map.copyOf(requireNonNull(environment, "environment is null"));
  }

  /** Whether standard error is a terminal on which the cursor can be moved. */
  public boolean canRedraw() {
    String kind = environment.getOrDefault("TERM", "");
    return !kind.isEmpty() && !kind.equals("dumb") && isTerminal(2) && size().isPresent();
  }

  /** Whether there may be colours (https://no-color.org). */
  public boolean hasColors() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Whether standard output is a terminal. */
  public boolean showsOutput() {
    return isTerminal(1);
  }

  /** How wide standard output is; empty where it may be of any width. */
  public Optional<Integer> outputColumns() {
    Optional<Integer> columns = number(environment.getOrDefault("COLUMNS", ""));
    return columns.isPresent() || !showsOutput() ? columns : size().map(Size::columns);
  }

  /** The size at this moment; empty where there is no terminal. */
  public Optional<Size> size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(CONTROLLING)
              .redirectError(Redirect.DISCARD)
              .start();
      String[] words =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      return words.length == 2
          ? number(words[0]).flatMap(rows -> number(words[1]).map(width -> new Size(rows, width)))
          : Optional.empty();
    } catch (IOException e) {
      // There is no terminal, or no stty.
      return Optional.empty();
    }
  }

  private static boolean isTerminal(int descriptor) {
    try {
      Process test =
          new ProcessBuilder("test", "-t", Integer.toString(descriptor))
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      return test.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Some terminals report 0 for an unknown size. */
  private static Optional<Integer> number(String text) {
    return text.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /**
   * A terminal's size.
   *
   * @param rows at least 1
   * @param columns at least 1
   */
  public record Size(int rows, int columns) {}
}
