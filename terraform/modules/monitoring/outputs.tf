output "notification_channels" {
  description = "Ids of the channels."
  value       = [for channel in google_monitoring_notification_channel.email : channel.id]
}

output "alerts" {
  description = "Names of the alert policies, which docs/operations explains."
  value       = sort(concat(keys(local.alerts), [local.errors, local.budget], keys(local.watched)))
}
