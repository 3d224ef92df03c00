output "env" {
  description = "Environment variables by name."
  value       = local.env
}

output "project_roles" {
  description = "Roles at the project, each with its condition {title, expression}."
  value       = local.project_roles
}

output "bucket_roles" {
  description = "Roles at the images bucket, each with its condition {title, expression}, or null."
  value       = local.bucket_roles
}
