output "topics" {
  description = "By name: `kind` (task, event, command or dead-letter) and `messages`."
  value       = local.topology.topics
}

output "subscriptions" {
  description = "Those that are made, by name: topic, function (null: nobody is pushed to), filter (null: all), ack_deadline_seconds, minimum_backoff, maximum_backoff, retention, dead_letter (null: none)."
  value       = local.subscriptions

  precondition {
    condition     = length(setsubtract(var.switched_on, keys(local.all_subscriptions))) == 0
    error_message = "Switched on, but not in topology.yaml: ${join(", ", setsubtract(var.switched_on, keys(local.all_subscriptions)))}."
  }
}

output "functions" {
  description = "By name: does, side (consumes events beside the chain), publishes (topics), needs, cpu, memory_mib, concurrency, subscriptions (those that push to it)."
  value       = local.functions
}

output "ticks" {
  description = "By the function's name: path, and schedule in Cloud Scheduler's words. Empty until a function has a `tick`."
  value       = local.ticks
}

output "dead_letter" {
  description = "topic and max_delivery_attempts."
  value       = local.dead_letter
}

output "edge_topics" {
  description = "The topics that the edge publishes to: the chain's first stage's, and those that no function publishes to (commands, account-events)."
  value = [
    for name, topic in local.topology.topics : name
    if contains(topic.messages, "${local.topology.chain[0]}.requested")
    || !contains(flatten([for function in local.topology.functions : function.publishes]), name)
  ]
}

output "clocks" {
  description = "The clocks that resources are made of: request_timeout, retention (as 60s), work_budget_seconds, task_deadline_seconds, document_ttl_days."
  value = {
    request_timeout       = local.clocks.requestTimeout
    retention             = local.clocks.retention
    work_budget_seconds   = tonumber(trimsuffix(local.clocks.workBudget, "s"))
    task_deadline_seconds = tonumber(trimsuffix(local.clocks.taskDeadline, "s"))
    document_ttl_days     = ceil(tonumber(trimsuffix(local.clocks.documentTtl, "s")) / 86400)
  }
}
