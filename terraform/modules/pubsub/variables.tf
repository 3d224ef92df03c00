variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "project_number" {
  description = "Its number, which Pub/Sub's service agent is named by."
  type        = string
}

variable "region" {
  description = "Region in which messages are stored: the functions'."
  type        = string
}

variable "topics" {
  description = "By name, as module topology has them."
  type = map(object({
    kind     = string
    messages = list(string)
  }))
}

variable "subscriptions" {
  description = "By name, as module topology has them."
  type = map(object({
    topic                = string
    function             = optional(string)
    filter               = optional(string)
    ack_deadline_seconds = number
    minimum_backoff      = string
    maximum_backoff      = string
    retention            = string
    dead_letter = optional(object({
      topic                 = string
      max_delivery_attempts = number
    }))
  }))
}

variable "endpoints" {
  description = "Where each function is pushed to. A function that is not among them is not pushed to yet."
  type        = map(string)
  default     = {}
}

variable "push_audience" {
  description = "What the audiences of the tokens that pushes carry begin with; each ends with the name of its function."
  type        = string
}

variable "labels" {
  description = "Labels of topics and subscriptions."
  type        = map(string)
  default     = {}
}
