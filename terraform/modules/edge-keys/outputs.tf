output "keys" {
  description = "JSON keys by account: publisher, uploader."
  value       = { for name, key in google_service_account_key.edge : name => base64decode(key.private_key) }
  sensitive   = true
}

output "secrets" {
  description = "Ids of the secrets that hold them."
  value       = { for name, secret in google_secret_manager_secret.key : name => secret.secret_id }
}

output "rotation_subscription" {
  description = "Name of the subscription that holds what Secret Manager says when rotation is due, and nothing else."
  value       = google_pubsub_subscription.rotation_due.name
}

output "accounts" {
  description = "Full names of the edge's accounts, by what they do."
  value       = { for name, account in google_service_account.edge : name => account.name }
}
