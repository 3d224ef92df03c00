package dev.in.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.math.BigDecimal;

/**
 * What Cloud Billing publishes of a budget, several times a day.
 *
 * @param month when the time began that the costs are of, as the notification names it
 * @see <a
 *     href="https://cloud.google.com/billing/docs/how-to/budgets-programmatic-notifications">Budget
 *     notifications</a>
 */
record BillingNotification(BigDecimal cost, BigDecimal budget, String month) {

  /**
   * @throws MalformedJsonException if this is not such a notification
   */
  static BillingNotification read(byte[] body) throws MalformedJsonException {
    JsonNode json = StrictJson.object(body);
    JsonNode cost = json.path("costAmount");
    JsonNode budget = json.path("budgetAmount");
    JsonNode month = json.path("costIntervalStart");
    if (!cost.isNumber() || !budget.isNumber() || !month.isTextual()) {
      throw new MalformedJsonException("costAmount, budgetAmount or costIntervalStart is missing");
    }
    return new BillingNotification(cost.decimalValue(), budget.decimalValue(), month.textValue());
  }

  boolean isUsedUp() {
    return cost.compareTo(budget) >= 0;
  }
}
