# The edge runs outside Google Cloud and signs for itself, so it has keys: one account that publishes
# first messages and commands, one that signs uploads and reads. A new key is made when the old one is due, before
# that one goes; the edge gets it in the same apply. Requests signed with the old key (a signed URL
# lives 15 minutes) are refused from then on, and clients ask again.

locals {
  accounts = {
    publisher = "publishes each task's first message and commands"
    uploader  = "signs users' uploads and reads of images"
  }
}

resource "google_service_account" "edge" {
  for_each     = local.accounts
  project      = var.project_id
  account_id   = "edge-${each.key}"
  display_name = "iN's edge: ${each.key}"
  description  = each.value
}

# Due after so many days: the next apply then finds it gone and makes new keys.
resource "time_rotating" "due" {
  rotation_days = var.rotation_days
}

resource "google_service_account_key" "edge" {
  for_each           = google_service_account.edge
  service_account_id = each.value.name
  keepers            = { due = time_rotating.due.id }

  lifecycle {
    create_before_destroy = true
  }
}

# Kept for people who must deploy the edge by hand (docs/operations). Secret Manager says on the topic
# below when rotation is due; an alert follows.
resource "google_secret_manager_secret" "key" {
  for_each  = google_service_account.edge
  project   = var.project_id
  secret_id = "edge-${each.key}-key"
  labels    = var.labels

  replication {
    auto {}
  }

  topics {
    name = google_pubsub_topic.rotation_due.id
  }

  rotation {
    next_rotation_time = time_rotating.due.rotation_rfc3339
    rotation_period    = "${var.rotation_days * 86400}s"
  }

  depends_on = [google_pubsub_topic_iam_member.secret_manager]
}

resource "google_secret_manager_secret_version" "key" {
  for_each               = google_secret_manager_secret.key
  secret                 = each.value.id
  secret_data_wo         = base64decode(google_service_account_key.edge[each.key].private_key)
  secret_data_wo_version = time_rotating.due.unix

  # The version counts when keys were due, and a write-only value is compared with nothing: without this, a
  # key that is replaced at once would leave the dead one here.
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [google_service_account_key.edge[each.key]]
  }
}

# Not of the topology: nothing of iN reads it.
resource "google_pubsub_topic" "rotation_due" {
  project = var.project_id
  name    = "edge-key-rotation-due"
  labels  = var.labels
}

# Nobody takes what arrives: an alert looks at what lies here, which goes after a day. Secret Manager also
# publishes when a secret is made or written (https://cloud.google.com/secret-manager/docs/event-notifications):
# those are not kept.
resource "google_pubsub_subscription" "rotation_due" {
  project                    = var.project_id
  name                       = "edge-keys-due"
  topic                      = google_pubsub_topic.rotation_due.id
  filter                     = "attributes.eventType = \"SECRET_ROTATE\""
  message_retention_duration = "86400s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }
}
