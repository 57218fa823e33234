using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Redactor.Telemetry;

/// <summary>Collected metrics -> Prometheus' text format 0.0.4, with the names that OpenTelemetry's "Prometheus compatibility" chapter gives them.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Write(Metric metric, StringBuilder text)
    {
        var type = TypeOf(metric.MetricType);
        var name = NameOf(metric.Name, metric.Unit, type);
        WriteHeader(name, metric.Description, type, text);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    WriteSample(name, labels, point.GetSumLong(), text);
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    WriteSample(name, labels, point.GetSumDouble(), text);
                    break;
                case MetricType.LongGauge:
                    WriteSample(name, labels, point.GetGaugeLastValueLong(), text);
                    break;
                case MetricType.DoubleGauge:
                    WriteSample(name, labels, point.GetGaugeLastValueDouble(), text);
                    break;
                case MetricType.Histogram:
                    WriteHistogram(name, labels, point, text);
                    break;
                default:
                    break; // Exponential histograms have no form in this format; nothing here makes one.
            }
        }
    }

    /// <summary>A gauge with one sample and one label, which the SDK can't hold if the label's old values are to vanish.</summary>
    public static void WriteInfo(string name, string help, string label, string value, StringBuilder text)
    {
        WriteHeader(name, help, "gauge", text);
        WriteSample(name, Label(label, value), 1, text);
    }

    /// <summary>A gauge with one sample.</summary>
    public static void WriteGauge(string name, string help, double value, StringBuilder text)
    {
        WriteHeader(name, help, "gauge", text);
        WriteSample(name, "", value, text);
    }

    private static void WriteHeader(string name, string help, string type, StringBuilder text)
    {
        if (help.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
    }

    private static void WriteHistogram(string name, string labels, in MetricPoint point, StringBuilder text)
    {
        var separator = labels.Length > 0 ? "," : "";
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            WriteSample(name + "_bucket", $"{labels}{separator}{Label("le", Number(bucket.ExplicitBound))}", count, text);
        }

        WriteSample(name + "_sum", labels, point.GetHistogramSum(), text);
        WriteSample(name + "_count", labels, point.GetHistogramCount(), text);
    }

    private static void WriteSample(string name, string labels, double value, StringBuilder text) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(value)).Append('\n');

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>(tags.Count);
        foreach (var tag in tags)
        {
            labels.Add(Label(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
        }

        labels.Sort(StringComparer.Ordinal); // The SDK's order is an accident; a stable one makes scrapes comparable.
        return string.Join(',', labels);
    }

    private static string Label(string name, string value) =>
        $"{Sanitized(name)}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    /// <summary>The name that Prometheus sees.</summary>
    internal static string NameOf(string name, string unit, string type)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "", // Units in braces only annotate.
        };
        return Sanitized(name) + suffix + (type == "counter" ? "_total" : "");
    }

    private static string Sanitized(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
