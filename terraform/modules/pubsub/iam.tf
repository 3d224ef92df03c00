locals {
  # Pub/Sub's own account in this project: it forwards dead letters and signs pushes.
  # https://cloud.google.com/pubsub/docs/access-control#service-agents
  agent = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  dead_letter_topics = toset([
    for subscription in values(var.subscriptions) : subscription.dead_letter.topic
    if subscription.dead_letter != null
  ])
}

# Who pushes. It has no right of its own but to invoke functions (module function).
resource "google_service_account" "push" {
  project      = var.project_id
  account_id   = "pubsub-push"
  display_name = "iN's pushes"
  description  = "Pub/Sub's pushes and Cloud Scheduler's ticks carry this account's ID tokens"
}

resource "google_service_account_iam_member" "agent_signs_as_push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.agent
}

# Dead-lettering is silently off without both of these.
resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  for_each = local.dead_letter_topics
  project  = var.project_id
  topic    = google_pubsub_topic.topic[each.value].id
  role     = "roles/pubsub.publisher"
  member   = local.agent
}

resource "google_pubsub_subscription_iam_member" "dead_letter_subscriber" {
  for_each = {
    for name, subscription in var.subscriptions : name => subscription
    if subscription.dead_letter != null
  }
  project      = var.project_id
  subscription = google_pubsub_subscription.subscription[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local.agent
}
