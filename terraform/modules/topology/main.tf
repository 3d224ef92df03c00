# What topology.yaml says, as Terraform's resources want it. No provider takes part, so `terraform test`
# runs it anywhere. Words that nobody reads, and names that are nowhere, are refused by the file's other
# reader (dev.in.topology.TopologyReader), whose tests run in the same build; here they are not looked
# for again.

locals {
  topology = yamldecode(file(coalesce(var.file, "${path.module}/../../../common-events/src/main/resources/topology.yaml")))
  clocks   = local.topology.clocks

  # The older names of each event type that has any: accepted when read, so filters let them pass.
  older_names = {
    for type in distinct(values(local.topology.legacyEventTypes)) :
    type => [for older, now in local.topology.legacyEventTypes : older if now == type]
  }

  dead_letter = {
    topic                 = local.topology.deadLetter.topic
    max_delivery_attempts = local.topology.deadLetter.maxDeliveryAttempts
  }

  all_subscriptions = {
    for name, subscription in local.topology.subscriptions : name => {
      topic    = subscription.topic
      function = try(subscription.function, null)
      enabled  = try(subscription.enabled, true)
      filter = try(length(subscription.messages), 0) == 0 ? null : join(" OR ", flatten([
        for type in subscription.messages : [
          for named in concat([type], lookup(local.older_names, type, [])) :
          "attributes.eventType = \"${named}\""
        ]
      ]))
      ack_deadline_seconds = tonumber(trimsuffix(try(subscription.ackDeadline, local.clocks.ackDeadline), "s"))
      minimum_backoff      = try(subscription.backoff.minimum, local.clocks.backoff.minimum)
      maximum_backoff      = try(subscription.backoff.maximum, local.clocks.backoff.maximum)
      retention            = try(subscription.retention, local.clocks.retention)
      dead_letter          = try(subscription.deadLetter, true) ? local.dead_letter : null
    }
  }

  subscriptions = {
    for name, subscription in local.all_subscriptions : name => subscription
    if subscription.enabled || contains(var.switched_on, name)
  }

  functions = {
    for name, function in local.topology.functions : name => {
      does          = function.does
      side          = try(function.side, false)
      replayable    = try(function.replayable, false)
      publishes     = function.publishes
      needs         = function.needs
      cpu           = function.service.cpu
      memory_mib    = function.service.memoryMiB
      concurrency   = function.service.concurrency
      subscriptions = [for key, subscription in local.subscriptions : key if subscription.function == name]
    }
  }

  # `tick: { path: /reconcile, every: 300s }` at a function has Cloud Scheduler call it.
  ticks = {
    for name, function in local.topology.functions : name => {
      path     = function.tick.path
      schedule = "every ${tonumber(trimsuffix(function.tick.every, "s")) / 60} minutes"
    } if can(function.tick)
  }
}
