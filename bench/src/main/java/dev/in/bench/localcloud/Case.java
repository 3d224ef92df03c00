package dev.in.bench.localcloud;

/** What is measured, against any implementation. */
interface Case {

  String name();

  /** What runs it: Pub/Sub or Firestore. */
  Service service();

  int operations();

  Result run(Server server, int operations) throws Exception;

  /** Google's services that the local cloud stands in for. */
  enum Service {
    PUBSUB,
    FIRESTORE
  }
}
