package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Takes an environment away, but for what people have put into it. */
public final class Destruction {
  /** They hold users' data, or what is needed to tell what was there: people delete them. */
  private static final List<String> STAYS =
      List.of("module.images.google_storage_bucket.images", "module.firestore");

  private static final String FUNCTIONS = "module.function";
  private static final String UNPROTECTED = "-var=deletion_protection=false";

  private final StateBucket bucket;
  private final Images images;
  private final Terraform terraform;
  private final Consumer<String> notes;

  /**
   * @param root the project's folder
   * @param notes takes what people read
   */
  public Destruction(
      Programs programs, Path root, String projectId, String environment, Consumer<String> notes)
      throws StackFailure {
    Variables variables = Variables.read(root, environment, projectId);
    Project project = new Project(programs, root, projectId, variables.string("region"));
    this.bucket = new StateBucket(project);
    this.images = new Images(programs, root, project, bucket, environment, List.of());
    this.terraform = new Terraform(programs, root, environment, bucket);
    this.notes = notes;
  }

  /** What is left afterwards, and how it goes. */
  public List<String> stays() {
    return List.of(
        "Firestore's database with all tasks: gcloud firestore databases update"
            + " --no-delete-protection, then delete",
        "the bucket of images: gcloud storage rm --recursive",
        "gs://%s with Terraform's state and its versions".formatted(bucket.name()),
        "users' accounts in Identity Platform, logs, the APIs that are switched on",
        "the coordinators at the edge go with the Worker, and with them what users have there");
  }

  /** Repeated, it goes on where it was interrupted. */
  public void run() throws StackFailure, InterruptedException {
    terraform.init();
    for (String address : STAYS) {
      if (terraform.has(address)) {
        terraform.forget(address);
      }
    }
    // Functions are protected against a plan that forgets their images; this one is meant.
    String deployed = images.deployed().orElse(Images.NONE);
    if (terraform.has(FUNCTIONS)) {
      notes.accept("lifting the functions' protection ...");
      terraform.apply(List.of(deployed, UNPROTECTED, "-target=" + FUNCTIONS));
    }
    notes.accept("destroying ...");
    terraform.destroy(List.of(deployed, UNPROTECTED));
  }
}
