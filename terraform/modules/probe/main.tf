# A job that goes the way of a user's image every few minutes, and an alert for when it does not arrive.

resource "google_service_account" "probe" {
  project      = var.project_id
  account_id   = "probe"
  display_name = "iN's probe"
  description  = "Reads the probe's API key, and starts its job"
}

resource "google_secret_manager_secret_iam_member" "key" {
  project   = var.project_id
  secret_id = var.key_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.probe.member
}

resource "google_cloud_run_v2_job" "probe" {
  project             = var.project_id
  location            = var.region
  name                = "probe"
  labels              = var.labels
  deletion_protection = false # it has no data

  template {
    template {
      service_account = google_service_account.probe.email
      max_retries     = 0
      timeout         = "300s"

      containers {
        image   = var.image
        command = ["node", "--input-type=module", "--eval", file("${path.module}/probe.mjs")]

        resources {
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        env {
          name  = "IN_EDGE"
          value = var.edge_url
        }
        env {
          name  = "IN_SECONDS"
          value = tostring(var.seconds)
        }
        env {
          name = "IN_TOKEN"
          value_source {
            secret_key_ref {
              secret  = var.key_secret
              version = "latest"
            }
          }
        }
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.key]
}

resource "google_cloud_run_v2_job_iam_member" "probe" {
  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_job.probe.name
  role     = "roles/run.invoker"
  member   = google_service_account.probe.member
}

resource "google_cloud_scheduler_job" "probe" {
  project     = var.project_id
  region      = var.region
  name        = "probe"
  description = "Sends an image through the whole chain"
  schedule    = "*/5 * * * *"
  time_zone   = "Etc/UTC"

  # The next one comes anyway.
  retry_config {
    retry_count = 0
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/${var.project_id}/locations/${var.region}/jobs/${google_cloud_run_v2_job.probe.name}:run"
    oauth_token {
      service_account_email = google_service_account.probe.email
    }
  }
}
