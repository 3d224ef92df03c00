# Metrics as https://cloud.google.com/monitoring/api/metrics_gcp names them.

locals {
  functions = sort(keys(var.functions))

  # Those that a function is pushed from: tasks wait for the chain's and sync's, and for no side consumer's.
  pushed      = { for name, subscription in var.subscriptions : name => var.functions[subscription.function] if subscription.function != null }
  task_pushed = sort([for name, function in local.pushed : name if !function.side])
  side_pushed = sort([for name, function in local.pushed : name if function.side])
  dead_letters = sort([
    for name, subscription in var.subscriptions : name if subscription.topic == var.dead_letter_topic
  ])

  in_service      = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = one_of(${join(", ", [for name in local.functions : "\"${name}\""])})"
  in_subscription = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in local.task_pushed : "\"${name}\""])})"
  in_side         = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in local.side_pushed : "\"${name}\""])})"
  in_dead_letters = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in local.dead_letters : "\"${name}\""])})"

  oldest_age = "${local.in_subscription} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
  side_age   = "${local.in_side} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
  side_nacks = "${local.in_side} AND metric.type = \"pubsub.googleapis.com/subscription/push_request_count\" AND metric.labels.response_class != \"ack\""
  # Recovery acks a dead letter once it has recorded it.
  recorded = "${local.in_dead_letters} AND metric.type = \"pubsub.googleapis.com/subscription/push_request_count\" AND metric.labels.response_class = \"ack\""
  requests = "${local.in_service} AND metric.type = \"run.googleapis.com/request_count\""

  errors = "functions report errors"
  budget = "a budget is used up"
  book   = "What to do: docs/operations of the repository, under"

  # Where nothing else is said, alerts fire above the threshold.
  usual = { comparison = "COMPARISON_GT", of = null, wanted = true }

  alerts = {
    "messages wait too long" = merge(local.usual, {
      severity  = "WARNING"
      says      = "A subscription's oldest message has waited for more than ten minutes: its function is down, too slow, or nacks."
      filter    = local.oldest_age
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_MAX"
      by        = ["resource.label.subscription_id"]
      threshold = 600
      period    = "60s"
      for       = "300s"
    })
    "side consumers are late" = merge(local.usual, {
      severity  = "WARNING"
      says      = "A side consumer's oldest message has waited for more than ten minutes. Tasks end all the same; owners miss mail, or what an image shows in their library, and the history its latest events, until they are delivered."
      filter    = local.side_age
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_MAX"
      by        = ["resource.label.subscription_id"]
      threshold = 600
      period    = "60s"
      for       = "300s"
    })
    "tasks are stuck" = merge(local.usual, {
      severity  = "CRITICAL"
      says      = "A message has waited for half the time that a task may take, which ends after ${var.clocks.task_deadline_seconds} seconds."
      filter    = local.oldest_age
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_MAX"
      by        = ["resource.label.subscription_id"]
      threshold = var.clocks.task_deadline_seconds / 2
      period    = "60s"
      for       = "300s"
    })
    "there are dead letters" = merge(local.usual, {
      severity  = "ERROR"
      says      = "Messages could not be delivered or decoded, and were recorded: recovery has moved on the tasks among them."
      filter    = local.recorded
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      by        = ["resource.label.subscription_id"]
      threshold = 0
      period    = "60s"
      for       = "0s"
    })
    "functions fail" = merge(local.usual, {
      severity  = "WARNING"
      says      = "More than a twentieth of a function's answers are 5xx. A 503 is how it nacks what it shares with others and finds broken: Firestore, Pub/Sub, Storage, Vision, the edge."
      filter    = "${local.requests} AND metric.labels.response_code_class = \"5xx\""
      of        = local.requests
      aligner   = "ALIGN_RATE"
      reducer   = "REDUCE_SUM"
      by        = ["resource.label.service_name"]
      threshold = 0.05
      period    = "300s"
      for       = "300s"
    })
    "pushes are refused" = merge(local.usual, {
      severity  = "ERROR"
      says      = "A function or Cloud Run answers 4xx: the push account, the audience or IN_PUSH_AUTH do not fit together, or all instances are busy (429)."
      filter    = "${local.requests} AND metric.labels.response_code_class = \"4xx\""
      aligner   = "ALIGN_RATE"
      reducer   = "REDUCE_SUM"
      by        = ["resource.label.service_name"]
      threshold = 0
      period    = "60s"
      for       = "300s"
    })
    "functions are slow" = merge(local.usual, {
      severity  = "WARNING"
      says      = "One request in a hundred takes longer than half a stage's work budget of ${var.clocks.work_budget_seconds} seconds."
      filter    = "${local.in_service} AND metric.type = \"run.googleapis.com/request_latencies\""
      aligner   = "ALIGN_PERCENTILE_99"
      reducer   = "REDUCE_MAX"
      by        = ["resource.label.service_name"]
      threshold = var.clocks.work_budget_seconds * 500 # milliseconds
      period    = "300s"
      for       = "600s"
    })
    "the edge is down" = merge(local.usual, {
      severity   = "CRITICAL"
      says       = "GET https://${var.edge_host}/healthz fails from most places in the world; its answer names every problem."
      filter     = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${google_monitoring_uptime_check_config.edge.uptime_check_id}\""
      aligner    = "ALIGN_FRACTION_TRUE"
      reducer    = "REDUCE_MEAN"
      by         = ["resource.label.host"]
      comparison = "COMPARISON_LT"
      threshold  = 0.5
      period     = "300s"
      for        = "60s"
    })
    "the probe fails" = merge(local.usual, {
      wanted    = var.probed
      severity  = "CRITICAL"
      says      = "Two of three images that were sent through the whole chain in a quarter of an hour did not arrive; the job's log says why."
      filter    = "resource.type = \"cloud_run_job\" AND resource.labels.job_name = \"probe\" AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      by        = ["resource.label.job_name"]
      threshold = 1
      period    = "900s"
      for       = "0s"
    })
    "more is logged than planned" = merge(local.usual, {
      severity  = "WARNING"
      says      = "More than ${var.log_gib_per_day} GiB were logged in a day."
      filter    = "resource.type = \"global\" AND metric.type = \"logging.googleapis.com/billing/bytes_ingested\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      by        = ["resource.label.project_id"]
      threshold = var.log_gib_per_day * 1024 * 1024 * 1024
      period    = "86400s"
      for       = "0s"
    })
    "the edge's keys are due" = merge(local.usual, {
      severity  = "WARNING"
      says      = "Secret Manager says that the edge's keys are to be replaced: the next apply does it."
      filter    = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${var.rotation_subscription}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_MAX"
      by        = ["resource.label.subscription_id"]
      threshold = 0
      period    = "60s"
      for       = "0s"
    })
  }
}
