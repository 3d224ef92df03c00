output "id" {
  description = "The project's id, once its APIs are on: whoever uses it waits for them."
  value       = var.project_id
  depends_on  = [google_project_service.api]
}

output "number" {
  description = "The project's number, which service agents are named by."
  value       = data.google_project.project.number
}
