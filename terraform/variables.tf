# An environment is a file of these: environments/*.tfvars. docs/operations goes through a first
# deployment step by step.

# --- Where

variable "project_id" {
  description = "The Google Cloud project, one for each environment; it exists, with billing."
  type        = string
}

variable "environment" {
  description = "What the environment is called, as a label: staging, production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9_-]{0,62}$", var.environment))
    error_message = "A label: lower-case letters, digits, - and _."
  }
}

variable "region" {
  description = "Region of functions and images, such as europe-west1."
  type        = string
}

variable "location" {
  description = "Where documents and images lie: a region, or a multi-region that both Firestore and Cloud Storage have (eur3 and eu differ: give bucket_location then). Cannot be changed later. Default: the region."
  type        = string
  default     = null
}

variable "bucket_location" {
  description = "Where images lie, if elsewhere than the documents. Cannot be changed later."
  type        = string
  default     = null
}

variable "images_bucket" {
  description = "Name of the bucket of images. Default: <project_id>-images."
  type        = string
  default     = null
}

# --- The functions

variable "images" {
  description = "Container image of each function, by digest: { download = \"REPOSITORY/download@sha256:…\" }. The pipeline writes them to images.auto.tfvars.json. A function without one is not made yet: its subscription holds its messages until it is."
  type        = map(string)
  default     = {}
}

variable "push_auth" {
  description = "Who checks the ID tokens of pushes, on both sides: `iam` (Cloud Run; only the push account may invoke) or `oidc` (the functions themselves; Cloud Run lets everybody inside the project through)."
  type        = string
  default     = "iam"

  validation {
    condition     = contains(["iam", "oidc"], var.push_auth)
    error_message = "Somebody must check: iam or oidc."
  }
}

variable "push_audience" {
  description = "What the audiences of the ID tokens that pushes carry begin with, any fixed string. Each function has one of its own: in-push-download."
  type        = string
  default     = "in-push"
}

variable "scaling" {
  description = "Instances of single functions, where others than 0 to 20 are wanted: { download = { min_instances = 1, max_instances = 100 } }."
  type = map(object({
    min_instances = optional(number, 0)
    max_instances = optional(number, 20)
  }))
  default = {}
}

variable "settings" {
  description = "Settings of single functions beside their defaults, by the names of docs/operations: { download = { IN_DOWNLOAD_MAX_SIZE = \"20M\" } }."
  type        = map(map(string))
  default     = {}
}

variable "switched_on" {
  description = "Subscriptions that the topology leaves off and that are wanted here, such as notification-progress: live progress, for three more calls of the edge a task."
  type        = set(string)
  default     = []
}

variable "channels" {
  description = <<-EOT
    Path, from this folder, of the file of partners whose users may use the edge beside the accounts of
    this environment (the channel accounts); null for none. edge/README.md says what it holds, and
    `node build/channels.js FILE` in edge/ checks it.
  EOT
  type        = string
  default     = null

  validation {
    condition = (var.channels == null ? true : alltrue([
      for channel in try(jsondecode(file("${path.root}/${var.channels}")).channels, [{}]) : try(channel.name != "accounts", false)
    ]))
    error_message = "A JSON file with channels, none of which is named accounts."
  }
}

variable "account_limits" {
  description = "What each of the environment's own users (the channel accounts) may use: limits of edge/README.md, by name. Partners' are in the file of channels."
  type        = map(number)
  default = {
    submissionsPerMinute = 120
    submissionsPerDay    = 2000
    unitsPerDay          = 2000
    uploadsPerDay        = 2000
    storedBytes          = 20000000000
  }
}

variable "budget_units_per_day" {
  description = "What the analyses of all users may cost in a day, in units of Vision (one for each feature of an image, $1.50 for a thousand): beyond it tasks are carried out without their analysis until midnight UTC. The default is at most $30 a day; unlimited it would be what Vision's quota lets through, some thousand dollars a day. A channel's own budget is in the file of channels."
  type        = number
  default     = 20000

  validation {
    condition     = var.budget_units_per_day >= 1 && floor(var.budget_units_per_day) == var.budget_units_per_day
    error_message = "A whole number, 1 or more."
  }
}

variable "mail" {
  description = <<-EOT
    The mail server that owners' mail goes through, by SMTP with STARTTLS; null where no mail is sent:
    - from: the sender's address; SPF, DKIM and DMARC of its domain name this server
    - host, port, username: the server's
    - password_secret: name of a Secret Manager secret of this project that holds the password. People make it, so that no password is in Terraform's state
  EOT
  type = object({
    from            = string
    host            = string
    port            = optional(number, 587)
    username        = optional(string)
    password_secret = optional(string)
  })
  default = null

  validation {
    condition     = var.mail == null ? true : (var.mail.username == null) == (var.mail.password_secret == null)
    error_message = "A username and the secret with its password, or neither."
  }
}

variable "traces_endpoint" {
  description = "URL of an OpenTelemetry collector that takes spans by OTLP over HTTP from the functions and from the edge, such as one of your own that hands them to Cloud Trace. Default: none, and no span goes anywhere; logs carry the trace all the same."
  type        = string
  default     = null

  validation {
    condition     = var.traces_endpoint == null ? true : startswith(var.traces_endpoint, "https://")
    error_message = "Spans name tasks: over https alone."
  }
}

variable "metrics_collector" {
  description = "Image, by digest, of the collector that stands beside each function and sends its /q/metrics to Managed Service for Prometheus, where the Grafana dashboards find them: cloud-run-gmp-sidecar of us-docker.pkg.dev/cloud-ops-agents-artifacts. It takes one vCPU and 512 MiB of each instance, which are paid for. Default: none, and Google Cloud's own metrics alone."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete functions."
  type        = bool
  default     = true
}

# --- Data

variable "point_in_time_recovery" {
  description = "Whether documents can be read as they were in the last seven days."
  type        = bool
  default     = true
}

variable "backup_days" {
  description = "For how many days each day's backup of the documents is kept; 0: none is made."
  type        = number
  default     = 7
}

variable "canary" {
  description = "Which share of the requests new revisions get, and which revisions get the others, by function. The pipeline sets it, and sends all requests to the new ones once they have been watched. Default: all, at once."
  type        = object({ percent = number, stable = map(string) })
  default     = null
}

variable "soft_delete_days" {
  description = "For how many days a deleted image can be brought back: 0, or 7 to 90."
  type        = number
  default     = 7
}

# --- The edge

variable "edge" {
  description = <<-EOT
    The Worker on Cloudflare:
    - account_id, zone_id: Cloudflare's; the API token comes from CLOUDFLARE_API_TOKEN (Workers Scripts: edit, Workers Routes and DNS of the zone: edit)
    - hostname: the edge's, in that zone
    - script: path of the built Worker; default edge/dist/worker.js
    - key_rotation_days: after how many days the next apply replaces the Worker's two keys
    - session_secrets: names of the one or two secrets that sign users' sessions, which Terraform makes; docs/operations/changes.md rotates them
  EOT
  type = object({
    account_id        = string
    zone_id           = string
    hostname          = string
    script            = optional(string)
    key_rotation_days = optional(number, 90)
    session_secrets   = optional(list(string), ["first"])
  })

  validation {
    condition     = contains([1, 2], length(var.edge.session_secrets)) && length(distinct(var.edge.session_secrets)) == length(var.edge.session_secrets)
    error_message = "One secret signs sessions, and one more may be accepted."
  }
}

variable "migrate_from" {
  description = "Which migration of Durable Objects' classes the deployed Worker has: \"none\" where there is no Worker yet, else its tag. `./in deploy` asks Cloudflare and sets it; elsewhere it is set for the one apply that brings a new class, as docs/operations/changes.md says."
  type        = string
  default     = null
}

variable "client_secrets" {
  description = "Secrets of the clients that the file of channels calls confidential, by the name of the channel. Given as TF_VAR_client_secrets, a JSON object, and in no file."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "self_sign_up" {
  description = "Whether anybody can make a user account (Identity Platform)."
  type        = bool
  default     = false
}

# --- People and money

variable "alert_emails" {
  description = "Who receives alerts of errors and costs; at least one address."
  type        = set(string)

  validation {
    condition     = length(var.alert_emails) > 0
    error_message = "At least one address must receive alerts."
  }
}

variable "pagers" {
  description = "Notification channels for critical alerts beside e-mail, such as PagerDuty: projects/PROJECT/notificationChannels/ID. People make them, since they hold secrets: `gcloud beta monitoring channels create`."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for pager in var.pagers : can(regex("^projects/[^/]+/notificationChannels/[0-9]+$", pager))])
    error_message = "Full names of notification channels."
  }
}

variable "objectives" {
  description = <<-EOT
    What users may expect, over `days` days: alerts say when it is being missed.
    - completion, completion_seconds: the share of tasks that complete within so many seconds. Those that fail by their
      image are not counted, nor are those whose run an operator has started again
    - availability: the share of minutes in which the edge answers
  EOT
  type = object({
    completion         = optional(number, 0.99)
    completion_seconds = optional(number, 60)
    availability       = optional(number, 0.999)
    days               = optional(number, 28)
  })
  default = {}
}

variable "logs" {
  description = <<-EOT
    - retention_days: for how long lines are kept; 30 days cost nothing besides
    - requests: whether Cloud Run's line of each request that succeeded is kept; docs/operations/costs.md says what they cost
    - gib_per_day: beyond so much in a day there is an alert ($0.50 for a GiB)
  EOT
  type = object({
    retention_days = optional(number, 30)
    requests       = optional(bool, true)
    gib_per_day    = optional(number, 1)
  })
  default = {}

  validation {
    condition     = var.logs.retention_days >= 1 && var.logs.retention_days <= 3650
    error_message = "1 to 3650 days."
  }
}

variable "probe" {
  description = <<-EOT
    Every five minutes an image goes through the whole chain, as a user's does, and is removed; null for none:
    - image: an image with Node 22, by digest (node:22-slim of Docker Hub, say)
    - key_secret: name of a Secret Manager secret of this project that holds an API key (scope tasks). People make it, for a user of its own
  EOT
  type = object({
    image      = string
    key_secret = string
  })
  default = null

  validation {
    condition     = var.probe == null ? true : can(regex("@sha256:[0-9a-f]{64}$", var.probe.image))
    error_message = "The image by digest: what has a user's key is not replaced by whoever moves a tag."
  }
}

variable "operators" {
  description = "Who may redrive, cancel and delete tasks and replay events, by impersonating the operators' account: [\"group:oncall@example.com\"]. Default: nobody."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.operators : can(regex("^(user|group):.+@.+$", member))])
    error_message = "People: user:EMAIL or group:EMAIL."
  }
}

variable "budget" {
  description = "Expected costs of a month: billing_account (000000-000000-000000), amount (whole units), currency (the billing account's)."
  type = object({
    billing_account = string
    amount          = number
    currency        = optional(string, "USD")
  })
}

variable "pipeline" {
  description = <<-EOT
    Who deploys; null where people do it by hand:
    - repository (owner/name) and repository_id (gh api repos/OWNER/NAME --jq .id) at GitHub
    - branch: the one whose images are pushed
    - plan_environment, deploy_environment: GitHub environments of the jobs that plan and apply
    - review_environment: that of the job that plans pull requests
    - state_bucket: the bucket of Terraform's state
  EOT
  type = object({
    repository         = string
    repository_id      = string
    branch             = optional(string, "main")
    plan_environment   = optional(string, "plan")
    deploy_environment = optional(string, "production")
    review_environment = optional(string, "review")
    state_bucket       = string
  })
  default = null
}
