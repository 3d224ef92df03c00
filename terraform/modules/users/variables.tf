variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "domains" {
  description = "Domains whose pages may sign users in: the edge's."
  type        = list(string)
}

variable "self_sign_up" {
  description = "Whether anybody can make an account."
  type        = bool
  default     = false
}
