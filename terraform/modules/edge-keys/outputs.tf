output "keys" {
  description = "JSON keys by account: publisher, uploader."
  value       = { for name, key in google_service_account_key.edge : name => base64decode(key.private_key) }
  sensitive   = true
}

output "secrets" {
  description = "Ids of the secrets that hold them."
  value       = { for name, secret in google_secret_manager_secret.key : name => secret.secret_id }
}

output "rotation_topic" {
  description = "Name of the topic on which Secret Manager says that rotation is due."
  value       = google_pubsub_topic.rotation_due.name
}

output "accounts" {
  description = "Full names of the edge's accounts, by what they do."
  value       = { for name, account in google_service_account.edge : name => account.name }
}
