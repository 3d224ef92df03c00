# The images: `uploads/{owner}/{uploadId}` by users' signed URLs, `tasks/{taskId}/{run}/original` by download.
# Who may read and write is said where the accounts are: modules function and edge-keys.
resource "google_storage_bucket" "images" {
  project                     = var.project_id
  name                        = var.name
  location                    = var.location
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  # An upload is shown as long as its task is known, so both folders live as long as the documents.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = var.keep_days
      matches_prefix = ["uploads/", "tasks/"]
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 1
    }
  }

  # Deleted images can be brought back for so long, and are paid for and kept for so long.
  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 86400
  }

  # The page puts images and reads them by signed URLs; these headers are part of the signature.
  cors {
    origin          = var.origins
    method          = ["GET", "PUT"]
    response_header = ["content-type", "x-goog-content-length-range", "x-goog-if-generation-match"]
    max_age_seconds = 3600
  }
}
