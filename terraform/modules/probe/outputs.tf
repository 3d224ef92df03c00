output "account_name" {
  description = "Full name of the account that the job runs as."
  value       = google_service_account.probe.name
}
