output "uri" {
  description = "Where pushes go."
  value       = google_cloud_run_v2_service.function.uri
}

output "account" {
  description = "Email of the account that it runs as."
  value       = google_service_account.function.email
}

output "account_name" {
  description = "Its full name, which grants on it take."
  value       = google_service_account.function.name
}
