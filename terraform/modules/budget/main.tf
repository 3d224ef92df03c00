# Says when the month's costs come near what is expected. It stops nothing.
resource "google_billing_budget" "month" {
  billing_account = var.billing_account
  display_name    = "iN ${var.project_id}"

  budget_filter {
    projects        = ["projects/${var.project_number}"]
    calendar_period = "MONTH"
  }

  amount {
    specified_amount {
      currency_code = var.currency
      units         = tostring(var.amount)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]
    content {
      threshold_percent = threshold_rules.value
      spend_basis       = "CURRENT_SPEND"
    }
  }
  threshold_rules {
    threshold_percent = 1
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = slice(var.notification_channels, 0, min(5, length(var.notification_channels)))
    disable_default_iam_recipients   = false
  }
}
