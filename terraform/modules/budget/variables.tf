variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "project_number" {
  description = "Its number."
  type        = string
}

variable "billing_account" {
  description = "Id of the billing account, 000000-000000-000000."
  type        = string
}

variable "amount" {
  description = "Expected costs of a month, whole units of the currency."
  type        = number
}

variable "currency" {
  description = "The billing account's currency."
  type        = string
  default     = "USD"
}

variable "notification_channels" {
  description = "Ids of the channels that are notified: the first five, which is all that a budget takes."
  type        = list(string)
}

variable "push" {
  description = "Where and as whom notifications are pushed; null as long as recovery is not there."
  type        = object({ endpoint = string, account = string, audience = string })
  default     = null
}

variable "labels" {
  description = "Labels of what is made."
  type        = map(string)
  default     = {}
}
