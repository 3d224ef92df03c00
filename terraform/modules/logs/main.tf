# How long lines are kept, and which are not kept at all. What is ingested has no ceiling at Google: an
# alert of module monitoring says when it is more than planned.

resource "google_logging_project_bucket_config" "default" {
  project        = var.project_id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = var.retention_days
}

# Cloud Run's line of each request that succeeded: each delivery has a line of its function's own.
resource "google_logging_project_exclusion" "requests" {
  count       = var.requests ? 0 : 1
  project     = var.project_id
  name        = "requests-that-succeeded"
  description = "Pushes that were acked"
  filter      = "resource.type=\"cloud_run_revision\" AND log_id(\"run.googleapis.com/requests\") AND httpRequest.status<400"
}
