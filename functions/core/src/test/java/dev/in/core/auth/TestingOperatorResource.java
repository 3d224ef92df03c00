package dev.in.core.auth;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Something for operators. */
@Path("/operator/test")
public class TestingOperatorResource {

  @GET
  public String answer() {
    return "for operators";
  }
}
