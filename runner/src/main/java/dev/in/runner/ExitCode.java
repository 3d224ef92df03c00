package dev.in.runner;

/** What the command line tells whoever started it. */
final class ExitCode {
  static final int ALL_COMPLETED = 0;
  static final int SOME_DID_NOT = 1;
  static final int WRONG_USAGE = 2;
  static final int STACK_FAILED = 3;

  private ExitCode() {}
}
