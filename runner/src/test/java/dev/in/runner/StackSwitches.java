package dev.in.runner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** The feature switches of a running stack, set as docs/operations describes. */
record StackSwitches(RunningStack stack) {

  void set(String name, boolean on) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        stack.send(
            HttpRequest.newBuilder(document("?updateMask.fieldPaths=" + name))
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "{\"fields\":{\"%s\":{\"booleanValue\":%s}}}".formatted(name, on))));
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
  }

  /** As if nobody had ever switched anything. */
  void forget() throws IOException, InterruptedException {
    stack.send(HttpRequest.newBuilder(document("")).DELETE());
  }

  private URI document(String query) throws IOException {
    String project = stack.upFile().path("project").asText();
    return stack.cloud(
        "/v1/projects/" + project + "/databases/(default)/documents/switches/current" + query);
  }
}
