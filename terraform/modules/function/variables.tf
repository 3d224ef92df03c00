variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the Cloud Run service."
  type        = string
}

variable "name" {
  description = "The function's name in topology.yaml, and the service's."
  type        = string
}

variable "does" {
  description = "One line for people."
  type        = string
}

variable "image" {
  description = "Container image by digest, so that what runs is what was scanned."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "An image is named by its digest: REPOSITORY/NAME@sha256:…"
  }
}

variable "service" {
  description = "One instance: cpu (whole vCPUs), memory_mib, concurrency (messages at once)."
  type = object({
    cpu         = number
    memory_mib  = number
    concurrency = number
  })
}

variable "scaling" {
  description = "How many instances: none when nothing is to do, and never more than max_instances."
  type = object({
    min_instances = optional(number, 0)
    max_instances = optional(number, 20)
  })
  default = {}
}

variable "request_timeout" {
  description = "Cloud Run's, as 120s."
  type        = string
}

variable "needs" {
  description = "What the function may use beside topics, as topology.yaml names it."
  type        = set(string)
}

variable "publishes" {
  description = "Ids of the topics that it may publish to, by name."
  type        = map(string)
}

variable "push" {
  description = "Who checks a push's token (auth: `oidc` or `iam`), the account that pushes, and the audience of its tokens."
  type = object({
    auth     = string
    account  = string
    audience = string
  })
}

variable "operator_account" {
  description = "Email of the account whose calls for operators it answers; null where it answers none."
  type        = string
  default     = null
}

variable "images_bucket" {
  description = "Name of the bucket of images."
  type        = string
}

variable "database" {
  description = "Firestore database."
  type        = string
  default     = "(default)"
}

variable "edge_url" {
  description = "The edge's address."
  type        = string
}

variable "traces_endpoint" {
  description = "URL of the OpenTelemetry collector that spans are sent to; null for none."
  type        = string
  default     = null
}

variable "settings" {
  description = "Further settings by the names that docs/operations.md lists."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Settings that are secrets, by the same names: each a Secret Manager secret of the project, whose latest version it is."
  type        = map(string)
  default     = {}
}

variable "collector" {
  description = "What reads the metrics and sends them on: its image by digest, and the secret with its configuration; null for none."
  type = object({
    image  = string
    secret = string
  })
  default = null

  validation {
    condition     = var.collector == null ? true : can(regex("@sha256:[0-9a-f]{64}$", var.collector.image))
    error_message = "An image is named by its digest: REPOSITORY/NAME@sha256:…"
  }
}

variable "labels" {
  description = "Labels of the service."
  type        = map(string)
  default     = {}
}

variable "canary" {
  description = "Which share of the requests the new revision gets, and which revision gets the others; null for all of them."
  type        = object({ percent = number, stable = string })
  default     = null
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the service."
  type        = bool
  default     = true
}
