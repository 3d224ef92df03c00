resource "google_pubsub_topic" "topic" {
  for_each = var.topics
  project  = var.project_id
  name     = each.key
  labels   = merge(var.labels, { kind = each.value.kind })

  # Where messages lie, wherever they are published. Not enforced in transit: a publisher that comes in by
  # another region would be refused, and pushes would wait for a region that is down.
  # https://cloud.google.com/pubsub/docs/resource-location-restriction
  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" "subscription" {
  for_each = var.subscriptions
  project  = var.project_id
  name     = each.key
  topic    = google_pubsub_topic.topic[each.value.topic].id
  labels   = var.labels

  ack_deadline_seconds       = each.value.ack_deadline_seconds
  message_retention_duration = each.value.retention
  filter                     = each.value.filter

  # Never: left out, a subscription goes after 31 idle days.
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = each.value.minimum_backoff
    maximum_backoff = each.value.maximum_backoff
  }

  dynamic "dead_letter_policy" {
    for_each = each.value.dead_letter == null ? [] : [each.value.dead_letter]
    content {
      dead_letter_topic     = google_pubsub_topic.topic[dead_letter_policy.value.topic].id
      max_delivery_attempts = dead_letter_policy.value.max_delivery_attempts
    }
  }

  # Without an endpoint a subscription holds what arrives: a function's messages until the function is
  # there.
  dynamic "push_config" {
    for_each = contains(keys(var.endpoints), coalesce(each.value.function, "nobody")) ? [var.endpoints[each.value.function]] : []
    content {
      push_endpoint = push_config.value
      oidc_token {
        service_account_email = google_service_account.push.email
        audience              = "${var.push_audience}-${each.value.function}"
      }
    }
  }

  # Without these grants Pub/Sub takes the policies and does not keep to them.
  depends_on = [
    google_pubsub_topic_iam_member.dead_letter_publisher,
    google_service_account_iam_member.agent_signs_as_push,
  ]

  lifecycle {
    precondition {
      condition     = each.value.filter == null ? true : length(each.value.filter) <= 256
      error_message = "Pub/Sub takes filters of at most 256 bytes."
    }
  }
}
