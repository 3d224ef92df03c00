variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "project_number" {
  description = "Its number, which Secret Manager's service agent is named by."
  type        = string
}

variable "topics" {
  description = "Ids of the topics that the edge publishes to, by name."
  type        = map(string)
}

variable "images_bucket" {
  description = "Name of the bucket of images."
  type        = string
}

variable "rotation_days" {
  description = "After how many days the edge's keys are due to be replaced."
  type        = number
  default     = 90
}

variable "labels" {
  description = "Labels of secrets and topic."
  type        = map(string)
  default     = {}
}
