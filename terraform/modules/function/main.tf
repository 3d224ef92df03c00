module "settings" {
  source           = "./settings"
  traces_endpoint  = var.traces_endpoint
  project_id       = var.project_id
  images_bucket    = var.images_bucket
  database         = var.database
  needs            = var.needs
  push             = var.push
  operator_account = var.operator_account
  edge_url         = var.edge_url
  extra            = var.settings
}

resource "google_cloud_run_v2_service" "function" {
  project     = var.project_id
  location    = var.region
  name        = var.name
  description = var.does
  labels      = var.labels

  # Pub/Sub's and Cloud Scheduler's requests of the same project count as internal; nobody else calls.
  # https://cloud.google.com/run/docs/securing/ingress
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  # Where the function verifies tokens itself, Cloud Run must hand them on whole.
  invoker_iam_disabled = var.push.auth == "oidc"
  # Where Cloud Run verifies them, it knows their audience by this.
  custom_audiences    = var.push.auth == "iam" ? [var.push.audience] : null
  deletion_protection = var.deletion_protection

  # Said, so that an apply after `gcloud run services update-traffic` serves what it deploys: left out,
  # Terraform keeps the pin, and every later deployment is green without a request.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = var.canary == null ? 100 : var.canary.percent
  }
  dynamic "traffic" {
    for_each = var.canary == null ? [] : [var.canary]
    content {
      type     = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
      revision = traffic.value.stable
      percent  = 100 - traffic.value.percent
    }
  }

  template {
    labels                           = var.labels
    service_account                  = google_service_account.function.email
    timeout                          = var.request_timeout
    max_instance_request_concurrency = var.service.concurrency

    scaling {
      min_instance_count = var.scaling.min_instances
      max_instance_count = var.scaling.max_instances
    }

    containers {
      name  = "function"
      image = var.image

      ports {
        container_port = 8080
      }

      resources {
        # CPU only while a request is worked on, and more of it while starting.
        cpu_idle          = true
        startup_cpu_boost = true
        limits = {
          cpu    = tostring(var.service.cpu)
          memory = "${var.service.memory_mib}Mi"
        }
      }

      dynamic "env" {
        for_each = module.settings.env
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = var.secrets
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = env.value
              version = "latest"
            }
          }
        }
      }

      # Succeeds once the clients are warm. Cloud Run allows 240 s in all.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 120
        http_get {
          path = "/q/health/started"
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 5
        failure_threshold = 3
        http_get {
          path = "/q/health/live"
        }
      }
    }

    # Reads the function's metrics and sends them to Cloud Monitoring.
    dynamic "containers" {
      for_each = var.collector == null ? [] : [var.collector]
      content {
        name       = "collector"
        image      = containers.value.image
        depends_on = ["function"]

        resources {
          cpu_idle = true
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        volume_mounts {
          name       = "collector"
          mount_path = "/etc/rungmp"
        }
      }
    }

    dynamic "volumes" {
      for_each = var.collector == null ? [] : [var.collector]
      content {
        name = "collector"
        secret {
          secret = volumes.value.secret
          items {
            version = "latest"
            path    = "config.yaml"
          }
        }
      }
    }
  }

  # A function whose rights are not there yet nacks until they are, and Cloud Run refuses a secret that
  # the account may not read.
  depends_on = [
    google_project_iam_member.collector,
    google_project_iam_member.tasks,
    google_pubsub_topic_iam_member.publisher,
    google_secret_manager_secret_iam_member.collector,
    google_secret_manager_secret_iam_member.settings,
    google_storage_bucket_iam_member.images,
  ]
}
