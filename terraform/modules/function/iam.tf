# The account that the function runs as, and all that it may do.

resource "google_service_account" "function" {
  project = var.project_id
  # Six letters at least, which `ai` alone has not.
  account_id   = "function-${var.name}"
  display_name = "iN's function ${var.name}"
  description  = var.does
}

resource "google_project_iam_member" "tasks" {
  for_each = module.settings.project_roles
  project  = var.project_id
  role     = each.key
  member   = google_service_account.function.member

  condition {
    title      = each.value.title
    expression = each.value.expression
  }
}

resource "google_storage_bucket_iam_member" "images" {
  for_each = module.settings.bucket_roles
  bucket   = var.images_bucket
  role     = each.key
  member   = google_service_account.function.member

  dynamic "condition" {
    for_each = each.value == null ? [] : [each.value]
    content {
      title      = condition.value.title
      expression = condition.value.expression
    }
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.publishes
  project  = var.project_id
  topic    = each.value
  role     = "roles/pubsub.publisher"
  member   = google_service_account.function.member
}

resource "google_secret_manager_secret_iam_member" "settings" {
  for_each  = var.secrets
  project   = var.project_id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function.member
}

# The collector of metrics runs as the function does.
resource "google_secret_manager_secret_iam_member" "collector" {
  count     = var.collector == null ? 0 : 1
  project   = var.project_id
  secret_id = var.collector.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function.member
}

resource "google_project_iam_member" "collector" {
  count   = var.collector == null ? 0 : 1
  project = var.project_id
  role    = "roles/monitoring.metricWriter"
  member  = google_service_account.function.member
}

# Only the push account may invoke it, and operators a function that answers them. With `oidc` Cloud Run does not ask, and the function does.
resource "google_cloud_run_v2_service_iam_member" "push" {
  count    = var.push.auth == "iam" ? 1 : 0
  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.function.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.push.account}"
}

resource "google_cloud_run_v2_service_iam_member" "operator" {
  count    = var.push.auth == "iam" && var.operator_account != null ? 1 : 0
  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.function.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.operator_account}"
}
