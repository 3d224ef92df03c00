# The whole with mocked providers: Terraform takes the resources' shapes from the real providers where
# they can be had (the pipeline), and from the stand-ins of checks/terraform elsewhere.

mock_provider "google" {
  mock_resource "google_service_account_key" {
    defaults = {
      private_key = "e30="
    }
  }
}

mock_provider "cloudflare" {}

mock_provider "time" {}

mock_provider "random" {}

variables {
  project_id = "in-test"
  # Said here, since the pipeline has written images.auto.tfvars.json by the time these run.
  images       = {}
  environment  = "test"
  region       = "europe-west1"
  alert_emails = ["ops@example.com"]
  edge = {
    account_id = "account"
    zone_id    = "zone"
    hostname   = "in.example.com"
    script     = "./tests/worker.js"
  }
  budget = {
    billing_account = "000000-000000-000000"
    amount          = 50
  }
}

run "everything_but_the_functions_can_be_made_before_there_are_images" {
  command = plan
  assert {
    condition     = contains(output.functions_without_image, "download") && length(output.functions) == 0
    error_message = "Not these: ${jsonencode(output.functions_without_image)}"
  }
}

run "a_subscription_of_a_stage" {
  command = plan
  module {
    source = "./modules/pubsub"
  }
  variables {
    project_number = "123456789012"
    push_audience  = "in-push"
    topics = {
      work = { kind = "task", messages = ["metadata.requested"] }
      lost = { kind = "dead-letter", messages = [] }
    }
    subscriptions = {
      metadata = {
        topic                = "work"
        function             = "metadata"
        ack_deadline_seconds = 150
        minimum_backoff      = "1s"
        maximum_backoff      = "300s"
        retention            = "604800s"
        dead_letter          = { topic = "lost", max_delivery_attempts = 100 }
      }
    }
    endpoints = { metadata = "https://metadata.example.com" }
  }
  assert {
    condition     = google_pubsub_subscription.subscription["metadata"].expiration_policy[0].ttl == ""
    error_message = "It must never expire."
  }
  assert {
    condition     = google_pubsub_subscription.subscription["metadata"].push_config[0].push_endpoint == "https://metadata.example.com"
    error_message = "It must push to its function."
  }
  assert {
    condition     = google_pubsub_subscription_iam_member.dead_letter_subscriber["metadata"].member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
    error_message = "Pub/Sub must be able to take dead letters off it."
  }
}

run "an_image_that_may_change_is_refused" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    name            = "ai"
    does            = "analyses"
    image           = "in/ai:latest"
    service         = { cpu = 1, memory_mib = 512, concurrency = 1 }
    request_timeout = "120s"
    needs           = []
    publishes       = {}
    push            = { auth = "iam", account = "push@example.com", audience = "in-push" }
    images_bucket   = "images"
    edge_url        = "https://in.example.com"
  }
  expect_failures = [var.image]
}
