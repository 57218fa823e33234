using Redactor.Forward;

namespace Redactor.Configuration;

/// <summary>The section <c>retry_on_failure</c> of an exporter that sends over a network.</summary>
internal static class RetrySection
{
    /// <summary>Null where the section is missing.</summary>
    public static RetryOptions? Read(YamlSection exporter)
    {
        if (exporter.Section("retry_on_failure") is not { } section)
        {
            return null;
        }

        var defaults = new RetryOptions();
        var options = new RetryOptions
        {
            Enabled = section.Value("enabled", Parse.Boolean, Parse.BooleanForm) ?? defaults.Enabled,
            InitialInterval = Duration("initial_interval") ?? defaults.InitialInterval,
            MaxInterval = Duration("max_interval") ?? defaults.MaxInterval,
            MaxElapsedTime = Duration("max_elapsed_time") ?? defaults.MaxElapsedTime,
        };
        section.Close();
        return options;

        TimeSpan? Duration(string key) => section.Value(key, Parse.Duration, Parse.DurationForm);
    }
}
