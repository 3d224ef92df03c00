# https://firebase.google.com/docs/auth/admin/verify-id-tokens
output "issuer" {
  description = "Issuer of users' ID tokens."
  value       = "https://securetoken.google.com/${google_identity_platform_config.users.project}"
}

output "audience" {
  description = "Audience of users' ID tokens."
  value       = google_identity_platform_config.users.project
}
