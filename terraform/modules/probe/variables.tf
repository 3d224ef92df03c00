variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the job: the functions'."
  type        = string
}

variable "image" {
  description = "An image with Node 22, by digest."
  type        = string
}

variable "key_secret" {
  description = "Name of the secret that holds a user's API key."
  type        = string
}

variable "edge_url" {
  description = "The edge's URL."
  type        = string
}

variable "seconds" {
  description = "How long an image may take."
  type        = number
}

variable "labels" {
  description = "Labels of what is made."
  type        = map(string)
  default     = {}
}
