variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "emails" {
  description = "Who receives alerts."
  type        = set(string)
}

variable "pagers" {
  description = "Notification channels besides, for what is critical: made by people, since they hold secrets."
  type        = list(string)
  default     = []
}

variable "runbook" {
  description = "URL of docs/operations/alerts.md where people can read it; null for none."
  type        = string
  default     = null
}

variable "functions" {
  description = "By name, as module topology has them."
  type        = map(object({ side = bool }))
}

variable "subscriptions" {
  description = "By name, as module topology has them."
  type = map(object({
    topic    = string
    function = optional(string)
  }))
}

variable "dead_letter_topic" {
  description = "Name of the topic of dead letters."
  type        = string
}

variable "clocks" {
  description = "Of module topology."
  type = object({
    work_budget_seconds   = number
    task_deadline_seconds = number
  })
}

variable "edge_host" {
  description = "The edge's host name."
  type        = string
}

variable "rotation_subscription" {
  description = "Subscription that holds what Secret Manager says when the edge's keys are due, and nothing else."
  type        = string
}

variable "objectives" {
  description = "Shares of tasks that complete within so many seconds and of minutes in which the edge answers, over so many days."
  type = object({
    completion         = number
    completion_seconds = number
    availability       = number
    days               = number
  })
}

variable "log_gib_per_day" {
  description = "How much may be logged in a day before there is an alert."
  type        = number
}

variable "probed" {
  description = "Whether the probe's job is there."
  type        = bool
}

variable "function_metrics" {
  description = "Whether the functions' own metrics come to Cloud Monitoring."
  type        = bool
}

variable "labels" {
  description = "Labels of the alert policies."
  type        = map(string)
  default     = {}
}
