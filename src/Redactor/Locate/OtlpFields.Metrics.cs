namespace Redactor.Locate;

public static partial class OtlpFields
{
    private const string Metrics = "opentelemetry.proto.metrics.v1.";

    private static readonly OtlpMessage MetricsRequest = new("opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest");
    private static readonly OtlpMessage ResourceMetrics = new(Metrics + "ResourceMetrics");
    private static readonly OtlpMessage ScopeMetrics = new(Metrics + "ScopeMetrics");
    private static readonly OtlpMessage Metric = new(Metrics + "Metric");
    private static readonly OtlpMessage Gauge = new(Metrics + "Gauge");
    private static readonly OtlpMessage Sum = new(Metrics + "Sum");
    private static readonly OtlpMessage Histogram = new(Metrics + "Histogram");
    private static readonly OtlpMessage ExponentialHistogram = new(Metrics + "ExponentialHistogram");
    private static readonly OtlpMessage Summary = new(Metrics + "Summary");
    private static readonly OtlpMessage NumberPoint = new(Metrics + "NumberDataPoint", MessageShape.Record);
    private static readonly OtlpMessage HistogramPoint = new(Metrics + "HistogramDataPoint", MessageShape.Record);
    private static readonly OtlpMessage ExponentialPoint = new(Metrics + "ExponentialHistogramDataPoint", MessageShape.Record);
    private static readonly OtlpMessage Buckets = new(Metrics + "ExponentialHistogramDataPoint.Buckets");
    private static readonly OtlpMessage SummaryPoint = new(Metrics + "SummaryDataPoint", MessageShape.Record);
    private static readonly OtlpMessage Quantile = new(Metrics + "SummaryDataPoint.ValueAtQuantile");
    private static readonly OtlpMessage Exemplar = new(Metrics + "Exemplar");

    private static void DefineMetrics()
    {
        MetricsRequest.Define(Child(1, "resourceMetrics", ResourceMetrics));
        ResourceMetrics.Define(
            Child(1, "resource", Resource),
            Child(2, "scopeMetrics", ScopeMetrics),
            Text(3, "schemaUrl", "resource.schema_url"));
        ScopeMetrics.Define(
            Child(1, "scope", Scope),
            Child(2, "metrics", Metric),
            Text(3, "schemaUrl", "scope.schema_url"));
        Metric.Define(
            Text(1, "name", "metric.name"),
            Text(2, "description", "metric.description"),
            Text(3, "unit", "metric.unit"),
            Child(5, "gauge", Gauge),
            Child(7, "sum", Sum),
            Child(9, "histogram", Histogram),
            Child(10, "exponentialHistogram", ExponentialHistogram),
            Child(11, "summary", Summary),
            Child(12, "metadata", KeyValue, "metric.metadata"));
        Gauge.Define(Child(1, "dataPoints", NumberPoint));
        Sum.Define(
            Child(1, "dataPoints", NumberPoint),
            Varint(2, "aggregationTemporality"),
            Varint(3, "isMonotonic"));
        Histogram.Define(Child(1, "dataPoints", HistogramPoint), Varint(2, "aggregationTemporality"));
        ExponentialHistogram.Define(Child(1, "dataPoints", ExponentialPoint), Varint(2, "aggregationTemporality"));
        Summary.Define(Child(1, "dataPoints", SummaryPoint));
        DefinePoints();
    }

    /// <summary>A data point's values are measurements: they never change, whatever their digits look like.</summary>
    private static void DefinePoints()
    {
        const string attribute = "metric.attribute";
        NumberPoint.Define(
            Fixed64(2, "startTimeUnixNano"),
            Fixed64(3, "timeUnixNano"),
            Fixed64(4, "asDouble"),
            Child(5, "exemplars", Exemplar),
            Fixed64(6, "asInt"),
            Child(7, "attributes", KeyValue, attribute),
            Varint(8, "flags"));
        HistogramPoint.Define(
            Fixed64(2, "startTimeUnixNano"),
            Fixed64(3, "timeUnixNano"),
            Fixed64(4, "count"),
            Fixed64(5, "sum"),
            Repeated(Fixed64(6, "bucketCounts")),
            Repeated(Fixed64(7, "explicitBounds")),
            Child(8, "exemplars", Exemplar),
            Child(9, "attributes", KeyValue, attribute),
            Varint(10, "flags"),
            Fixed64(11, "min"),
            Fixed64(12, "max"));
        ExponentialPoint.Define(
            Child(1, "attributes", KeyValue, attribute),
            Fixed64(2, "startTimeUnixNano"),
            Fixed64(3, "timeUnixNano"),
            Fixed64(4, "count"),
            Fixed64(5, "sum"),
            Varint(6, "scale"),
            Fixed64(7, "zeroCount"),
            Child(8, "positive", Buckets),
            Child(9, "negative", Buckets),
            Varint(10, "flags"),
            Child(11, "exemplars", Exemplar),
            Fixed64(12, "min"),
            Fixed64(13, "max"),
            Fixed64(14, "zeroThreshold"));
        Buckets.Define(Varint(1, "offset"), Repeated(Varint(2, "bucketCounts")));
        SummaryPoint.Define(
            Fixed64(2, "startTimeUnixNano"),
            Fixed64(3, "timeUnixNano"),
            Fixed64(4, "count"),
            Fixed64(5, "sum"),
            Child(6, "quantileValues", Quantile),
            Child(7, "attributes", KeyValue, attribute),
            Varint(8, "flags"));
        Quantile.Define(Fixed64(1, "quantile"), Fixed64(2, "value"));
        Exemplar.Define(
            Fixed64(2, "timeUnixNano"),
            Fixed64(3, "asDouble"),
            SpanId(4),
            TraceId(5),
            Fixed64(6, "asInt"),
            Child(7, "filteredAttributes", KeyValue, "metric.exemplar.attribute"));
    }
}
