variable "account_id" {
  description = "Cloudflare account."
  type        = string
}

variable "zone_id" {
  description = "Cloudflare zone that the hostname is in."
  type        = string
}

variable "hostname" {
  description = "The edge's host name, such as in.example.com."
  type        = string
}

variable "name" {
  description = "Name of the Worker."
  type        = string
  default     = "in-edge"
}

variable "script" {
  description = "The built Worker: edge/dist/worker.js after `npm ci && npm run build` in edge/."
  type        = string
}

variable "migrate_from" {
  description = "The tag of the deployed Worker's migration (`migrations` in main.tf), for the apply that brings a later one; \"none\" for the apply that makes the Worker; null for every other."
  type        = string
  default     = null
}

variable "users" {
  description = "Whose ID tokens users bring: issuer and audience."
  type = object({
    issuer   = string
    audience = string
  })
}

variable "account_limits" {
  description = "Limits of each of the environment's own users, by name."
  type        = map(number)
  default     = {}
}

variable "budget_units_per_day" {
  description = "What the analyses of all channels may cost in a day, in units of the provider."
  type        = number
}

variable "partners" {
  description = "Channels besides the environment's own users, as in the file of channels."
  type        = any
  default     = []
}

variable "operator_account" {
  description = "Email of the account that operators impersonate: the one that may command tasks."
  type        = string
}

variable "callers" {
  description = "Emails of the accounts of the functions that may call /internal, by function."
  type        = map(string)
}

variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region whose endpoint of Pub/Sub the edge publishes at."
  type        = string
}

variable "images_bucket" {
  description = "Name of the bucket of images."
  type        = string
}

variable "traces_endpoint" {
  description = "URL of the OpenTelemetry collector that spans are sent to; null for none."
  type        = string
  default     = null
}

variable "keys" {
  description = "JSON keys of the accounts that publish and that sign for the bucket."
  type = object({
    publisher = string
    uploader  = string
  })
  sensitive = true
}

variable "session_secrets" {
  description = "Names of the secrets that sign users' sessions, made here: the first signs, a second is accepted."
  type        = list(string)
  default     = ["first"]
}

variable "client_secrets" {
  description = "Secrets of channels' clients, by the name of the channel."
  type        = map(string)
  default     = {}
  sensitive   = true
}
