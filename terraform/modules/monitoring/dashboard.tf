# Cloud Monitoring's own view, of metrics that Google Cloud has without any agent. The functions' own
# metrics (/q/metrics) have Grafana dashboards; where a collector brings them here, analytics' latest hour
# is shown, too.
locals {
  hour = "resource.type = \"prometheus_target\" AND metric.type"
  hourly = [
    { title = "Tasks of the last hour, by status", filter = "${local.hour} = \"prometheus.googleapis.com/in_hour_tasks/gauge\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "metric.label.status" },
    { title = "Tasks of the last hour, by channel", filter = "${local.hour} = \"prometheus.googleapis.com/in_hour_channels/gauge\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "metric.label.channel" },
    { title = "Failures of the last hour, by stage and code", filter = "${local.hour} = \"prometheus.googleapis.com/in_hour_failures/gauge\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "metric.label.failure" },
    { title = "Billable operations of the last hour", filter = "${local.hour} = \"prometheus.googleapis.com/in_hour_billable/gauge\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "metric.label.operation" },
    { title = "Dollars of the last hour, by operation", filter = "${local.hour} = \"prometheus.googleapis.com/in_hour_dollars/gauge\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "metric.label.operation" },
  ]
  charts = concat([
    { title = "Messages published, by topic", filter = "resource.type = \"pubsub_topic\" AND metric.type = \"pubsub.googleapis.com/topic/send_message_operation_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "resource.label.topic_id" },
    { title = "Backlog, by subscription", filter = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\"", aligner = "ALIGN_MEAN", reducer = "REDUCE_SUM", by = "resource.label.subscription_id" },
    { title = "Oldest message, seconds", filter = "resource.type = \"pubsub_subscription\" AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "resource.label.subscription_id" },
    { title = "Oldest message of side consumers, seconds", filter = local.side_age, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "resource.label.subscription_id" },
    { title = "Side consumers' nacks a second", filter = local.side_nacks, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "resource.label.subscription_id" },
    { title = "Dead letters recorded", filter = local.recorded, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "resource.label.subscription_id" },
    { title = "Requests a second, by function", filter = local.requests, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
    { title = "Answers other than 2xx a second", filter = "${local.requests} AND metric.labels.response_code_class != \"2xx\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.response_code" },
    { title = "Latency, 99th percentile, ms", filter = "${local.in_service} AND metric.type = \"run.googleapis.com/request_latencies\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = "resource.label.service_name" },
    { title = "Instances, by function", filter = "${local.in_service} AND metric.type = \"run.googleapis.com/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
    { title = "Firestore: documents read a second", filter = "resource.type = \"firestore.googleapis.com/Database\" AND metric.type = \"firestore.googleapis.com/document/read_ops_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.type" },
    { title = "Firestore: documents written a second", filter = "resource.type = \"firestore.googleapis.com/Database\" AND metric.type = \"firestore.googleapis.com/document/write_ops_count\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.op" },
  ], var.function_metrics ? local.hourly : [])
}

resource "google_monitoring_dashboard" "overview" {
  project = var.project_id
  dashboard_json = jsonencode({
    displayName = "iN"
    mosaicLayout = {
      columns = 12
      tiles = [
        for index, chart in local.charts : {
          xPos   = index % 2 * 6
          yPos   = floor(index / 2) * 4
          width  = 6
          height = 4
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter = chart.filter
                    aggregation = {
                      alignmentPeriod    = "60s"
                      perSeriesAligner   = chart.aligner
                      crossSeriesReducer = chart.reducer
                      groupByFields      = [chart.by]
                    }
                  }
                }
              }]
            }
          }
        }
      ]
    }
  })
}
