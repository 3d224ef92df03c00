package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an environment's file of variables says, as far as it is asked for before Terraform reads
 * it: strings that stand on a line of their own.
 *
 * @param file {@code terraform/environments/ENVIRONMENT.tfvars}
 */
record Variables(Path file, String text) {
  /**
   * @param project whose environment it has to be: what is named twice is not deployed to another
   *     one by mistake
   */
  static Variables read(Path root, String environment, String project) throws StackFailure {
    Variables variables = read(root, environment);
    if (!variables.string("project_id").equals(project)) {
      throw new StackFailure(
          "%s is for project %s, and not for %s"
              .formatted(variables.file(), variables.string("project_id"), project));
    }
    return variables;
  }

  private static Variables read(Path root, String environment) throws StackFailure {
    Path file = root.resolve("terraform/environments/%s.tfvars".formatted(environment));
    try {
      return new Variables(file, Files.readString(file));
    } catch (IOException e) {
      throw new StackFailure(
          "there is no %s: copy staging.tfvars.example to it and put your own names in"
              .formatted(file),
          e);
    }
  }

  String string(String name) throws StackFailure {
    Matcher found =
        Pattern.compile("(?m)^\\s*%s\\s*=\\s*\"([^\"]*)\"".formatted(Pattern.quote(name)))
            .matcher(text);
    if (!found.find()) {
      throw new StackFailure("%s does not say %s".formatted(file, name));
    }
    return found.group(1);
  }
}
