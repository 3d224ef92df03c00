output "provider" {
  description = "The workload identity provider's full name, for google-github-actions/auth."
  value       = google_iam_workload_identity_pool_provider.github.name
}

output "accounts" {
  description = "Emails of the accounts: builder, planner, deployer, reviewer."
  value       = { for name, account in google_service_account.pipeline : name => account.email }
}
