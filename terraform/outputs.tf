output "edge_url" {
  description = "Where users find iN."
  value       = module.edge.url
}

output "image_repository" {
  description = "What the name of a function's image begins with."
  value       = module.registry.repository
}

output "functions" {
  description = "Addresses of the functions that are there."
  value       = { for name, function in module.function : name => function.uri }
}

output "functions_serving" {
  description = "What each function has to serve after an apply: region and image. The pipeline compares."
  value       = { for name in keys(module.function) : name => { region = var.region, image = var.images[name] } }
}

output "operator_account" {
  description = "The service account that operators impersonate."
  value       = local.operator_account
}

output "functions_without_image" {
  description = "Functions that are not made yet: their images are not named."
  value       = sort(setsubtract(keys(module.topology.functions), keys(var.images)))
}

output "pipeline" {
  description = "Configuration of the pipeline: workload_identity_provider, and its accounts builder, planner, deployer and reviewer."
  value = var.pipeline == null ? null : {
    workload_identity_provider = module.pipeline[0].provider
    accounts                   = module.pipeline[0].accounts
  }
}

output "edge_key_secrets" {
  description = "Secrets that hold the edge's keys."
  value       = module.edge_keys.secrets
}

output "alerts" {
  description = "Names of the alert policies."
  value       = module.monitoring.alerts
}
