package dev.in.runner;

/** The exit codes of the command line. */
final class ExitCode {
  static final int ALL_COMPLETED = 0;
  static final int SOME_DID_NOT = 1;
  static final int WRONG_USAGE = 2;
  static final int STACK_FAILED = 3;

  private ExitCode() {}
}
