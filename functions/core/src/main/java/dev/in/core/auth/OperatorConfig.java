package dev.in.core.auth;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may call what is for operators, below {@code /operator/}. */
@ConfigMapping(prefix = "in.operator")
public interface OperatorConfig {

  /**
   * {@code IN_OPERATOR_SERVICE_ACCOUNT}: the email of the service account that operators
   * impersonate; without one nobody is an operator.
   */
  Optional<String> serviceAccount();
}
