resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.topics
  project  = var.project_id
  topic    = each.value
  role     = "roles/pubsub.publisher"
  member   = google_service_account.edge["publisher"].member
}

# Creates, and cannot overwrite.
resource "google_storage_bucket_iam_member" "uploads" {
  bucket = var.images_bucket
  role   = "roles/storage.objectCreator"
  member = google_service_account.edge["uploader"].member

  condition {
    title      = "uploads_folder"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.images_bucket}/objects/uploads/\")"
  }
}

# Gets objects whose name it knows, and cannot list them.
resource "google_storage_bucket_iam_member" "reads" {
  bucket = var.images_bucket
  role   = "roles/storage.legacyObjectReader"
  member = google_service_account.edge["uploader"].member
}

# Secret Manager's own account, which says when rotation is due. It is there once
# `gcloud beta services identity create --service=secretmanager.googleapis.com` was run.
resource "google_pubsub_topic_iam_member" "secret_manager" {
  project = var.project_id
  topic   = google_pubsub_topic.rotation_due.id
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-${var.project_number}@gcp-sa-secretmanager.iam.gserviceaccount.com"
}
