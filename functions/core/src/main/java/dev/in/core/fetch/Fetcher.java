package dev.in.core.fetch;

import java.io.IOException;

/** Fetches URLs that users supply. */
public interface Fetcher {

  /**
   * Fetches and streams the body into the sink before it returns.
   *
   * @param url as the user wrote it
   * @throws FetchFailure if the URL is not to be fetched, or the host does not deliver
   * @throws IOException what the sink itself threw
   */
  FetchedHeader fetch(String url, Limits limits, BodySink sink) throws FetchFailure, IOException;
}
