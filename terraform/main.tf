locals {
  labels        = { app = "in", environment = var.environment }
  images_bucket = coalesce(var.images_bucket, "${var.project_id}-images")
  location      = coalesce(var.location, var.region)
  edge_url      = "https://${var.edge.hostname}"

  # Who operators are to the edge, and to the functions that they ask.
  operator_id      = "operator"
  operator_account = "${local.operator_id}@${var.project_id}.iam.gserviceaccount.com"
  asked_functions = concat(
    ["recovery", "log-enhancer", "analytics"],
    [for name, function in module.topology.functions : name if function.replayable],
  )

  partners = jsondecode(var.channels == null ? "{\"channels\": []}" : file("${path.root}/${var.channels}")).channels

  # To the function that sends mail. Without a mail server none is sent, and it says so.
  mail_settings = var.mail == null ? {} : merge(
    { IN_MAIL_FROM = var.mail.from, IN_MAIL_HOST = var.mail.host, IN_MAIL_PORT = tostring(var.mail.port) },
    var.mail.username == null ? {} : { IN_MAIL_USERNAME = var.mail.username },
  )
  mail_secrets = try(var.mail.password_secret, null) == null ? {} : { IN_MAIL_PASSWORD = var.mail.password_secret }

  # Vision's locations (`parent` of its requests): others than these it has none.
  # https://cloud.google.com/vision/docs/reference/rest/v1/images/annotate
  vision_location = one([for name, regions in { eu = "europe-", us = "us-", asia = "asia-" } : name if startswith(var.region, regions)])
  vision_settings = local.vision_location == null ? {} : { IN_AI_VISION_PARENT = "projects/${var.project_id}/locations/${local.vision_location}" }

  # A function is made once there is an image of it.
  deployed = { for name, function in module.topology.functions : name => function if contains(keys(var.images), name) }

  # Beside the tasks there is only the document of the switches, which stays. What later work stores gets
  # its line here.
  collections = {
    tasks = {
      # Of the input the upload's id is searched for, when one of its tasks is deleted.
      unindexed = ["createdAt", "updatedAt", "stages", "input.imageUrl"]
      ttl       = "expiresAt"
    }
    # Recorded for people; searched by task, when that is deleted.
    deadLetters = {
      unindexed = ["attributes", "data", "recordedAt"]
      ttl       = "expiresAt"
    }
    # Which mails were sent.
    mails = {
      unindexed = ["until", "sentAt"]
      ttl       = "expiresAt"
    }
    # Every event. Two fields have indexes: `taskId`, and `position`, which begins with one of eight
    # shards, so that no end of an index takes all writes.
    history = {
      unindexed = ["eventType", "recordedAt", "stage", "attempts", "durationMs", "body", "attributes"]
      ttl       = "expiresAt"
    }
    # What was counted of the history, a document for each hour and shard: each is written once.
    statistics = {
      unindexed = ["counts", "durations"]
      ttl       = "expiresAt"
    }
    # What operators have commanded, and what came of it.
    operations = {
      unindexed = ["executedAt", "requestedAt", "selection", "tasks"]
      ttl       = "expiresAt"
    }
  }
}

# A name of a function that is none would be left out without a word.
check "functions_are_of_the_topology" {
  assert {
    condition = length(setsubtract(
      concat(keys(var.images), keys(var.scaling), keys(var.settings)), keys(module.topology.functions)
    )) == 0
    error_message = "images, scaling or settings name functions that topology.yaml has not."
  }
}

module "topology" {
  source      = "./modules/topology"
  switched_on = var.switched_on
}

module "project" {
  source     = "./modules/project"
  project_id = var.project_id
  more_apis = concat(
    anytrue([for function in values(module.topology.functions) : contains(function.needs, "vision")]) ? ["vision.googleapis.com"] : [],
    length(module.topology.ticks) > 0 ? ["cloudscheduler.googleapis.com"] : [],
    ["billingbudgets.googleapis.com"],
  )
}

# --- The chain

module "pubsub" {
  source         = "./modules/pubsub"
  project_id     = module.project.id
  project_number = module.project.number
  region         = var.region
  topics         = module.topology.topics
  subscriptions  = module.topology.subscriptions
  endpoints      = { for name, function in module.function : name => function.uri }
  push_audience  = var.push_audience
  labels         = local.labels
}

module "function" {
  source   = "./modules/function"
  for_each = local.deployed

  project_id          = module.project.id
  region              = var.region
  name                = each.key
  does                = each.value.does
  image               = var.images[each.key]
  service             = each.value
  scaling             = try(var.scaling[each.key], {})
  request_timeout     = module.topology.clocks.request_timeout
  needs               = each.value.needs
  publishes           = { for topic in each.value.publishes : topic => module.pubsub.topics[topic] }
  push                = { auth = var.push_auth, account = module.pubsub.push_account, audience = "${var.push_audience}-${each.key}" }
  images_bucket       = module.images.name
  database            = module.firestore.database
  operator_account    = contains(local.asked_functions, each.key) ? local.operator_account : null
  edge_url            = local.edge_url
  traces_endpoint     = var.traces_endpoint
  settings            = merge(contains(each.value.needs, "write-mails") ? local.mail_settings : {}, contains(each.value.needs, "vision") ? local.vision_settings : {}, try(var.settings[each.key], {}))
  secrets             = contains(each.value.needs, "write-mails") ? local.mail_secrets : {}
  labels              = local.labels
  collector           = var.metrics_collector == null ? null : { image = var.metrics_collector, secret = module.metrics[0].secret }
  deletion_protection = var.deletion_protection
  canary              = try({ percent = var.canary.percent, stable = var.canary.stable[each.key] }, null)

  # Cloud Run refuses an invoker that is not there yet.
  depends_on = [module.operators]
}

module "operators" {
  source     = "./modules/operators"
  project_id = module.project.id
  account_id = local.operator_id
  members    = var.operators
}

# Where topology.yaml gives a function a `tick`, Cloud Scheduler calls it.
module "tick" {
  source   = "./modules/tick"
  for_each = { for name, tick in module.topology.ticks : name => tick if contains(keys(local.deployed), name) }

  project_id      = module.project.id
  region          = var.region
  function        = each.key
  uri             = module.function[each.key].uri
  path            = each.value.path
  schedule        = each.value.schedule
  request_timeout = module.topology.clocks.request_timeout
  push_account    = module.pubsub.push_account
  push_audience   = "${var.push_audience}-${each.key}"
}

# --- Data

module "firestore" {
  source                 = "./modules/firestore"
  project_id             = module.project.id
  location               = local.location
  point_in_time_recovery = var.point_in_time_recovery
  backup_days            = var.backup_days
  collections            = local.collections
}

module "images" {
  source           = "./modules/images"
  project_id       = module.project.id
  name             = local.images_bucket
  location         = coalesce(var.bucket_location, local.location)
  keep_days        = module.topology.clocks.document_ttl_days
  soft_delete_days = var.soft_delete_days
  origins          = [local.edge_url]
  labels           = local.labels
}

# --- The edge

module "users" {
  source       = "./modules/users"
  project_id   = module.project.id
  domains      = [var.edge.hostname]
  self_sign_up = var.self_sign_up
}

module "edge_keys" {
  source         = "./modules/edge-keys"
  project_id     = module.project.id
  project_number = module.project.number
  topics         = { for name in module.topology.edge_topics : name => module.pubsub.topics[name] }
  images_bucket  = module.images.name
  rotation_days  = var.edge.key_rotation_days
  labels         = local.labels
}

module "edge" {
  source         = "./modules/edge"
  account_id     = var.edge.account_id
  zone_id        = var.edge.zone_id
  hostname       = var.edge.hostname
  script         = coalesce(var.edge.script, "${path.root}/../edge/dist/worker.js")
  migrate_from   = var.migrate_from
  users          = { issuer = module.users.issuer, audience = module.users.audience }
  account_limits = var.account_limits

  budget_units_per_day = var.budget_units_per_day

  partners         = local.partners
  callers          = { for name, function in module.topology.functions : name => "function-${name}@${var.project_id}.iam.gserviceaccount.com" if contains(function.needs, "edge") }
  operator_account = local.operator_account
  project_id       = var.project_id
  region           = var.region
  images_bucket    = module.images.name
  traces_endpoint  = var.traces_endpoint
  keys             = { publisher = module.edge_keys.keys["publisher"], uploader = module.edge_keys.keys["uploader"] }
  session_secrets  = var.edge.session_secrets
  client_secrets   = var.client_secrets
}

# --- Deploying and watching

module "registry" {
  source     = "./modules/registry"
  project_id = module.project.id
  region     = var.region
  writers    = var.pipeline == null ? {} : { builder = module.pipeline[0].accounts["builder"] }
  labels     = local.labels
}

module "pipeline" {
  source = "./modules/pipeline"
  count  = var.pipeline == null ? 0 : 1

  project_id         = module.project.id
  repository         = var.pipeline.repository
  repository_id      = var.pipeline.repository_id
  branch             = var.pipeline.branch
  plan_environment   = var.pipeline.plan_environment
  deploy_environment = var.pipeline.deploy_environment
  review_environment = var.pipeline.review_environment
  state_bucket       = var.pipeline.state_bucket
  acts_as            = merge({ for name, function in module.function : name => function.account_name }, { pubsub-push = module.pubsub.push_account_name }, { for probe in module.probe : "probe" => probe.account_name })
  replaces_keys_of   = module.edge_keys.accounts
  grantable_roles    = ["roles/datastore.user", "roles/datastore.viewer", "roles/monitoring.metricWriter"]
}

module "monitoring" {
  source                = "./modules/monitoring"
  project_id            = module.project.id
  emails                = var.alert_emails
  pagers                = var.pagers
  runbook               = var.pipeline == null ? null : "https://github.com/${var.pipeline.repository}/blob/${var.pipeline.branch}/docs/operations/alerts.md"
  functions             = module.topology.functions
  subscriptions         = module.topology.subscriptions
  dead_letter_topic     = module.topology.dead_letter.topic
  clocks                = module.topology.clocks
  edge_host             = var.edge.hostname
  rotation_subscription = module.edge_keys.rotation_subscription
  objectives            = var.objectives
  probed                = var.probe != null
  log_gib_per_day       = var.logs.gib_per_day
  function_metrics      = var.metrics_collector != null
  labels                = local.labels
}

module "logs" {
  source         = "./modules/logs"
  project_id     = module.project.id
  retention_days = var.logs.retention_days
  requests       = var.logs.requests
}

module "probe" {
  source = "./modules/probe"
  count  = var.probe == null ? 0 : 1

  project_id = module.project.id
  region     = var.region
  image      = var.probe.image
  key_secret = var.probe.key_secret
  edge_url   = local.edge_url
  seconds    = var.objectives.completion_seconds
  labels     = local.labels
}

module "metrics" {
  source = "./modules/metrics"
  count  = var.metrics_collector == null ? 0 : 1

  project_id = module.project.id
  labels     = local.labels
}

module "budget" {
  source                = "./modules/budget"
  project_id            = module.project.id
  project_number        = module.project.number
  billing_account       = var.budget.billing_account
  amount                = var.budget.amount
  currency              = var.budget.currency
  notification_channels = module.monitoring.notification_channels
  labels                = local.labels
  push = !contains(keys(local.deployed), "recovery") ? null : {
    endpoint = "${module.function["recovery"].uri}/billing"
    account  = module.pubsub.push_account
    audience = "${var.push_audience}-recovery"
  }
}
