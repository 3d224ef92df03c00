package dev.in.runner.operator;

import dev.in.runner.process.StackFailure;

/** ID tokens of the service account that operators impersonate; for several threads. */
public interface OperatorTokens {

  /**
   * A token that is good for some minutes at least.
   *
   * @throws StackFailure if none can be had
   */
  String token(String audience) throws StackFailure, InterruptedException;

  /** The person behind the account, for the audit record. */
  String person() throws StackFailure, InterruptedException;
}
