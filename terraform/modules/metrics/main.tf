# How Google Cloud's Managed Service for Prometheus comes by the functions' metrics (/q/metrics, which
# nobody can ask from outside): a collector beside each function, configured by this document. It holds nothing
# secret; a mounted secret is how the collector reads it. Who may read it is said where the accounts are,
# in module function.
# https://cloud.google.com/run/docs/monitoring-managed-prometheus-sidecar
resource "google_secret_manager_secret" "collector" {
  project   = var.project_id
  secret_id = "metrics-collector"
  labels    = merge(var.labels, { holds = "configuration" })

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "collector" {
  secret = google_secret_manager_secret.collector.id
  secret_data = yamlencode({
    apiVersion = "monitoring.googleapis.com/v1beta"
    kind       = "RunMonitoring"
    metadata   = { name = "in" }
    spec = {
      endpoints    = [{ port = 8080, path = "/q/metrics", interval = "30s", timeout = "10s" }]
      targetLabels = { metadata = ["service", "revision", "instance"] }
    }
  })
}
