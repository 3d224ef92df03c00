output "secret" {
  description = "Name of the secret that a collector reads."
  value       = google_secret_manager_secret.collector.secret_id
  depends_on  = [google_secret_manager_secret_version.collector]
}
