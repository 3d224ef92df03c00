output "url" {
  description = "The edge's address."
  value       = "https://${cloudflare_workers_custom_domain.edge.hostname}"
}
