resource "google_firestore_database" "database" {
  project     = var.project_id
  name        = var.name
  location_id = var.location
  type        = "FIRESTORE_NATIVE"
  # As the local cloud behaves, against which everything is tested.
  concurrency_mode                  = "PESSIMISTIC"
  point_in_time_recovery_enablement = var.point_in_time_recovery ? "POINT_IN_TIME_RECOVERY_ENABLED" : "POINT_IN_TIME_RECOVERY_DISABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
}

locals {
  unindexed = merge([
    for collection, rules in var.collections : {
      for field in rules.unindexed : "${collection}.${field}" => { collection = collection, field = field }
    }
  ]...)
}

# Ever-growing fields cap a collection at about 500 writes a second, and every index entry is paid for.
# An exemption of a map holds for what is in it.
# https://cloud.google.com/firestore/docs/best-practices
resource "google_firestore_field" "unindexed" {
  for_each   = local.unindexed
  project    = var.project_id
  database   = google_firestore_database.database.name
  collection = each.value.collection
  field      = each.value.field

  index_config {}
}

# Deletes within about a day after that time: for cost and privacy, never for correctness.
resource "google_firestore_field" "ttl" {
  for_each   = { for collection, rules in var.collections : collection => rules.ttl if rules.ttl != null }
  project    = var.project_id
  database   = google_firestore_database.database.name
  collection = each.key
  field      = each.value

  ttl_config {}
  index_config {}
}

# A backup lies outside of the database and outlives it; it is restored into another one
# (docs/operations/restore.md).
resource "google_firestore_backup_schedule" "daily" {
  count     = var.backup_days == 0 ? 0 : 1
  project   = var.project_id
  database  = google_firestore_database.database.name
  retention = "${var.backup_days * 86400}s"

  daily_recurrence {}
}
