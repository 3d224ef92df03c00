package dev.in.runner;

import dev.in.runner.demo.DemoHost;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.Stack;
import dev.in.runner.stack.StackOptions;
import dev.in.runner.stack.UpFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a newcomer what iN does. */
@Command(
    name = "demo",
    description = {
      "Walk through submit, webhook, failure, redrive, search and statistics on a local cloud of"
          + " its own, with the commands shown.",
      "Exit code: 0, or 3: a step did not end as it should."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String IMAGE = "samples/harbour.jpg";

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFileName;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Path root = Installation.find().root();
    Path upFilePath = root.resolve(upFileName);
    Path image = root.resolve(IMAGE);
    Console console = new PlainConsole(System.err::println, false);
    try (DemoHost host = DemoHost.start(image);
        UpFile upFile = UpFile.claim(upFilePath);
        StackSession session =
            StackSession.start(StackOptions.defaults().withSettings(host.settings()), console)) {
      Stack stack = session.stack();
      Runtime.getRuntime().addShutdownHook(new Thread(upFile::close, "remove-up-file"));
      stack.onChange(() -> upFile.write(stack));
      stack.startSideConsumers();
      new DemoWalk(stack.edge(), host, upFilePath, image, System.out).run();
      return ExitCode.ALL_COMPLETED;
    } catch (IOException e) {
      throw new StackFailure("the demo cannot go on: " + e, e);
    }
  }
}
