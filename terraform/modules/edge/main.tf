locals {
  # The Worker's own configuration is edge/wrangler.jsonc; what both must say is read from there.
  wrangler           = file("${path.module}/../../../edge/wrangler.jsonc")
  compatibility_date = regex("\"compatibility_date\": \"([0-9-]+)\"", local.wrangler)[0]

  rate_limits = [
    for found in regexall("\"name\": \"([A-Z_]+)\", \"namespace_id\": \"([0-9]+)\", \"simple\": { \"limit\": ([0-9]+), \"period\": ([0-9]+) }", local.wrangler) :
    { type = "ratelimit", name = found[0], namespace_id = found[1], simple = { limit = tonumber(found[2]), period = tonumber(found[3]) } }
  ]

  # The environment's own users, and those of partners. What a channel may say is the Worker's to judge
  # (edge/src/channels/channel-file.ts), before anything is deployed: edge/build/channels.js.
  channels = jsonencode({
    version  = 1
    channels = concat([local.own_users], var.partners)
  })

  own_users = {
    name     = "accounts"
    issuer   = var.users.issuer
    audience = var.users.audience
    limits   = var.account_limits
  }

  # What has a default in the Worker (edge/src/config.ts) is left to it.
  accounts = { for name, email in var.callers : "IN_${upper(replace(name, "-", "_"))}_SERVICE_ACCOUNT" => email }
  vars = merge(local.accounts, var.traces_endpoint == null ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = var.traces_endpoint }, {
    AUTH_MODE                   = "oidc"
    IN_BUDGET_UNITS_PER_DAY     = tostring(var.budget_units_per_day)
    IN_CHANNELS                 = local.channels
    IN_EDGE_AUDIENCE            = "https://${var.hostname}"
    IN_OPERATOR_SERVICE_ACCOUNT = var.operator_account
    GCP_PROJECT                 = var.project_id
    PUBSUB_ENDPOINT             = "https://${var.region}-pubsub.googleapis.com"
    IMAGES_BUCKET               = var.images_bucket
  })
  objects = { ACCOUNTS = "AccountDO", BATCHES = "BatchDO", BUDGETS = "BudgetDO", TASKS = "TaskCoordinatorDO", WEBHOOKS = "WebhookDO" }

  # Which classes came with which migration. What was deployed is never changed: a new class gets a tag of its own.
  migrations = [
    { tag = "v1", classes = ["AccountDO", "TaskCoordinatorDO", "WebhookDO"] },
    { tag = "v2", classes = ["BudgetDO"] },
    { tag = "v3", classes = ["BatchDO"] },
  ]
  tags       = local.migrations[*].tag
  latest_tag = local.tags[length(local.tags) - 1]
  # How many of them the deployed Worker has.
  migrated = (
    var.migrate_from == null ? length(local.tags) :
    var.migrate_from == "none" ? 0 :
    index(local.tags, var.migrate_from) + 1
  )
  new_classes = flatten(slice(local.migrations, local.migrated, length(local.migrations))[*].classes)

  secrets = {
    PUBLISHER_KEY   = var.keys.publisher
    UPLOADER_KEY    = var.keys.uploader
    SESSION_SECRETS = join(",", [for name in var.session_secrets : random_password.session[name].result])
    CLIENT_SECRETS  = jsonencode(var.client_secrets)
  }
}

# They sign the sessions of users: the first signs, what the second has signed is accepted.
resource "random_password" "session" {
  for_each = toset(var.session_secrets)
  length   = 64
  special  = false
}

resource "cloudflare_workers_script" "edge" {
  lifecycle {
    precondition {
      condition     = length(local.channels) <= 5000
      error_message = "Cloudflare takes variables of 5 kB: the channels have ${length(local.channels)} bytes."
    }
    precondition {
      condition     = toset(flatten(local.migrations[*].classes)) == toset(values(local.objects))
      error_message = "Each class of a Durable Object comes with one migration."
    }
  }

  account_id         = var.account_id
  script_name        = var.name
  main_module        = "worker.js"
  content_file       = var.script
  content_sha256     = filesha256(var.script)
  compatibility_date = local.compatibility_date

  bindings = concat(
    [for name, class in local.objects : { type = "durable_object_namespace", name = name, class_name = class }],
    [for name, value in local.vars : { type = "plain_text", name = name, text = value }],
    local.rate_limits,
    [for name in ["PUBLISHER_KEY", "UPLOADER_KEY", "SESSION_SECRETS", "CLIENT_SECRETS"] : { type = "secret_text", name = name, text = local.secrets[name] }],
  )

  # A class is declared once; the second time Cloudflare refuses the upload (10079). The provider knows
  # no `exports` yet, so this is the older way; a script that wrangler deployed with `exports` must not
  # be taken over.
  migrations = length(local.new_classes) == 0 ? null : {
    old_tag            = var.migrate_from == "none" ? null : var.migrate_from
    new_tag            = local.latest_tag
    new_sqlite_classes = local.new_classes
  }

  observability = {
    enabled = true
    logs = {
      enabled         = true
      invocation_logs = false # they hold addresses with task ids; the Worker logs for itself
    }
  }
}

# The one door: a custom domain brings its DNS record and certificate along.
resource "cloudflare_workers_custom_domain" "edge" {
  account_id = var.account_id
  zone_id    = var.zone_id
  hostname   = var.hostname
  service    = cloudflare_workers_script.edge.script_name
}

resource "cloudflare_workers_script_subdomain" "edge" {
  account_id       = var.account_id
  script_name      = cloudflare_workers_script.edge.script_name
  enabled          = false
  previews_enabled = false
}
