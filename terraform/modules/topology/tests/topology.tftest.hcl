run "what_a_subscription_leaves_out_it_takes_from_the_clocks" {
  command = plan
  variables {
    file = "./tests/small.yaml"
  }
  assert {
    condition = jsonencode(output.subscriptions) == jsonencode({
      metadata = {
        ack_deadline_seconds = 14
        dead_letter          = { max_delivery_attempts = 7, topic = "lost" }
        enabled              = true
        filter               = null
        function             = "metadata"
        maximum_backoff      = "6s"
        minimum_backoff      = "5s"
        retention            = "600s"
        topic                = "metadata-topic"
      }
    })
    error_message = "Not as the clocks say: ${jsonencode(output.subscriptions)}"
  }
}

run "what_it_says_itself_counts_and_a_filter_lets_older_names_pass" {
  command = plan
  variables {
    file        = "./tests/small.yaml"
    switched_on = ["progress"]
  }
  assert {
    condition = jsonencode(output.subscriptions["progress"]) == jsonencode({
      ack_deadline_seconds = 11
      dead_letter          = null
      enabled              = false
      filter               = "attributes.eventType = \"metadata.extracted\" OR attributes.eventType = \"image.metadata_extracted\" OR attributes.eventType = \"task.failed\""
      function             = null
      maximum_backoff      = "15s"
      minimum_backoff      = "13s"
      retention            = "1200s"
      topic                = "facts"
    })
    error_message = "Not as it says itself: ${jsonencode(output.subscriptions["progress"])}"
  }
}

run "a_name_that_is_not_there_cannot_be_switched_on" {
  command = plan
  variables {
    file        = "./tests/small.yaml"
    switched_on = ["whispered"]
  }
  expect_failures = [output.subscriptions]
}

run "a_function_is_whole" {
  command = plan
  variables {
    file = "./tests/small.yaml"
  }
  assert {
    condition = jsonencode(output.functions) == jsonencode({
      metadata = {
        concurrency   = 3
        cpu           = 2
        does          = "reads"
        memory_mib    = 256
        needs         = ["write-tasks"]
        publishes     = ["facts", "lost"]
        replayable    = false
        side          = false
        subscriptions = ["metadata"]
      }
    })
    error_message = "Not whole: ${jsonencode(output.functions)}"
  }
  assert {
    condition     = jsonencode(output.ticks) == jsonencode({ metadata = { path = "/sweep", schedule = "every 5 minutes" } })
    error_message = "Not the tick: ${jsonencode(output.ticks)}"
  }
  assert {
    condition     = jsonencode(output.edge_topics) == jsonencode(["metadata-topic"])
    error_message = "The chain does not begin there: ${jsonencode(output.edge_topics)}"
  }
  assert {
    condition     = output.clocks.document_ttl_days == 2
    error_message = "A begun day counts: ${output.clocks.document_ttl_days}"
  }
}

# The example of this module's README.
run "the_repository_s_own_topology" {
  command = plan
  assert {
    condition     = output.subscriptions["ai-work"].topic == "ai-topic"
    error_message = "ai's subscription has a name of its own."
  }
  assert {
    condition     = output.subscriptions["sync"].dead_letter == null && output.subscriptions["sync"].retention == "2678400s"
    error_message = "An edge outage delays sync's verdicts and never loses one."
  }
  assert {
    condition     = !contains(keys(output.subscriptions), "notification-progress")
    error_message = "Progress is reported only where it is switched on."
  }
  assert {
    condition     = jsonencode(output.edge_topics) == jsonencode(["account-events", "download-topic", "task-commands"])
    error_message = "The edge publishes to the first stage, what it knows of accounts, and commands."
  }
}
