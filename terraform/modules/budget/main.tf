# Says when the month's costs come near what is expected, to people and to `recovery`, which switches the
# analysis off once they are reached. Costs are known hours late: what bounds a day is the edge's budget.
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
    pubsub_topic                     = google_pubsub_topic.billing.id
    schema_version                   = "1.0"
    monitoring_notification_channels = slice(var.notification_channels, 0, min(5, length(var.notification_channels)))
    disable_default_iam_recipients   = false
  }
}

# Not of the topology: what is published here are no events of iN's.
resource "google_pubsub_topic" "billing" {
  project = var.project_id
  name    = "billing"
  labels  = var.labels
}

resource "google_pubsub_topic_iam_member" "billing" {
  project = var.project_id
  topic   = google_pubsub_topic.billing.id
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:billing-budget-alert@system.gserviceaccount.com"
}

# Without an endpoint it holds what arrives. The next notification comes within the hour, so nothing is kept for long.
resource "google_pubsub_subscription" "billing" {
  project                    = var.project_id
  name                       = "billing"
  topic                      = google_pubsub_topic.billing.id
  message_retention_duration = "86400s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dynamic "push_config" {
    for_each = var.push == null ? [] : [var.push]
    content {
      push_endpoint = push_config.value.endpoint
      no_wrapper {
        write_metadata = false
      }
      oidc_token {
        service_account_email = push_config.value.account
        audience              = push_config.value.audience
      }
    }
  }
}
