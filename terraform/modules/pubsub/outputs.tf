output "topics" {
  description = "Ids of the topics, by name."
  value       = { for name, topic in google_pubsub_topic.topic : name => topic.id }
}

output "push_account" {
  description = "Email of the account whose ID tokens pushes carry."
  value       = google_service_account.push.email
}

output "push_account_name" {
  description = "Its full name, which grants on it take."
  value       = google_service_account.push.name
}
