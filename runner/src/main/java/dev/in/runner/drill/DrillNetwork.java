package dev.in.runner.drill;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a drill puts between the stack and the rest of the world. It must be there before the stack
 * starts.
 *
 * @param edge through which functions reach the edge
 * @param deadHost from which nothing can be downloaded
 */
public record DrillNetwork(EdgeProxy edge, SilentHost deadHost) implements AutoCloseable {

  public static DrillNetwork open() throws IOException {
    SilentHost deadHost = SilentHost.open();
    try {
      return new DrillNetwork(EdgeProxy.start(), deadHost);
    } catch (IOException e) {
      deadHost.close();
      throw e;
    }
  }

  /** The environment variables of edge and functions that a drill needs. */
  public Map<String, String> settings(Drill drill) {
    Map<String, String> settings = new HashMap<>(drill.settings());
    settings.put("IN_TIME_SCALE", Integer.toString(drill.timeScale()));
    settings.put("IN_EDGE_URL", edge.uri().toString());
    settings.put("IN_FETCH_ALLOW", deadHost.endpoint());
    return settings;
  }

  @Override
  public void close() throws IOException {
    edge.close();
    deadHost.close();
  }
}
