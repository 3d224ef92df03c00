# A function's configuration and rights, from what the topology says it needs. No provider takes
# part, so `terraform test` runs it anywhere.

locals {
  # docs/operations.md says what each means. What has a default in the functions is given only where
  # an environment wants another (var.extra).
  env = merge(
    {
      GOOGLE_CLOUD_PROJECT = var.project_id
      IN_IMAGES_BUCKET     = var.images_bucket
      IN_PUSH_AUTH         = var.push.auth
      IN_PUSH_ACCOUNT      = var.push.account
    },
    var.push.auth == "oidc" ? { IN_PUSH_AUDIENCE = var.push.audience } : {},
    var.operator_account == null ? {} : { IN_OPERATOR_SERVICE_ACCOUNT = var.operator_account },
    contains(var.needs, "edge") ? { IN_EDGE_URL = var.edge_url, IN_EDGE_AUDIENCE = var.edge_url } : {},
    var.traces_endpoint == null ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = var.traces_endpoint },
    var.extra,
  )

  # Each need as roles. A condition keeps a role to what it is for where the resource itself cannot
  # carry the grant (Firestore) or holds more than that (the bucket's folders).
  project_roles = merge(
    anytrue([for need in ["write-tasks", "write-mails", "write-history"] : contains(var.needs, need)]) ? { "roles/datastore.user" = local.this_database } : {},
    contains(var.needs, "read-tasks") ? { "roles/datastore.viewer" = local.this_database } : {},
  )
  bucket_roles = merge(
    # With the right to list, what is not there is 404; without it 403, which a function would retry.
    contains(var.needs, "read-images") ? { "roles/storage.objectViewer" = null } : {},
    contains(var.needs, "write-images") ? { "roles/storage.objectUser" = local.tasks_folder } : {},
    contains(var.needs, "delete-images") ? { "roles/storage.objectUser" = local.image_folders } : {},
  )

  # https://cloud.google.com/firestore/docs/security/iam#conditions
  this_database = {
    title      = "this_database"
    expression = "resource.name == \"projects/${var.project_id}/databases/${var.database}\""
  }
  # https://cloud.google.com/iam/docs/conditions-resource-attributes#resource-name
  tasks_folder = {
    title      = "tasks_folder"
    expression = "resource.name.startsWith(\"${local.objects}/tasks/\")"
  }
  # With a task its upload is deleted.
  image_folders = {
    title      = "image_folders"
    expression = join(" || ", [for folder in ["tasks", "uploads"] : "resource.name.startsWith(\"${local.objects}/${folder}/\")"])
  }
  objects = "projects/_/buckets/${var.images_bucket}/objects"
}
