# What the deployer may do with accounts, it may do with those that are named to it: act as them where it
# deploys what runs as them, and replace the edge's keys. It makes no account, grants nobody the use of one,
# and changes nothing here: that is for people (docs/operations/changes.md).

locals {
  deployer_roles = toset([
    "roles/artifactregistry.admin",
    "roles/browser",
    "roles/cloudscheduler.admin",
    "roles/iam.roleViewer",
    "roles/iam.serviceAccountViewer",
    "roles/iam.workloadIdentityPoolViewer",
    "roles/identityplatform.admin",
    "roles/logging.configWriter",
    "roles/monitoring.admin",
    "roles/pubsub.admin",
    "roles/run.admin",
    "roles/secretmanager.admin",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/storage.admin",
  ])

  planner_roles = toset([
    "roles/artifactregistry.reader",
    "roles/browser",
    "roles/cloudscheduler.viewer",
    "roles/iam.roleViewer",
    "roles/iam.securityReviewer",
    "roles/iam.serviceAccountViewer",
    "roles/iam.workloadIdentityPoolViewer",
    "roles/identityplatform.viewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/pubsub.viewer",
    "roles/run.viewer",
    "roles/secretmanager.secretAccessor", # as the state, which holds the same keys
    "roles/secretmanager.viewer",
    "roles/serviceusage.serviceUsageConsumer",
    "roles/storage.bucketViewer",
  ])

  # Whoever can push a branch decides what it does: it reads what the project is called.
  reviewer_roles = toset(["roles/browser", "roles/serviceusage.serviceUsageConsumer"])

  # What no narrow role holds: the database without its documents, and the project's own budget
  # (https://cloud.google.com/billing/docs/how-to/budget-api-access-control).
  reading = [
    "billing.resourceCosts.get",
    "billing.resourcebudgets.read",
    "datastore.backupSchedules.get",
    "datastore.backupSchedules.list",
    "datastore.databases.getMetadata",
    "datastore.databases.list",
    "datastore.indexes.get",
    "datastore.indexes.list",
    "datastore.operations.get",
    "datastore.operations.list",
    "resourcemanager.projects.get",
  ]
  own_roles = {
    deployer = concat(local.reading, [
      "billing.resourcebudgets.write",
      "datastore.backupSchedules.create",
      "datastore.backupSchedules.delete",
      "datastore.backupSchedules.update",
      "datastore.databases.create",
      "datastore.databases.update",
      "datastore.indexes.create",
      "datastore.indexes.delete",
      "datastore.indexes.update",
    ])
    planner = local.reading
  }
}

resource "google_project_iam_member" "deployer" {
  for_each = local.deployer_roles
  project  = var.project_id
  role     = each.value
  member   = google_service_account.pipeline["deployer"].member
}

# It grants the functions' roles and no others: its own rights are changed by people alone.
# https://cloud.google.com/iam/docs/setting-limits-on-granting-roles
resource "google_project_iam_member" "deployer_grants" {
  project = var.project_id
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = google_service_account.pipeline["deployer"].member

  condition {
    title      = "functions_roles_alone"
    expression = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${join(", ", [for role in sort(var.grantable_roles) : "'${role}'"])}])"
  }
}

resource "google_project_iam_member" "planner" {
  for_each = local.planner_roles
  project  = var.project_id
  role     = each.value
  member   = google_service_account.pipeline["planner"].member
}

resource "google_project_iam_member" "reviewer" {
  for_each = local.reviewer_roles
  project  = var.project_id
  role     = each.value
  member   = google_service_account.pipeline["reviewer"].member
}

resource "google_service_account_iam_member" "acts_as" {
  for_each           = var.acts_as
  service_account_id = each.value
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.pipeline["deployer"].member
}

resource "google_service_account_iam_member" "replaces_keys" {
  for_each           = var.replaces_keys_of
  service_account_id = each.value
  role               = "roles/iam.serviceAccountKeyAdmin"
  member             = google_service_account.pipeline["deployer"].member
}

resource "google_project_iam_custom_role" "own" {
  for_each    = local.own_roles
  project     = var.project_id
  role_id     = "inPipeline${title(each.key)}"
  title       = "iN's pipeline: ${each.key}"
  permissions = each.value
}

resource "google_project_iam_member" "own" {
  for_each = local.own_roles
  project  = var.project_id
  role     = google_project_iam_custom_role.own[each.key].name
  member   = google_service_account.pipeline[each.key].member
}

# Terraform's state and the plans beside it. The state holds the edge's keys: whoever may run a job in
# the environments of planner and deployer may read them. The deployer alone writes it.
resource "google_storage_bucket_iam_member" "state" {
  bucket = var.state_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.pipeline["deployer"].member
}

resource "google_storage_bucket_iam_member" "state_reader" {
  bucket = var.state_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.pipeline["planner"].member
}

# Creates, and cannot overwrite: a plan that waits for approval stays as it is.
resource "google_storage_bucket_iam_member" "plans" {
  bucket = var.state_bucket
  role   = "roles/storage.objectCreator"
  member = google_service_account.pipeline["planner"].member

  condition {
    title      = "plans_folder"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.state_bucket}/objects/plans/\")"
  }
}

# The state without its secrets, which the apply before has left there.
resource "google_storage_bucket_iam_member" "review" {
  bucket = var.state_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.pipeline["reviewer"].member

  condition {
    title      = "review_folder"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.state_bucket}/objects/review/\")"
  }
}
