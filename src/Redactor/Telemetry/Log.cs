using Microsoft.Extensions.Logging.Console;

namespace Redactor.Telemetry;

/// <summary>The program's log: one JSON object a line on standard error. Standard output belongs to the debug exporter.</summary>
public static class Log
{
    /// <summary>Only our own categories are written: the libraries' could quote requests, headers and addresses.</summary>
    /// <param name="least">The least level that is written.</param>
    public static ILoggerFactory CreateFactory(LogLevel least = LogLevel.Information) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.None)
        .AddFilter("Redactor", least)
        .AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        })
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
