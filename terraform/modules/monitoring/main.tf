resource "google_monitoring_notification_channel" "email" {
  for_each     = var.emails
  project      = var.project_id
  type         = "email"
  display_name = "iN: ${each.value}"
  labels       = { email_address = each.value }
}

locals {
  emails = [for channel in google_monitoring_notification_channel.email : channel.id]

  # Anchors as GitHub makes them of headings.
  links = {
    for name in concat(keys(local.alerts), [local.errors, local.budget], keys(local.watched)) : name => var.runbook == null ? [] :
    ["${var.runbook}#${replace(replace(lower(name), "/[^a-z0-9 -]/", ""), " ", "-")}"]
  }
}

# The edge is outside Google Cloud: it is looked at from the internet, as users see it.
resource "google_monitoring_uptime_check_config" "edge" {
  project      = var.project_id
  display_name = "iN: the edge"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/healthz"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = var.edge_host
    }
  }
}

resource "google_monitoring_alert_policy" "alert" {
  for_each     = { for name, alert in local.alerts : name => alert if alert.wanted }
  project      = var.project_id
  display_name = "iN: ${each.key}"
  combiner     = "OR"
  severity     = each.value.severity
  user_labels  = var.labels
  # What cannot wait for the morning goes to a pager as well.
  notification_channels = concat(local.emails, each.value.severity == "CRITICAL" ? var.pagers : [])

  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.says} ${local.book} “${each.key}”."

    dynamic "links" {
      for_each = local.links[each.key]
      content {
        display_name = "What to do"
        url          = links.value
      }
    }
  }

  conditions {
    display_name = each.key

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = each.value.of
      comparison         = each.value.comparison
      threshold_value    = each.value.threshold
      duration           = each.value.for

      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = each.value.by
      }

      dynamic "denominator_aggregations" {
        for_each = each.value.of == null ? [] : [each.value]
        content {
          alignment_period     = denominator_aggregations.value.period
          per_series_aligner   = denominator_aggregations.value.aligner
          cross_series_reducer = denominator_aggregations.value.reducer
          group_by_fields      = denominator_aggregations.value.by
        }
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

# What a function could not heal by itself, and says with severity ERROR: a message that cannot be
# decoded, an update that the edge refuses, a push account that the edge does not know.
resource "google_monitoring_alert_policy" "errors" {
  project               = var.project_id
  display_name          = "iN: ${local.errors}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.emails
  user_labels           = var.labels

  documentation {
    mime_type = "text/markdown"
    content   = "A function logs an error, which time does not heal; the entry says of which task. ${local.book} “${local.errors}”."

    dynamic "links" {
      for_each = local.links[local.errors]
      content {
        display_name = "What to do"
        url          = links.value
      }
    }
  }

  conditions {
    display_name = local.errors
    condition_matched_log {
      filter = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(${join(" OR ", [for name in local.functions : "\"${name}\""])}) AND severity>=ERROR"
    }
  }

  alert_strategy {
    auto_close = "86400s"
    notification_rate_limit {
      period = "300s"
    }
  }
}

# What the edge publishes once a day for each budget, and notification logs.
resource "google_monitoring_alert_policy" "budget" {
  project               = var.project_id
  display_name          = "iN: ${local.budget}"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.emails
  user_labels           = var.labels

  documentation {
    mime_type = "text/markdown"
    content   = "Tasks complete without their analysis until midnight UTC; the entry says of which channel. ${local.book} “${local.budget}”."

    dynamic "links" {
      for_each = local.links[local.budget]
      content {
        display_name = "What to do"
        url          = links.value
      }
    }
  }

  conditions {
    display_name = local.budget
    condition_matched_log {
      filter = "resource.type=\"cloud_run_revision\" AND severity=WARNING AND jsonPayload.message=~\"^${local.budget}: \""
    }
  }

  alert_strategy {
    auto_close = "86400s"
    notification_rate_limit {
      period = "300s"
    }
  }
}
