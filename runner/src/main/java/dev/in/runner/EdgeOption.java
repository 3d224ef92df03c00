package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.status.StackInfo;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which edge a command is about. */
final class EdgeOption {
  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "The edge's address (default: that of the stack that `in up` keeps running).")
  private URI edge;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFile;

  URI address() throws StackFailure {
    return edge != null ? edge : StackInfo.read(Installation.find().root().resolve(upFile)).edge();
  }
}
