variable "file" {
  description = "topology.yaml; the repository's own unless a test brings another."
  type        = string
  default     = null
}

variable "switched_on" {
  description = "Names of subscriptions that the topology leaves off (`enabled: false`) and that are wanted all the same."
  type        = set(string)
  default     = []
  nullable    = false
}
