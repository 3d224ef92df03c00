package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes an environment from whatever is there to what this checkout says. */
public final class Deployment {
  /** Terraform says it once it has made the registry, and before it makes any function. */
  private static final String REPOSITORY = "image_repository";

  private final Programs programs;
  private final Path root;
  private final Variables variables;
  private final Project project;
  private final StateBucket bucket;
  private final Terraform terraform;
  private final Worker worker;
  private final Images images;
  private final Preflight preflight;
  private final boolean mayTry;
  private final Consumer<String> notes;

  /**
   * @param root the project's folder
   * @param cloudflare empty if there is no token
   * @param functions names in topology.yaml
   * @param mayTry whether there is a user's token, with which an image is sent through at the end
   * @param notes takes what people read
   */
  public Deployment(
      Programs programs,
      Path root,
      String projectId,
      String environment,
      Optional<Cloudflare> cloudflare,
      List<String> functions,
      boolean mayTry,
      Consumer<String> notes)
      throws StackFailure {
    this.programs = programs;
    this.root = root;
    this.variables = Variables.read(root, environment, projectId);
    this.project = new Project(programs, root, projectId, variables.string("region"));
    this.bucket = new StateBucket(project);
    this.terraform = new Terraform(programs, root, environment, bucket);
    this.worker = new Worker(cloudflare, variables.string("account_id"));
    this.images = new Images(programs, root, project, bucket, environment, functions);
    this.preflight =
        new Preflight(programs, root, project, cloudflare, variables, functions.size());
    this.mayTry = mayTry;
    this.notes = notes;
  }

  /** What is missing before anything can be deployed, with how to get it. */
  public List<Missing> missing() throws StackFailure, InterruptedException {
    return preflight.missing();
  }

  /**
   * Says what would be done, and does nothing of it. Terraform's plan is of the images that are
   * deployed: this checkout's may not have been built.
   */
  public void plan() throws StackFailure, InterruptedException {
    if (bucket.isThere()) {
      terraform.init();
    }
    for (Step step : steps()) {
      notes.accept("%s: %s".formatted(step.name(), step.done().holds() ? "is there" : "to do"));
    }
    Optional<String> deployed = images.deployed();
    if (deployed.isPresent()) {
      terraform.plan(withMigration(deployed.get()));
    }
  }

  /** Does what is not done yet. */
  public void run() throws StackFailure, InterruptedException {
    for (Step step : steps()) {
      if (step.done().holds()) {
        notes.accept(step.name() + ": is there");
      } else {
        notes.accept(step.name() + " ...");
        step.action().run();
      }
    }
    notes.accept("https://%s is deployed".formatted(variables.string("hostname")));
  }

  private List<Step> steps() {
    return List.of(
        new Step("APIs that Terraform needs", project::hasApis, project::enableApis),
        new Step("bucket of Terraform's state", bucket::isComplete, bucket::make),
        new Step(
            "Pub/Sub's and Secret Manager's own accounts",
            Step.NEVER_DONE,
            project::makeServiceAccounts),
        new Step("the edge's Worker", Step.NEVER_DONE, this::buildWorker),
        new Step("Terraform", Step.NEVER_DONE, terraform::init),
        // With what is deployed already this would be a plan to delete it.
        new Step(
            "everything but the functions",
            () -> terraform.output(REPOSITORY).isPresent(),
            () -> terraform.apply(withMigration(Images.NONE))),
        new Step("the functions' images", Step.NEVER_DONE, this::makeImages),
        new Step(
            "the functions",
            Step.NEVER_DONE,
            () -> terraform.apply(withMigration(images.option()))),
        new Step("the providers, for later", Step.NEVER_DONE, terraform::keepProviders),
        new Step("every function serves it", Step.NEVER_DONE, this::checkServing),
        new Step("an image from end to end", Step.NEVER_DONE, this::tryOut));
  }

  private List<String> withMigration(String option) throws StackFailure, InterruptedException {
    return List.of("-var=migrate_from=" + worker.migration(), option);
  }

  private void buildWorker() throws StackFailure, InterruptedException {
    Path edge = root.resolve("edge");
    Required.run(programs, edge, List.of("npm", "ci", "--omit=dev"));
    Required.run(programs, edge, List.of("npm", "run", "build"));
  }

  private void makeImages() throws StackFailure, InterruptedException {
    images.make(
        terraform
            .output(REPOSITORY)
            .orElseThrow(() -> new StackFailure("Terraform does not say where images lie")));
  }

  /** An apply can succeed while requests still go to an older revision. */
  private void checkServing() throws StackFailure, InterruptedException {
    for (Map.Entry<String, String> image : images.listed().entrySet()) {
      Required.run(
          programs,
          root,
          List.of(
              root.resolve(".github/serves.sh").toString(),
              image.getKey(),
              project.region(),
              image.getValue()));
    }
  }

  private void tryOut() throws StackFailure, InterruptedException {
    if (!mayTry) {
      notes.accept(
          "IN_TOKEN is not set: nobody has tried it. docs/operations/first-deployment.md says how"
              + " to get a user's token");
      return;
    }
    Required.run(
        programs,
        root,
        List.of(
            root.resolve("in").toString(),
            "submit",
            "--to",
            "https://" + variables.string("hostname"),
            "samples/harbour.jpg"));
  }
}
