# What users may expect, and alerts on how fast what may go wrong is used up:
# https://sre.google/workbook/alerting-on-slos/

locals {
  late        = "tasks end too late"
  unavailable = "the edge fails too often"

  # As log-enhancer logs each event, once. A run that an operator has started again is none of it.
  ended     = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"log-enhancer\" AND jsonPayload.message=~\"^event task\\.\" AND jsonPayload.run=1"
  completed = "jsonPayload.eventType=\"task.completed\""
  our_fault = "(jsonPayload.eventType=\"task.failed\" AND jsonPayload.code=(\"attempts_exhausted\" OR \"internal\" OR \"timed_out\"))"
  tasks = {
    ended   = "${local.ended} AND (${local.completed} OR ${local.our_fault})"
    in_time = "${local.ended} AND ${local.completed} AND jsonPayload.durationMs<=${var.objectives.completion_seconds * 1000}"
  }

  # At these rates a fiftieth of four weeks' errors is used up in an hour, a twentieth in six.
  # The short window lets an alert end soon after its cause.
  burns = {
    fast = { severity = "CRITICAL", rate = 14.4, windows = ["3600s", "300s"] }
    slow = { severity = "WARNING", rate = 6, windows = ["21600s", "1800s"] }
  }
  watched = {
    (local.late) = {
      objective = google_monitoring_slo.completion.name
      says      = "Too many tasks take longer than ${var.objectives.completion_seconds} seconds, or fail by our fault."
    }
    (local.unavailable) = {
      objective = google_monitoring_slo.availability.name
      says      = "In too many minutes no place in the world reached the edge."
    }
  }
  burn_alerts = merge([
    for name, watched in local.watched : {
      for speed, burn in local.burns : "${name}, ${speed}" => merge(watched, burn, { name = name })
    }
  ]...)
}

resource "google_logging_metric" "tasks" {
  for_each    = local.tasks
  project     = var.project_id
  name        = "in/tasks/${each.key}"
  description = each.key == "ended" ? "Tasks that completed, or failed by our fault." : "Tasks that completed in the time that users may expect."
  filter      = each.value

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

resource "google_monitoring_custom_service" "in" {
  project      = var.project_id
  service_id   = "in"
  display_name = "iN"
}

resource "google_monitoring_slo" "completion" {
  project             = var.project_id
  service             = google_monitoring_custom_service.in.service_id
  slo_id              = "completion"
  display_name        = "An accepted task completes within ${var.objectives.completion_seconds} seconds"
  goal                = var.objectives.completion
  rolling_period_days = var.objectives.days

  request_based_sli {
    good_total_ratio {
      good_service_filter  = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.tasks["in_time"].name}\""
      total_service_filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.tasks["ended"].name}\""
    }
  }
}

resource "google_monitoring_slo" "availability" {
  project             = var.project_id
  service             = google_monitoring_custom_service.in.service_id
  slo_id              = "availability"
  display_name        = "The edge answers"
  goal                = var.objectives.availability
  rolling_period_days = var.objectives.days

  # A minute is good if the edge was reached from anywhere in it.
  windows_based_sli {
    window_period          = "60s"
    good_bad_metric_filter = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.edge.uptime_check_id}\""
  }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each     = local.burn_alerts
  project      = var.project_id
  display_name = "iN: ${each.key}"
  combiner     = "AND"
  severity     = each.value.severity
  user_labels  = var.labels

  notification_channels = concat(local.emails, each.value.severity == "CRITICAL" ? var.pagers : [])

  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.says} ${local.book} “${each.value.name}”."

    dynamic "links" {
      for_each = local.links[each.value.name]
      content {
        display_name = "What to do"
        url          = links.value
      }
    }
  }

  dynamic "conditions" {
    for_each = each.value.windows
    content {
      display_name = "${each.value.name}, over ${conditions.value}"
      condition_threshold {
        filter          = "select_slo_burn_rate(\"${each.value.objective}\", \"${conditions.value}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = each.value.rate
        duration        = "0s"
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}
