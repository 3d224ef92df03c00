package dev.in.bench.minimal;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** The one resource: takes what is posted and answers. */
@Path("/")
public class HelloResource {

  /** Answers with a constant. */
  @POST
  public String hello(String body) {
    return "hello";
  }
}
