# Calls a function by the clock, with the same ID token that Pub/Sub's pushes carry.
resource "google_cloud_scheduler_job" "tick" {
  project          = var.project_id
  region           = var.region
  name             = "tick-${var.function}"
  description      = "Calls ${var.function}'s ${var.path}"
  schedule         = var.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = var.request_timeout

  # The next tick comes anyway.
  retry_config {
    retry_count = 0
  }

  http_target {
    http_method = "POST"
    uri         = "${var.uri}${var.path}"
    oidc_token {
      service_account_email = var.push_account
      audience              = var.push_audience
    }
  }
}
